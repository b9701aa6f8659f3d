import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import type { Manifest } from '../../src/content/manifest.ts';
import type { Database } from '../../src/database/database.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { loadHolders } from '../../src/partners/deliveries/load-holders.ts';
import { createPlan } from '../content/create-plan.ts';
import type { Parts } from '../../src/wiring/parts.ts';
import { startOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { addTestPartner } from '../support/add-test-partner.ts';
import { createTestConfig } from '../support/test-app.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { PATIENT } from '../redis/open-link.ts';

type Ask = (partner: string | null, what: { query?: string; path?: string }) => Promise<string>;

const LIST = '{ edition(code: EN) { articles(first: 5) { nodes { id headline } } } }';
const textOf = (id: string) => `{ article(id: "${id}") { headline bodyText } }`;

interface Listed {
  readonly data: { readonly edition: { readonly articles: { readonly nodes: readonly { readonly id: ArticleId }[] } } };
}

/** Those of `partners` that are not known to hold `id`, though they were given it. */
const findForgotten = async (database: Database, id: ArticleId, partners: readonly string[]) => {
  const known = new Set((await loadHolders(database, id)).map(({ partnerId }) => partnerId));
  return partners.filter((partner) => !known.has(partner));
};

/** As it was told: `partner via version extent times`. */
const heldOf = async (database: Database, id: ArticleId) =>
  (await loadHolders(database, id)).map(
    ({ partnerId, via, version, extent, times }) => `${partnerId} ${via} v${version} ${extent} ${times}`,
  );

describe.each(databaseKinds)('what partners are given is recorded (%s)', (kind) => {
  const clock = createWoundClock(Date.UTC(2026, 10, 23, 12));
  let database: Database;
  let redis: OwnRedis;
  let listed: readonly ArticleId[] = [];
  let read: ArticleId;
  let followed = 0;

  /** A gateway over the same database and Redis, as one that has just started: asks it, and writes down what was given. */
  const withGateway = async (use: (ask: Ask) => Promise<void>, swap: Partial<Parts> = {}) => {
    const config = createTestConfig({ PROBE_SECONDS: '0', REDIS_URL: redis.url });
    const app = await createApp(config, database, {
      clock,
      redisPatience: PATIENT,
      ...swap,
    });
    await app.start();
    await use(async (partner, { query, path = '/graphql' }) => {
      const headers = partner === null ? {} : { authorization: `Bearer ${keys[partner]}` };
      const response = await app.server.inject(
        query === undefined ? { url: path, headers } : { method: 'POST', url: path, headers, payload: { query } },
      );
      expect(response.statusCode).toBe(200);
      return response.body;
    });
    await app.close();
  };
  const keys: Record<string, string> = {};

  beforeAll(async () => {
    database = await createTestDatabase(kind);
    redis = await startOwnRedis();
    const config = createTestConfig();
    await loadDemo(database, config.editions, clock);
    for (const id of ['first', 'second', 'third'])
      keys[id] = await addTestPartner(database, id, createPlan({ syndication: 'FULL' }));
    keys['excerpts'] = await addTestPartner(database, 'excerpts', createPlan({ syndication: 'EXCERPT' }));
    await withGateway(async (ask) => {
      const { data } = JSON.parse(await ask('first', { query: LIST })) as Listed;
      listed = data.edition.articles.nodes.map(({ id }) => id);
      read = listed[0] as ArticleId;
      await ask('first', { query: LIST });
      // Out of memory: nothing is made for it.
      await ask('second', { query: LIST });
      await ask('excerpts', { query: textOf(read) });
      await ask(null, { query: LIST });
      await ask(null, { query: textOf(read) });
      await ask('excerpts', { path: '/feeds/en.json' });
    });
    await withGateway(async (ask) => {
      // Out of Redis: this process has made nothing.
      await ask('third', { query: LIST });
      await ask('first', { query: textOf(read) });
      // More than is read at a time: nobody comes back for the rest of an answer.
      await ask('second', { path: '/changes?first=1000' });
      const lines = (await ask('third', { path: '/changes?editions=EN&first=1000' })).trim().split('\n');
      const { cursor } = JSON.parse(lines.at(-1) ?? '') as { cursor: string };
      followed = lines.length - 1;
      await ask('third', { path: `/changes?editions=EN&after=${cursor}` });
      // The same place, however often it is named.
      await ask('third', { path: `/changes?editions=EN,en,EN&after=${cursor}` });
    });
  }, 60_000);
  afterAll(async () => {
    await redis.close();
    await database.close();
  });

  it('out of memory and out of Redis as when it was made, of every article in the answer', async () => {
    const [, other] = listed;
    expect(await heldOf(database, other as ArticleId)).toEqual([
      expect.stringMatching(/^excerpts feed v1 (excerpt|named) 1$/),
      'first query v1 named 2',
      'second delta v1 named 1',
      'second query v1 named 1',
      'third delta v1 named 1',
      'third query v1 named 1',
    ]);
  });

  it('with how much of it there was', async () => {
    expect(await heldOf(database, read)).toEqual([
      'excerpts feed v1 excerpt 1',
      'excerpts query v1 named 1',
      'first query v1 text 3',
      'second delta v1 named 1',
      'second query v1 named 1',
      'third delta v1 named 1',
      'third query v1 named 1',
    ]);
  });

  it('and nothing that the public was given', async () => {
    const given = await database.query<{ partner_id: string }>('SELECT DISTINCT partner_id FROM deliveries ORDER BY 1');
    expect(given.map(({ partner_id }) => partner_id)).toEqual(['excerpts', 'first', 'second', 'third']);
  });

  it('with the place in the deltas that a partner came back from', async () => {
    expect(followed).toBeGreaterThan(10);
    const [head] = await database.query<{ sequence: string; epoch: string }>(
      'SELECT sequence, epoch FROM change_log_head',
    );
    expect(await database.query('SELECT partner_id, editions, epoch, sequence FROM delta_places')).toEqual([
      { partner_id: 'third', editions: 'EN', epoch: head?.epoch, sequence: expect.any(String) as string },
    ]);
  });

  it('and a gateway that accounts for what it makes, and not for what it kept, is caught at it', async () => {
    const third = listed[2] as ArticleId;
    expect(await findForgotten(database, third, ['first', 'second', 'third'])).toEqual([]);
    await database.query('DELETE FROM deliveries');
    const accounted = new WeakSet<Manifest>();
    const makersOnly: Parts['deliveries'] = (recorded) => ({
      ...recorded,
      given(one) {
        if (!accounted.has(one.manifest)) recorded.given(one);
        accounted.add(one.manifest);
      },
    });
    await withGateway(
      async (ask) => {
        for (const partner of ['first', 'second', 'third']) await ask(partner, { query: LIST });
      },
      { deliveries: makersOnly },
    );
    expect(await findForgotten(database, third, ['first', 'second', 'third'])).toEqual(['second', 'third']);
  });
});
