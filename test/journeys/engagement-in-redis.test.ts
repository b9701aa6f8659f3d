import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { graphqlAddress } from '../http/graphql-address.ts';
import { PATIENT } from '../redis/open-link.ts';
import { startOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { runQuery } from '../support/run-query.ts';
import { createTestApp, createTestConfig, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';

const SOON = { timeout: 10_000, interval: 20 };

const clock = createWoundClock(Date.UTC(2026, 10, 23, 12, 0, 1));
let home: TestApp;
let redis: OwnRedis;
let id: string;
let readers = 0;

beforeAll(async () => {
  home = await createTestApp({ clock });
  const { data } = await runQuery(home, '{ edition(code: EN) { mostRead(first: 1, window: WEEK) { id } } }');
  id = data.edition.mostRead[0].id;
});
afterAll(() => home.close());
beforeEach(async () => {
  redis = await startOwnRedis();
  onTestFinished(redis.close);
});

/** A gateway over the database of all and the Redis of this test. */
const open = async (): Promise<App> => {
  const config = createTestConfig({ HOST: '127.0.0.1', REDIS_URL: redis.url, TRUST_PROXY: '1' });
  const app = await createApp(config, home.database, { clock, redisPatience: PATIENT });
  onTestFinished(app.close);
  await app.start();
  return app;
};

const page = (): string =>
  `{ article(id: "${id}") { headline engagement { views lastDay: views(window: DAY) shares sharesText } } }`;
const RANKINGS = '{ edition(code: EN) { trending { slug } mostRead(window: MONTH) { slug } } }';

const read = async ({ server }: App, query = page()) => {
  const answer = await server.inject({ url: graphqlAddress({ query }) });
  const { data, errors } = answer.json();
  expect([answer.statusCode, errors]).toEqual([200, undefined]);
  return data;
};
const viewsAt = async (app: App): Promise<number> => {
  clock.wind(5_000);
  return (await read(app)).article.engagement.views;
};
const view = async (app: App, sender?: string) => {
  readers += 1;
  const mutation = 'mutation ($id: ID!) { recordEngagement(input: { articleId: $id, kind: VIEW }) { article { id } } }';
  const answer = await runQuery(
    app,
    mutation,
    { id },
    { 'x-forwarded-for': sender ?? `10.9.${readers >> 8}.${readers & 255}` },
  );
  return answer.errors.map(({ extensions }) => extensions['code']);
};
const savedViews = async (): Promise<number> =>
  Number((await home.database.query('SELECT views FROM engagement_totals WHERE article_id = $1', [id]))[0]?.['views']);

describe('gateways that count in one Redis', () => {
  it('begin with what the database counted, and count together from then on', async () => {
    const [one, other] = [await open(), await open()];
    expect(await read(one)).toEqual(await read(home));
    expect(await read(other, RANKINGS)).toEqual(await read(home, RANKINGS));
    const before = await viewsAt(one);
    for (const app of [one, other, one]) expect(await view(app)).toEqual([]);
    // Once Redis has what the database knew.
    await expect.poll(async () => [await viewsAt(one), await viewsAt(other)], SOON).toEqual([before + 3, before + 3]);
  });

  it('count a client’s view of a story once a minute, and limit it, whichever of them it tells', async () => {
    const [one, other] = [await open(), await open()];
    const before = await viewsAt(one);
    clock.wind(60_000 - (clock.now() % 60_000));
    for (const app of [one, other, other, one]) expect(await view(app, '192.0.2.1')).toEqual([]);
    await expect.poll(() => viewsAt(other), SOON).toBe(before + 1);
    for (let asked = 4; asked < 120; asked += 1)
      expect(await view([one, other][asked % 2] ?? one, '192.0.2.1')).toEqual([]);
    expect([await view(one, '192.0.2.1'), await view(other, '192.0.2.1')]).toEqual([
      ['BUDGET_EXHAUSTED'],
      ['BUDGET_EXHAUSTED'],
    ]);
    expect(await view(other, '192.0.2.2')).toEqual([]);
  });

  it('lose nothing when Redis is killed and comes back empty, and fail no page meanwhile', async () => {
    const one = await open();
    const before = await viewsAt(one);
    for (let count = 0; count < 3; count += 1) await view(one);
    await expect.poll(() => viewsAt(one), SOON).toBe(before + 3);
    await redis.kill();
    for (let count = 0; count < 4; count += 1) expect(await view(one)).toEqual([]);
    for (let count = 0; count < 3; count += 1) {
      clock.wind(5_000);
      expect((await read(one)).article.engagement.views).toBeGreaterThanOrEqual(before);
      await read(one, RANKINGS.replace('{', `{ a${count}: __typename `));
    }
    await redis.restart();
    await expect.poll(() => viewsAt(one), SOON).toBe(before + 7);
    await one.close();
    expect(await savedViews()).toBe(before + 7);
  });

  it('hand what they have counted to the database when they stop, Redis or not', async () => {
    const one = await open();
    const before = await viewsAt(one);
    await view(one);
    await redis.kill();
    await view(one);
    await one.close();
    expect(await savedViews()).toBe(before + 2);
    // Without Redis the counting goes on from there.
    await expect.poll(() => viewsAt(home), SOON).toBe(before + 2);
  });
});
