import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upstreamOf } from '../contracts/upstream-calls.ts';
import { DISTORTED_REPLIES } from '../redis/distort-replies.ts';
import { startOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { runQuery } from '../support/run-query.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { cold } from './operations.ts';

const ADMIN_TOKEN = 'correct-horse-battery-staple';
/** A second and a half is enough; two cores that many tests share may take longer to get to it. */
const SOON = { timeout: 20_000, interval: 20 };
/** Longer than a claim stands (30 s) whose holder could not give it back. */
const CARRIED = { timeout: 45_000, interval: 20 };
const EDITIONS = ['EN', 'ES'] as const;
/** Views that are told while a fault lasts, of each edition. */
const TOLD = 3;
/** Nobody waits for a Redis longer than its deadline, 100 ms, at each of the steps of a page: the rest is a busy machine. */
const LONGEST_MS = 3_000;

const FAULTS: readonly (readonly [name: string, begin: (wire: TcpProxy) => unknown])[] = [
  ['refuses', (wire) => wire.refuse()],
  ['hangs', (wire) => wire.hang()],
  ['is slow by 300 ms', (wire) => wire.slow(300)],
  ...Object.entries(DISTORTED_REPLIES).map(
    ([name, distortion]) => [`gives ${name}`, (wire: TcpProxy) => wire.distort(distortion)] as const,
  ),
];

describe('engagement in a Redis that', () => {
  const clock = createWoundClock(Date.UTC(2026, 10, 23, 12, 0, 1));
  let redis: OwnRedis;
  let wire: TcpProxy;
  let app: TestApp;
  /** A story of each of `EDITIONS`. */
  let ids: readonly string[];
  let readers = 0;

  beforeAll(async () => {
    redis = await startOwnRedis();
    wire = await startTcpProxy(redis.url);
    // Calls are counted: nothing is kept of the articles that bear the counters.
    const variables = { ADMIN_TOKEN, REDIS_URL: wire.url, TRUST_PROXY: '1', ENTITY_TIER_MEGABYTES: '0' };
    app = await createTestApp({ clock, variables });
    const query = `{ ${EDITIONS.map((code) => `${code}: edition(code: ${code}) { articles(first: 1) { nodes { id } } }`).join(' ')} }`;
    const { data } = await runQuery(app, query);
    ids = EDITIONS.map((code) => data[code].articles.nodes[0].id as string);
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await wire.close();
    await redis.close();
  });

  /** A page over both editions that nobody has asked for: what it shows, and how often each store was asked. */
  const look = async () => {
    clock.wind(1_000);
    const story = (id: string, index: number) =>
      `s${index}: article(id: "${id}") { headline engagement { views viewsText } }`;
    const query = `{ ${ids.map(story).join(' ')} edition(code: EN) { mostRead(first: 3, window: WEEK) { slug } trending(first: 3) { slug } } }`;
    const began = performance.now();
    const answer = await runQuery(app, cold(query), {}, { authorization: `Bearer ${ADMIN_TOKEN}` });
    const { data, errors, status } = answer;
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    expect([data.s0.headline, data.s1.headline]).toEqual([expect.any(String), expect.any(String)]);
    expect([data.edition.mostRead.length, data.edition.trending.length]).toEqual([3, 3]);
    expect(performance.now() - began).toBeLessThan(LONGEST_MS);
    return {
      views: [data.s0, data.s1].map(({ engagement }) => engagement.views as number),
      upstream: upstreamOf(answer),
    };
  };
  const view = async (id: string): Promise<void> => {
    readers += 1;
    const query = 'mutation ($id: ID!) { recordEngagement(input: { articleId: $id, kind: VIEW }) { article { id } } }';
    const began = performance.now();
    const { errors } = await runQuery(
      app,
      query,
      { id },
      { 'x-forwarded-for': `10.7.${readers >> 8}.${readers & 255}` },
    );
    expect(errors).toEqual([]);
    expect(performance.now() - began).toBeLessThan(LONGEST_MS);
  };
  const savedViews = () =>
    Promise.all(
      ids.map(async (id) => {
        const rows = await app.database.query('SELECT views FROM engagement_totals WHERE article_id = $1', [id]);
        return Number(rows[0]?.['views']);
      }),
    );
  /** What readers see once Redis alone counts for both. */
  const whole = async (): Promise<readonly number[]> => {
    // Two counts; rankings are remembered for a while.
    await expect
      .poll(async () => {
        const { upstream } = await look();
        return (upstream['redis']?.calls ?? 0) >= 2 && upstream['postgres']?.calls;
      }, CARRIED)
      .toBe(2);
    return (await look()).views;
  };

  it.each(FAULTS)(
    '%s: counters of the database, everything else as ever, and each view once when it is over',
    async (_, begin) => {
      const before = await whole();
      for (const id of ids) await view(id);
      const known = before.map((views) => views + 1);
      await expect.poll(async () => (await look()).views, SOON).toEqual(known);
      const saved = await savedViews();
      expect(saved.every((views, index) => views < (known[index] ?? 0))).toBe(true);

      await begin(wire);
      let fallen = 0;
      for (let told = 0; told < TOLD; told += 1) {
        const { views } = await look();
        // What the database has not learned yet, it does not show; nothing else is ever shown.
        for (const [index, count] of views.entries()) {
          const counted = count - (known[index] ?? 0);
          expect(count === saved[index] || (counted >= 0 && counted <= told)).toBe(true);
          fallen += Number(count === saved[index]);
        }
        await Promise.all(ids.map(view));
      }
      // It was a fault.
      expect(fallen).toBeGreaterThan(0);
      await wire.pass();
      await expect.poll(async () => (await look()).views, SOON).toEqual(known.map((views) => views + TOLD));
      expect(await whole()).toEqual(known.map((views) => views + TOLD));
    },
    120_000,
  );
});
