import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMetrics, type Metrics } from '../../src/telemetry/metrics.ts';
import { describeUpstreamCalls, upstreamOf } from '../contracts/upstream-calls.ts';
import { startOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { runQuery, type QueryAnswer } from '../support/run-query.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { cold, DEMO_EDITIONS, DEMO_VARIABLES, readOperation } from './operations.ts';
import { PATIENT } from '../redis/open-link.ts';

const ADMIN_TOKEN = 'correct-horse-battery-staple';
const SOON = { timeout: 20_000, interval: 20 };

/** Every article of `code`, with all that can be asked of its counters. */
const countersOf = (code: string): string => `{
  edition(code: ${code}) {
    articles(first: 100) { nodes { id engagement {
      views shares hour: views(window: HOUR) day: views(window: DAY) week: shares(window: WEEK) monthText: viewsText(window: MONTH)
    } } }
  }
}`;
const REDIS_ONCE = { calls: 1, milliseconds: expect.any(Number) };

describe('the calls of an answer to Redis, which counts what readers do', () => {
  const clock = createWoundClock(Date.UTC(2026, 10, 23, 12, 0, 1));
  let metrics: Metrics;
  let redis: OwnRedis;
  let app: TestApp;

  const ask = (query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<QueryAnswer> =>
    runQuery(app, query, variables, { authorization: `Bearer ${ADMIN_TOKEN}` });
  /** Scripts of each kind that Redis has answered, as the link to it counts them. */
  const answeredBy = async (operation: string): Promise<number> => {
    const line = `masthead_engagement_calls_total{operation="${operation}",outcome="answered"} `;
    const figures = (await metrics.registry.metrics()).split('\n');
    return Number(figures.find((text) => text.startsWith(line))?.slice(line.length) ?? 0);
  };

  beforeAll(async () => {
    metrics = createMetrics();
    redis = await startOwnRedis();
    app = await createTestApp({
      clock,
      variables: { ADMIN_TOKEN, REDIS_URL: redis.url },
      // A machine that many tests share is late by itself.
      swap: { metrics, redisPatience: PATIENT },
    });
    // Until it has what the database knew, that is asked too.
    for (const code of DEMO_EDITIONS) {
      await vi.waitFor(async () => {
        clock.wind(1_000);
        const told = upstreamOf(await ask(cold(countersOf(code))));
        if (told['postgres']?.calls !== 1 || told['redis']?.calls !== 1) throw new Error('Not yet');
      }, SOON);
    }
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await redis.close();
  });

  // No ranking of the test before is remembered.
  beforeEach(() => clock.wind(30_000));

  describeUpstreamCalls(() => ({ ask, kinds: { postgres: 'postgres', redis: 'redis' } }), DEMO_VARIABLES);

  it.each(DEMO_EDITIONS)('%s: the counters of a hundred articles are one round trip', async (code) => {
    const before = await answeredBy('count');
    const answer = await ask(cold(countersOf(code)));
    expect(answer.data.edition.articles.nodes.length).toBeGreaterThan(10);
    expect(upstreamOf(answer)).toMatchObject({ redis: REDIS_ONCE });
    expect((await answeredBy('count')) - before).toBe(1);
  });

  it('all editions of one page are asked at once, a round trip each', async () => {
    const parts = DEMO_EDITIONS.map((code) => `${code}: ${countersOf(code).trim().slice(1, -1).trim()}`);
    const before = await answeredBy('count');
    const answer = await ask(cold(`{ ${parts.join(' ')} }`));
    expect(answer.errors).toEqual([]);
    expect(upstreamOf(answer)['redis']?.calls).toBe(3);
    expect((await answeredBy('count')) - before).toBe(3);
  });

  it('rankings are asked for once in half a minute, whatever page shows them', async () => {
    const query = readOperation('front-page');
    const first = await ask(cold(query), DEMO_VARIABLES.EN['front-page']);
    expect(upstreamOf(first)).toMatchObject({ redis: REDIS_ONCE });
    expect(Object.keys(upstreamOf(await ask(cold(query), DEMO_VARIABLES.EN['front-page'])))).toEqual(['postgres']);
  });

  it('a view is one round trip that counts it, and one for the limit of its client', async () => {
    const { data } = await ask('{ edition(code: EN) { articles(first: 1) { nodes { id } } } }');
    const [{ id }] = data.edition.articles.nodes;
    const query =
      'mutation ($id: ID!) { recordEngagement(input: { articleId: $id, kind: VIEW }) { article { slug } } }';
    const before = [await answeredBy('record'), await answeredBy('limit')];
    const answer = await ask(query, { id });
    expect(answer.errors).toEqual([]);
    expect(upstreamOf(answer)['redis']).toEqual({ ...REDIS_ONCE, calls: 2 });
    expect([await answeredBy('record'), await answeredBy('limit')]).toEqual(before.map((calls) => calls + 1));
  });

  it('none is told of while Redis is away: nothing is sent', async () => {
    await redis.kill();
    await expect
      .poll(async () => upstreamOf(await ask(cold(countersOf('EN')))), SOON)
      .toEqual({ postgres: { calls: 2, milliseconds: expect.any(Number) } });
  });
});
