import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDocuments } from '../../../src/ingest/import-documents.ts';
import { systemClock } from '../../../src/clock.ts';
import { linesOf } from '../../support/import-lines.ts';
import { ntrexDocuments, NTREX_SOURCE, readNtrexStories } from '../../support/ntrex-documents.ts';
import { findShared, PROJECT_ROOT, sharedPath } from '../../support/shared.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { faultsOfAtom } from './check-atom.ts';
import { readSchemas } from './check-json.ts';
import { faultsOfRss } from './check-rss.ts';
import { walkFeed } from './walk-feed.ts';

const NEWS = 'data/news/ntrex-news.json';
const EDITIONS = ['en', 'ar', 'es'] as const;

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
  const folder = findShared(PROJECT_ROOT);
  if (folder === null) return;
  const documents = ntrexDocuments(readNtrexStories(`${folder}/${NEWS}`));
  const { database, config } = app;
  await importDocuments({ database, editions: config.editions, clock: systemClock }, linesOf(documents), {
    source: NTREX_SOURCE,
  });
}, 120_000);
afterAll(() => app.close());

describe.each(EDITIONS)('every story of the edition %s, of the demo and of the news beside the project', (edition) => {
  const parts = (format: string) => walkFeed(app, `/feeds/${edition}.${format}?first=100`);

  it('stands in valid RSS', async () => {
    for (const { url, body } of await parts('rss')) expect(faultsOfRss(body, url)).toEqual([]);
  });

  it('stands in valid Atom', async () => {
    for (const { url, body } of await parts('atom')) expect(faultsOfAtom(body, url)).toEqual([]);
  });

  it('stands in valid JSON Feed', async (test) => {
    const { json } = readSchemas(sharedPath(test, 'data/schemas'));
    for (const { body } of await parts('json')) expect(json(body)).toEqual([]);
  });

  it('stands in valid ninjs', async (test) => {
    const { ninjs } = readSchemas(sharedPath(test, 'data/schemas'));
    for (const { body } of await parts('ninjs')) expect(ninjs(body)).toEqual([]);
  });

  it('stands in every format, once', async () => {
    const uris = async (format: string, pattern: RegExp): Promise<readonly string[]> =>
      (await parts(format)).flatMap(({ body }) => [...body.matchAll(pattern)].map(([, uri = '']) => uri));
    const rss = await uris('rss', /<guid[^>]*>([^<]+)</g);
    expect(rss.length).toBeGreaterThan(findShared(PROJECT_ROOT) === null ? 10 : 100);
    expect(new Set(rss).size).toBe(rss.length);
    expect(await uris('atom', /<entry[^>]*><id>([^<]+)</g)).toEqual(rss);
    expect(await uris('json', /"id":"(urn:[^"]+)"/g)).toEqual(rss);
    expect(await uris('ninjs', /"uri":"(urn:masthead:art_[^":]+)"/g)).toEqual(rss);
  });
});
