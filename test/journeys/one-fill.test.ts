import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { graphqlAddress } from '../http/graphql-address.ts';
import { openConnection, writeRequest, type RawAnswer } from '../http/raw-connection.ts';
import { startOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { createTestApp, createTestConfig, type TestApp } from '../support/test-app.ts';

const TOKEN = 'correct-horse-battery-staple';
const SLUG = 'night-train-returns-to-the-coast';
const REQUEST = writeRequest({
  method: 'GET',
  path: graphqlAddress({ query: `{ edition(code: EN) { article(slug: "${SLUG}") { id headline } } }` }),
});
/** Clients of one process share so many connections, each sending all it has to ask before it is told anything. */
const CONNECTIONS = 25;

/** One of the four: a gateway with its own memory, follower, pool of jobs and link to Redis. */
interface Gateway {
  readonly app: App;
  readonly port: number;
  /** Requests that have come so far. */
  readonly came: () => number;
}

let home: TestApp;
let redis: OwnRedis;
let gateways: readonly Gateway[] = [];
/** At which the store stops, having read, before it gives what it read. */
let gate: Gate | undefined;
let loads = 0;

beforeAll(async () => {
  [home, redis] = await Promise.all([createTestApp(), startOwnRedis()]);
  const stores = createPostgresStores(home.database);
  const storesOf = (): Stores => ({
    ...stores,
    articles: {
      ...stores.articles,
      async byAddresses(addresses) {
        loads += 1;
        const found = await stores.articles.byAddresses(addresses);
        await gate?.pass();
        return found;
      },
    },
  });
  const open = async (): Promise<Gateway> => {
    const variables = { HOST: '127.0.0.1', REDIS_URL: redis.url, ADMIN_TOKEN: TOKEN, OPERATION_TIMEOUT_MS: '60000' };
    const app = await createApp(createTestConfig(variables), home.database, {
      clock: systemClock,
      storesOf,
      // As long as a fill is held here, thousands of requests come: what is slow about it is this test.
      redisPatience: { slowMs: 20_000, deadlineMs: 30_000, silenceMs: 30_000, claimMs: 30_000 },
    });
    let requests = 0;
    app.server.server.on('request', () => (requests += 1));
    return { app, port: await app.start(), came: () => requests };
  };
  gateways = await Promise.all([open(), open(), open(), open()]);
});
afterAll(async () => {
  for (const { app } of gateways) await app.close();
  await redis.close();
  await home.close();
});

/** Sends `clients` requests to each gateway; once all have come, `answers` are still to be waited for. */
const sendToAll = async (clients: number) => {
  const mine = clients / CONNECTIONS;
  const converse = async (port: number): Promise<readonly RawAnswer[]> => {
    const connection = await openConnection(port);
    connection.write(REQUEST.repeat(mine));
    const answers: RawAnswer[] = [];
    while (answers.length < mine) answers.push(await connection.read());
    connection.socket.destroy();
    return answers;
  };
  const conversations: Promise<readonly RawAnswer[]>[] = [];
  // One gateway after the other: all of them live in this process, and have leases to renew in it.
  for (const { port, came } of gateways) {
    const goal = came() + clients;
    conversations.push(...Array.from({ length: CONNECTIONS }, () => converse(port)));
    await expect.poll(came, { timeout: 15_000, interval: 5 }).toBe(goal);
  }
  return { answers: Promise.all(conversations).then((all) => all.flat()) };
};

const post = async (change: object): Promise<void> => {
  const [one] = gateways as [Gateway];
  const answer = await one.app.server.inject({
    method: 'POST',
    url: '/changes',
    headers: { authorization: `Bearer ${TOKEN}` },
    payload: { id: randomUUID(), changes: [change] },
  });
  expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining({ gone: true })]);
};

const write = (headline: string) =>
  home.database.query(`UPDATE articles SET headline = $1 WHERE slug = $2 RETURNING id`, [headline, SLUG]);
const textsOf = (answers: readonly RawAnswer[]): readonly string[] => [
  ...new Set(answers.map(({ status, body }) => `${status} ${body.toString().trim()}`)),
];
/** Makes the key cold, and counts from there. */
const begin = async (headline: string): Promise<void> => {
  await write(headline);
  await post({ tags: [`slug:en:article:${SLUG}`] });
  gate = createGate();
  loads = 0;
};

describe('four gateways over one database and one Redis', () => {
  it('load a cold key once for 5,000 clients', async () => {
    await begin('Asked by many');
    const { answers } = await sendToAll(1_250);
    gate?.open();
    const all = await answers;
    expect([all.length, loads]).toEqual([5_000, 1]);
    expect(textsOf(all)).toEqual([expect.stringContaining('200 {"data":{"edition":{"article":{')]);
    expect(textsOf(all)).toEqual([expect.stringContaining('Asked by many')]);
  });

  it('load it twice for 1,000 clients when it changes in the middle', async () => {
    await begin('Before the change');
    const early = await sendToAll(125);
    await gate?.reached;
    await write('After the change');
    await post({ tags: [`slug:en:article:${SLUG}`] });
    const late = await sendToAll(125);
    expect(loads).toBe(1);
    gate?.open();
    const [first, second] = [await early.answers, await late.answers];
    expect([first.length, second.length, loads]).toEqual([500, 500, 2]);
    // Who came before the first was begun may have it, if it was begun where they asked; nobody who came after the change.
    const former = first.flatMap(({ body }, place) => (body.includes('Before the change') ? [place] : []));
    expect(new Set(former.map((place) => Math.floor(place / 125))).size).toBeLessThanOrEqual(1);
    expect(textsOf(second)).toEqual([expect.stringContaining('After the change')]);
  });

  it('load it twice for 1,000 clients when it is taken down in the middle, and tell nobody what it said', async () => {
    await begin('Before the takedown');
    const [row] = await home.database.query<{ id: string }>(`SELECT id FROM articles WHERE slug = $1`, [SLUG]);
    const early = await sendToAll(125);
    await gate?.reached;
    await post({ kind: 'KILL', articleId: row?.id });
    const late = await sendToAll(125);
    gate?.open();
    const all = [...(await early.answers), ...(await late.answers)];
    expect([all.length, loads]).toEqual([1_000, 2]);
    expect(textsOf(all)).toEqual(['200 {"data":{"edition":{"article":null}}}']);
  });
});
