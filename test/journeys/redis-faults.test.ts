import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import type { Config } from '../../src/config/load.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { graphqlAddress } from '../http/graphql-address.ts';
import { startOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { linesOf } from '../support/import-lines.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { createTestApp, createTestConfig, type TestApp } from '../support/test-app.ts';

/** A second is promised; two cores shared by many tests may take longer to get to it. */
const SOON = { timeout: 10_000, interval: 10 };

let home: TestApp;
let redis: OwnRedis;
let wire: TcpProxy;
let questions = 0;

beforeAll(async () => {
  home = await createTestApp();
});
afterAll(() => home.close());
beforeEach(async () => {
  redis = await startOwnRedis();
  onTestFinished(redis.close);
  wire = await startTcpProxy(redis.url);
  onTestFinished(wire.close);
});

/** A gateway over the database of all and the Redis of this test. */
const open = async (variables: Readonly<Record<string, string>> = {}): Promise<App> => {
  const config: Config = createTestConfig({ HOST: '127.0.0.1', REDIS_URL: wire.url, ...variables });
  const app = await createApp(config, home.database, { clock: systemClock });
  onTestFinished(app.close);
  await app.start();
  return app;
};

/** A question nobody has asked before: a listing up to another instant. */
const freshQuestion = (): string => {
  questions += 1;
  const before = new Date(Date.UTC(2040, 0, 1) + questions * 1000).toISOString().replace('.000', '');
  return `{ edition(code: EN) { name url articles(first: 3, filter: { publishedBefore: "${before}" }) { nodes { slug headline } } } }`;
};

const ask = async ({ server }: App, query: string) => {
  const answer = await server.inject({ url: graphqlAddress({ query }) });
  const { data, errors } = answer.json<{ data: unknown; errors?: unknown }>();
  expect([answer.statusCode, errors]).toEqual([200, undefined]);
  return { data, text: answer.body, status: String(answer.headers['cache-status']) };
};

const readiness = async ({ server }: App) => {
  const answer = await server.inject({ url: '/readyz' });
  return [answer.statusCode, answer.json<{ stores: { redis?: string } }>().stores.redis];
};

/** Whether an answer of `one` is found by `other`, asked anew until it is. */
const share = async (one: App, other: App): Promise<void> => {
  await expect
    .poll(async () => {
      const question = freshQuestion();
      const made = await ask(one, question);
      const found = await ask(other, question);
      expect(found.data).toEqual(made.data);
      return found.status;
    }, SOON)
    .toMatch(/^masthead; hit/);
};

describe('gateways that share a Redis', () => {
  it('find each other’s answers, and only those of the same release', async () => {
    const [one, other] = [await open(), await open()];
    await share(one, other);
    await share(other, one);
    const next = await open({ PUBLIC_URL: 'https://next.example' });
    for (let i = 0; i < 20; i += 1) {
      const question = freshQuestion();
      await ask(one, question);
      const made = await ask(next, question);
      expect(made.status).toMatch(/fwd=miss/);
      expect(made.text).toContain('https://next.example/en');
    }
    // Nothing is searched for, listed or deleted; `info` and `client` are of connecting, `del` is a claim given back.
    const used = [...String(await redis.tell('INFO', 'commandstats')).matchAll(/cmdstat_([^:|]+)/g)];
    const allowed = ['get', 'set', 'eval', 'evalsha', 'del', 'info', 'client'];
    expect(used.map(([, command]) => command).filter((command) => !allowed.includes(command ?? ''))).toEqual([]);
  });

  it('make an answer once that both are asked for at once', async () => {
    const [one, other] = [await open(), await open()];
    await share(one, other);
    await expect
      .poll(async () => {
        const question = freshQuestion();
        const answers = await Promise.all([one, other, one, other].map((app) => ask(app, question)));
        expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
        return answers.filter(({ status }) => /hit/.test(status)).length;
      }, SOON)
      .toBeGreaterThan(0);
  });

  it('never serve what landed in it late, after what it read had changed', async () => {
    const [one, other] = [await open(), await open()];
    await share(one, other);
    const headline = async (text: string): Promise<void> => {
      const document = {
        sourceId: 'late',
        slug: 'late',
        edition: 'en',
        headline: text,
        section: 'news/health',
        publishedAt: '2026-05-30T08:00:00Z',
        html: '<p>A harbour at night.</p>',
      };
      const deps = { database: home.database, editions: home.config.editions, clock: systemClock };
      const { bad } = await importDocuments(deps, linesOf([document]), { source: 'desk' });
      expect(bad).toEqual([]);
      for (const { changes } of [home, one, other]) await changes.step();
    };
    const question = '{ edition(code: EN) { article(slug: "late") { headline } } }';
    await headline('Before');
    await redis.tell('FLUSHALL');
    expect((await ask(one, question)).text).toContain('Before');
    const kept = async (): Promise<unknown> => {
      const keys = (await redis.tell('KEYS', 'masthead:*')) as string[];
      return keys.find((key) => !key.endsWith(':claim'));
    };
    await expect.poll(kept, SOON).toBeDefined();
    const key = String(await kept());
    await redis.tell('COPY', key, 'late');
    await headline('After');
    for (const app of [other, one, await open()]) {
      await redis.tell('COPY', 'late', key, 'REPLACE');
      expect((await ask(app, question)).text).toContain('After');
    }
  });
});

describe('a gateway whose Redis', () => {
  it.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
    ['is killed', () => redis.kill(), () => redis.restart()],
    ['hangs', async () => redis.hang(), async () => redis.resume()],
    ['is slow', () => wire.slow(300), () => wire.pass()],
    ['is cut off', () => wire.refuse(), () => wire.pass()],
    ['is behind a wire that swallows everything', () => wire.hang(), () => wire.pass()],
  ])('%s answers everything, says so and shares again afterwards', async (_, begin, end) => {
    const [one, other] = [await open(), await open()];
    await share(one, other);
    await begin();
    // Also while it finds out.
    const questions20 = Array.from({ length: 20 }, freshQuestion);
    const answers = await Promise.all(questions20.flatMap((question) => [ask(one, question), ask(other, question)]));
    expect(answers.every(({ data }) => data !== null)).toBe(true);
    await expect
      .poll(async () => {
        await ask(one, freshQuestion());
        return readiness(one);
      }, SOON)
      .toEqual([200, 'failed']);
    for (let i = 0; i < 20; i += 1) await ask(one, freshQuestion());
    await end();
    for (const app of [one, other]) await expect.poll(() => readiness(app), SOON).toEqual([200, 'ok']);
    await share(one, other);
  });

  it('is full or flushed goes on as if it had nothing', async () => {
    const [one, other] = [await open(), await open()];
    await share(one, other);
    await redis.tell('CONFIG', 'SET', 'maxmemory', '1');
    for (let i = 0; i < 20; i += 1) {
      const question = freshQuestion();
      expect((await ask(one, question)).status).toMatch(/fwd=miss/);
      expect((await ask(other, question)).status).toMatch(/fwd=miss/);
    }
    await redis.tell('CONFIG', 'SET', 'maxmemory', '0');
    await share(one, other);
    await redis.tell('FLUSHALL');
    await share(other, one);
  });

  it('is not there at its start starts all the same, and uses it once it is', async () => {
    await redis.kill();
    const [one, other] = [await open(), await open()];
    expect((await ask(one, freshQuestion())).status).toMatch(/fwd=miss/);
    expect(await readiness(one)).toEqual([200, 'failed']);
    await redis.restart();
    await share(one, other);
  });
});
