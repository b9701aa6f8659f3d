import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Database } from '../../src/database/database.ts';
import type { UpstreamReport } from '../../src/telemetry/upstream-calls.ts';
import { PATIENT } from '../redis/open-link.ts';
import { startOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { runQuery } from '../support/run-query.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { cold } from './operations.ts';
import { openTwoDatabases, type TwoDatabases } from './two-databases.ts';

const SOON = { timeout: 10_000, interval: 20 };
const ADMIN_TOKEN = 'correct-horse-battery-staple';
const AS_ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` };

const clock = createWoundClock(Date.UTC(2026, 10, 23, 12, 0, 1));
let both: TwoDatabases;
/** A story of an edition that lives in `beirut`, and one of the gateway's own. */
let arabic: string;
let english: string;
let redis: OwnRedis;
let readers = 0;

beforeAll(async () => {
  both = await openTwoDatabases(clock);
  const app = await both.open();
  const idOf = async (code: string): Promise<string> =>
    (await runQuery(app, `{ edition(code: ${code}) { mostRead(first: 1, window: WEEK) { id } } }`)).data.edition
      .mostRead[0].id;
  [arabic, english] = [await idOf('AR'), await idOf('EN')];
  await app.close();
}, 60_000);
afterAll(() => both.close());
beforeEach(async () => {
  redis = await startOwnRedis();
  onTestFinished(redis.close);
});

const open = async (variables: Readonly<Record<string, string>> = {}): Promise<App> => {
  // Calls are counted: nothing is kept of the article that bears the counters.
  const settings = { TRUST_PROXY: '1', ADMIN_TOKEN, ENTITY_TIER_MEGABYTES: '0', ...variables };
  const app = await both.open(settings, { redisPatience: PATIENT });
  onTestFinished(app.close);
  return app;
};
const openWithRedis = (): Promise<App> => open({ REDIS_URL: redis.url });

const view = async (app: App, id: string): Promise<void> => {
  readers += 1;
  const query = 'mutation ($id: ID!) { recordEngagement(input: { articleId: $id, kind: VIEW }) { article { id } } }';
  const { errors } = await runQuery(app, query, { id }, { 'x-forwarded-for': `10.8.0.${readers}` });
  expect(errors).toEqual([]);
};
/** What a reader sees, and how often each store was asked for it. */
const look = async (
  app: App,
  id: string,
): Promise<readonly [views: number | null, calls: Readonly<Record<string, number>>]> => {
  clock.wind(1_000);
  const { body } = await runQuery(app, cold(`{ article(id: "${id}") { engagement { views } } }`), {}, AS_ADMIN);
  const { data, extensions } = JSON.parse(body);
  const upstream = Object.entries(extensions.upstream as UpstreamReport);
  return [
    data.article?.engagement.views ?? null,
    Object.fromEntries(upstream.map(([store, { calls }]) => [store, calls])),
  ];
};
const viewsOf = async (app: App, id: string): Promise<number | null> => (await look(app, id))[0];
/** What readers see once the edition of `id`, which lives in `store`, is counted in Redis. */
const countedViews = async (app: App, id: string, store: string): Promise<number> => {
  await expect.poll(async () => (await look(app, id))[1], SOON).toEqual({ [store]: 1, redis: 1 });
  return Number(await viewsOf(app, id));
};
const savedViews = async (database: Database, id: string): Promise<number> =>
  Number((await database.query('SELECT views FROM engagement_totals WHERE article_id = $1', [id]))[0]?.['views']);

describe('counters of an edition that lives in another PostgreSQL', () => {
  it('go on where they were when Redis comes and goes, in the database of the edition', async () => {
    const [there, elsewhere] = [await savedViews(both.beirut, arabic), await savedViews(both.own, arabic)];
    const before = await open();
    await view(before, arabic);
    expect(await look(before, arabic)).toEqual([there + 1, { beirut: 2 }]);
    await before.close();

    const counting = await openWithRedis();
    expect(await countedViews(counting, arabic, 'beirut')).toBe(there + 1);
    await view(counting, arabic);
    expect(await look(counting, arabic)).toEqual([there + 2, { beirut: 1, redis: 1 }]);
    await counting.close();

    expect(await savedViews(both.beirut, arabic)).toBe(there + 2);
    expect(await look(await open(), arabic)).toEqual([there + 2, { beirut: 2 }]);
    // The gateway's own database is none of theirs.
    expect(await savedViews(both.own, arabic)).toBe(elsewhere);
  }, 60_000);

  it('are read there while Redis is away, and brought over from each when it is back and empty', async () => {
    const app = await openWithRedis();
    const there = await countedViews(app, arabic, 'beirut');
    const here = await countedViews(app, english, 'postgres');
    await Promise.all([view(app, arabic), view(app, english)]);
    await redis.kill();
    // Nothing is sent to Redis, and what it counted is not saved yet.
    await expect.poll(() => look(app, arabic), SOON).toEqual([there, { beirut: 2 }]);
    await expect.poll(() => look(app, english), SOON).toEqual([here, { postgres: 2 }]);
    await Promise.all([view(app, arabic), view(app, english)]);
    await redis.restart();
    await expect.poll(() => viewsOf(app, arabic), SOON).toBe(there + 2);
    await expect.poll(() => viewsOf(app, english), SOON).toBe(here + 2);
  }, 60_000);

  it('wait for their database alone: while it is away, what others counted is saved', async () => {
    const app = await openWithRedis();
    const there = await countedViews(app, arabic, 'beirut');
    const here = await countedViews(app, english, 'postgres');
    await Promise.all([view(app, arabic), view(app, english)]);
    await both.wire.refuse();
    await app.close();
    expect([await savedViews(both.beirut, arabic), await savedViews(both.own, english)]).toEqual([there, here + 1]);
    await both.wire.pass();
  }, 60_000);
});
