import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import type { Database } from '../../src/database/database.ts';
import { describeUpstreamCalls, upstreamOf } from '../contracts/upstream-calls.ts';
import { runQuery, type QueryAnswer } from '../support/run-query.ts';
import { createTestConfig } from '../support/test-app.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { isWithoutSites, realSite, type WordPressSite } from '../support/wordpress-site.ts';
import { cold, readOperation } from './operations.ts';

const ADMIN_TOKEN = 'correct-horse-battery-staple';
/** As many as a front page and a list of a section show, and more. */
const POSTS = 30;
const WORD = 'grainwire';

/** The smallest picture there is: a page with pictures asks for them too. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const configOf = (sites: readonly WordPressSite[]): string =>
  [
    'stores:',
    ...sites.flatMap(({ edition, home, user, applicationPassword }) => [
      `  site-${edition}:`,
      '    kind: wordpress',
      `    url: ${home}/wp-json`,
      `    user: ${user}`,
      `    applicationPassword: ${JSON.stringify(applicationPassword)}`,
      // The sites of the tests share two cores with everything else.
      '    deadlineMs: 30000',
      '    concurrency: 4',
    ]),
    'editions:',
    ...sites.map(
      ({ edition }) =>
        `  - { code: ${edition}, name: Site ${edition}, language: ${edition}, timeZone: UTC, store: site-${edition} }`,
    ),
  ].join('\n');

/** Files stories under two sections and a few tags, over REST. */
const publish = async (site: WordPressSite): Promise<void> => {
  const idOf = async (route: string, body: Readonly<Record<string, unknown>>): Promise<number> =>
    (await site.call('POST', route, body)).id;
  const top = await idOf('categories', { name: 'Calls', slug: 'calls' });
  const below = await idOf('categories', { name: 'Calls below', slug: 'calls-below', parent: top });
  const tags = await Promise.all([1, 2, 3].map((tag) => idOf('tags', { name: `Calls ${tag}`, slug: `calls-${tag}` })));
  const picture = await site.upload('calls.png', 'image/png', PIXEL);
  for (let post = 0; post < POSTS; post += 1)
    await site.call('POST', 'posts', {
      title: `Calls ${WORD} ${post}`,
      slug: `calls-${post}`,
      content: `<p>${WORD} ${post}</p>`,
      status: 'publish',
      date_gmt: new Date(Date.now() - (post + 1) * 60_000).toISOString().slice(0, 19),
      categories: [post % 2 === 0 ? top : below],
      tags: [tags[post % 3]],
      featured_media: picture.id,
    });
};

const variablesOf = (edition: string) => ({
  'article-page': { edition, slug: 'calls-3' },
  'front-page': { edition, perSection: 5 },
  'section-listing': { edition, path: 'calls', first: 20 },
  search: { edition, query: WORD, first: 10 },
});

describe.skipIf(isWithoutSites)('real WordPress sites (need ../shared) behind the gateway', () => {
  let directory: string;
  let database: Database;
  let app: App;
  let wire: TcpProxy;
  const areAll = async (state: string, names: readonly string[]): Promise<boolean> => {
    const { stores } = (await app.server.inject({ url: '/readyz' })).json();
    return names.every((name) => stores[name] === state);
  };
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
  };
  beforeAll(async () => {
    const [english, spanish] = [await realSite('en'), await realSite('es')];
    await Promise.all([english, spanish].map(publish));
    wire = await startTcpProxy(spanish.home);
    const sites = [english, { ...spanish, home: new URL(wire.url).origin }];
    directory = mkdtempSync(join(tmpdir(), 'masthead-calls-'));
    writeFileSync(join(directory, 'newsroom.yaml'), configOf(sites));
    database = await createTestDatabase('postgres');
    const variables = { MASTHEAD_CONFIG: join(directory, 'newsroom.yaml'), ADMIN_TOKEN, HOST: '127.0.0.1' };
    app = await createApp(createTestConfig({ ...variables, OPERATION_TIMEOUT_MS: '60000' }), database);
    await app.start();
    await until(() => areAll('ok', ['postgres', 'site-en', 'site-es']));
    // Pages with rankings ask for what is ranked.
    for (const edition of ['EN', 'ES']) {
      const { data } = await runQuery(app, `{ edition(code: ${edition}) { articles(first: 3) { nodes { id } } } }`);
      for (const { id } of data.edition.articles.nodes)
        await runQuery(
          app,
          `mutation { recordEngagement(input: { articleId: "${id}", kind: VIEW }) { article { id } } }`,
        );
    }
  }, 400_000);
  afterAll(async () => {
    await app.close();
    await wire.close();
    await database.close();
    rmSync(directory, { recursive: true });
  });

  const ask = (query: string, variables: Readonly<Record<string, unknown>>): Promise<QueryAnswer> =>
    runQuery(app, query, variables, { authorization: `Bearer ${ADMIN_TOKEN}` });

  describeUpstreamCalls(() => ({ ask, kinds: { postgres: 'index', 'site-en': 'wordpress', 'site-es': 'wordpress' } }), {
    EN: variablesOf('EN'),
    ES: variablesOf('ES'),
  });

  it('are asked no more for a page as long as it may be', async () => {
    const query = readOperation('front-page');
    const short = upstreamOf(await ask(cold(query), { edition: 'EN', perSection: 1 }));
    const long = await ask(cold(query), { edition: 'EN', perSection: 100 });
    expect(long.errors).toEqual([]);
    const longest = Math.max(
      ...long.data.edition.sections.map(({ articles }: QueryAnswer['data']) => articles.nodes.length),
    );
    expect(longest).toBeGreaterThanOrEqual(POSTS);
    expect(upstreamOf(long)['site-en']?.calls).toBeLessThanOrEqual((short['site-en']?.calls ?? 0) + 1);
  });

  it('cost their own stories when they are killed, and nothing that the gateway knows of them', async () => {
    const page = `{ editions { code sections { name } articles(first: 3) { nodes { headline } } } }`;
    const whole = await ask(cold(page), {});
    expect(whole.errors).toEqual([]);
    await wire.refuse();
    const cut = await ask(cold(page), {});
    const [english, spanish] = cut.data.editions;
    expect([cut.status, english]).toEqual([200, whole.data.editions[0]]);
    expect(spanish).toEqual({ ...whole.data.editions[1], articles: null });
    expect(cut.errors.map(({ extensions }) => extensions)).toEqual([{ code: 'STORE_FAILED', store: 'site-es' }]);

    await until(async () => {
      await ask(cold(page), {});
      return areAll('failed', ['site-es']);
    });
    // Left alone: nothing is asked of it any more.
    expect(upstreamOf(await ask(cold(page), {}))).not.toHaveProperty('site-es');
    expect(await areAll('ok', ['postgres', 'site-en'])).toBe(true);

    await wire.pass();
    await until(() => areAll('ok', ['site-es']));
    expect((await ask(cold(page), {})).data).toEqual(whole.data);
  });
});
