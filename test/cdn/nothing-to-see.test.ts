import { afterAll, beforeAll, expect, it } from 'vitest';
import { articleId, writeArticles } from '../support/content-rows.ts';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { startFakeCdn } from './fake-cdn.ts';

const NOW = Date.parse('2026-11-23T12:00:23.456Z');
/** As embargoes end: at a full minute. */
const LIFT = Date.parse('2026-11-23T12:02:00Z');
const clock = createWoundClock(NOW);

let app: TestApp;
let cdn: Awaited<ReturnType<typeof startFakeCdn>>;
beforeAll(async () => {
  const port = await pickFreePort();
  cdn = await startFakeCdn(`http://127.0.0.1:${port}`);
  const variables = { PORT: String(port), HOST: '127.0.0.1', CDN_PURGE_URL: cdn.purgeUrl, PROBE_SECONDS: '0' };
  app = await createTestApp({ clock, isEmpty: true, variables });
  const stands = { publishedAt: NOW - 60_000, sections: ['news'] };
  await writeArticles(app.database, [
    { ...stands, key: 'seen' },
    { ...stands, key: 'waiting', embargoedUntil: LIFT },
    { ...stands, key: 'scheduled', publishedAt: LIFT },
    { ...stands, key: 'private', syndication: 'NONE' },
    { ...stands, key: 'retracted', embargoedUntil: LIFT, withdrawnAt: NOW - 1_000 },
  ]);
  await app.start();
}, 60_000);
afterAll(async () => {
  await app.close();
  await cdn.close();
});

const WAYS: Readonly<Record<string, (key: string) => string>> = {
  'by its slug': (key) => `{ edition(code: EN) { article(slug: "${key}") { headline } } }`,
  'by its address': (key) => `{ articleByUrl(url: "https://news.example/en/news/${key}") { headline } }`,
  'where its address leads': (key) => `{ route(url: "https://news.example/en/news/${key}") { status } }`,
  'by its id': (key) => `{ article(id: "${articleId(key)}") { headline } }`,
  'as a node': (key) => `{ node(id: "${articleId(key)}") { id } }`,
  'as one of some nodes': (key) => `{ nodes(ids: ["${articleId(key)}"]) { id } }`,
};
/** What an answer says of itself, the first time and kept; keys by their number: what they are nobody can read. */
const said = async (query: string) => {
  const url = `/graphql?query=${encodeURIComponent(query)}`;
  const answers = [await app.server.inject({ url }), await app.server.inject({ url })];
  return answers.map(({ headers, body }) => ({
    body,
    cacheControl: headers['cache-control'],
    cdn: headers['cdn-cache-control'],
    cacheStatus: headers['cache-status'],
    keys: String(headers['surrogate-key']).split(' ').length,
    etag: headers.etag,
  }));
};

it.each(Object.keys(WAYS))(
  'a story that is asked for %s says nothing of itself before it is to be seen',
  async (way) => {
    const of = WAYS[way] as (key: string) => string;
    for (const seconds of [0, 30, 90]) {
      clock.wind(NOW + seconds * 1_000 - clock.now());
      const nothing = await said(of('never-there'));
      expect(nothing[1]?.cacheStatus).toMatch(/hit/);
      for (const key of ['waiting', 'scheduled', 'private', 'retracted'])
        expect({ key, said: await said(of(key)) }).toEqual({ key, said: nothing });
    }
    clock.wind(NOW - clock.now());
  },
);
