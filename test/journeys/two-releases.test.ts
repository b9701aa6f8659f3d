import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { graphqlAddress } from '../http/graphql-address.ts';
import { sendRaw } from '../http/raw-connection.ts';
import { countRoutedRequests } from '../http/routed-requests.ts';
import { startOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { createTestApp, createTestConfig, type TestApp } from '../support/test-app.ts';

const TOKEN = 'correct-horse-battery-staple';
/** Redis answers in milliseconds; two cores shared by many tests may take longer to get to it. */
const SOON = { timeout: 10_000, interval: 10 };

interface Gateway {
  readonly app: App;
  readonly port: number;
}

const routed = countRoutedRequests();
let home: TestApp;
let redis: OwnRedis;
/** Two releases with two processes each: all there is between them is what they are called. */
let former: Gateway;
let formersTwin: Gateway;
let next: Gateway;
let nextsTwin: Gateway;
let questions = 0;
/** What the desk has written into every headline. */
let words = '';

beforeAll(async () => {
  [home, redis] = await Promise.all([createTestApp(), startOwnRedis()]);
  const open = async (release: string): Promise<Gateway> => {
    const variables = { HOST: '127.0.0.1', REDIS_URL: redis.url, ADMIN_TOKEN: TOKEN, PROBE_SECONDS: '0' };
    const stores = createPostgresStores(home.database);
    const storesOf = (): Stores => ({
      ...stores,
      articles: {
        ...stores.articles,
        list: async (listings, view) =>
          (await stores.articles.list(listings, view)).map((page) => ({
            ...page,
            articles: page.articles.map((article) => ({ ...article, headline: `As ${release} tells it${words}` })),
          })),
      },
    });
    const app = await createApp(createTestConfig(variables), home.database, { clock: systemClock, release, storesOf });
    return { app, port: await app.start() };
  };
  [former, formersTwin] = [await open('1.0.0'), await open('1.0.0')];
  [next, nextsTwin] = [await open('1.1.0'), await open('1.1.0')];
});
beforeEach(() => {
  words = '';
});
afterAll(async () => {
  routed.stop();
  for (const { app } of [former, formersTwin, next, nextsTwin]) await app.close();
  await redis.close();
  await home.close();
});

/** A question nobody has asked before: a listing up to another instant. */
const freshQuestion = (): string => {
  questions += 1;
  const before = new Date(Date.UTC(2040, 0, 1) + questions * 1000).toISOString();
  return `{ edition(code: EN) { articles(first: 1, filter: { publishedBefore: "${before}" }) { nodes { headline } } } }`;
};

/** What asks for a part goes the whole way, always. */
const WHOLE_WAY = { range: 'bytes=0-' };

const ask = async ({ port }: Gateway, query: string, headers: Readonly<Record<string, string>> = {}) => {
  const before = routed.count();
  const answer = await sendRaw(port, { method: 'GET', path: graphqlAddress({ query }), headers });
  const { data } = JSON.parse(answer.body.toString()) as {
    data: { edition: { articles: { nodes: readonly [{ headline: string }] } } };
  };
  return {
    headline: data.edition.articles.nodes[0].headline,
    state: /hit|fwd=\w+/.exec(String(answer.headers['cache-status']))?.[0],
    isAtDoor: routed.count() === before,
  };
};

/** A question to which `one` has put its answer where `other` finds it, asked anew until Redis was quick enough. */
const shareOne = async (one: Gateway, other: Gateway): Promise<string> => {
  let question = '';
  await expect
    .poll(async () => {
      question = freshQuestion();
      await ask(one, question);
      return (await ask(other, question)).state;
    }, SOON)
    .toBe('hit');
  return question;
};

const FORMER = 'As 1.0.0 tells it';
const NEXT = 'As 1.1.0 tells it';

describe('two releases side by side', () => {
  it('never read each other’s entries, whichever answered first, though processes of one release do', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ofFormer = await shareOne(former, formersTwin);
      expect(await ask(next, ofFormer)).toMatchObject({ headline: NEXT, state: 'fwd=miss' });
      expect(await ask(formersTwin, ofFormer)).toMatchObject({ headline: FORMER, state: 'hit' });
      const ofNext = await shareOne(next, nextsTwin);
      expect(await ask(former, ofNext)).toMatchObject({ headline: FORMER, state: 'fwd=miss' });
      expect(await ask(nextsTwin, ofNext)).toMatchObject({ headline: NEXT, state: 'hit' });
    }
  });

  it('answer what each knows, at the door and behind it, out of what is its own', async () => {
    const question = await shareOne(former, formersTwin);
    await ask(next, question);
    for (const [gateway, headline] of [
      [former, FORMER],
      [formersTwin, FORMER],
      [next, NEXT],
    ] as const) {
      await ask(gateway, question);
      // The door stands open for as long as the lease runs, which a busy machine may let run out.
      await gateway.app.changes.step();
      expect(await ask(gateway, question)).toEqual({ headline, state: 'hit', isAtDoor: true });
      expect(await ask(gateway, question, WHOLE_WAY)).toEqual({ headline, state: 'hit', isAtDoor: false });
    }
  });

  it.each(['former', 'next'] as const)('lose what both hold by one change, told to the %s', async (told) => {
    const question = await shareOne(former, formersTwin);
    const gateways = [former, formersTwin, next];
    for (const gateway of [...gateways, ...gateways]) await ask(gateway, question);
    for (const gateway of gateways) {
      await gateway.app.changes.step();
      expect(await ask(gateway, question)).toMatchObject({ state: 'hit', isAtDoor: true });
    }

    words = `, corrected by ${told}`;
    const { app } = { former, next }[told];
    const answer = await app.server.inject({
      method: 'POST',
      url: '/changes',
      headers: { authorization: `Bearer ${TOKEN}` },
      payload: { id: `to-the-${told}`, changes: [{ tags: ['list:en:all'] }] },
    });
    expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining({ gone: true })]);

    // The door knows the question still, and asks Redis by the key it remembers.
    expect(await ask(former, question)).toMatchObject({ headline: FORMER + words, state: 'fwd=stale' });
    expect(await ask(next, question)).toMatchObject({ headline: NEXT + words, state: 'fwd=stale' });
    expect(await ask(formersTwin, question)).toMatchObject({ headline: FORMER + words });
  });
});
