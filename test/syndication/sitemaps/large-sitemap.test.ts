import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleId, writeArticles } from '../../support/content-rows.ts';
import { createStatementCount } from '../../journeys/count-statements.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { createWoundClock } from '../../support/wound-clock.ts';
import { readSitemap } from './read-sitemap.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const clock = createWoundClock(NOW);
/** More than an edition's own sitemap holds. */
const COUNT = 1_234;

const TOKEN = 'a-token-of-sixteen-letters';
const statements = createStatementCount();

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({
    clock,
    isEmpty: true,
    observe: statements.observe,
    variables: { ADMIN_TOKEN: TOKEN },
  });
  await writeArticles(
    app.database,
    Array.from({ length: COUNT }, (_, index) => ({
      key: `story-${index}`,
      publishedAt: Date.parse(index % 2 === 0 ? '2025-12-31T22:00:00Z' : '2026-03-01T00:00:00Z') + index * 1_000,
    })),
  );
}, 120_000);
afterAll(() => app.close());

const read = async (url: string) =>
  readSitemap((await app.server.inject({ url: url.replace('https://news.example', '') })).body);

describe('the sitemap of an edition that has many stories', () => {
  it('names parts that hold them all, each once', async () => {
    const { parts, urls } = await read('/sitemaps/en.xml');
    expect(urls).toEqual([]);
    expect(parts).toEqual(['2026', '2025'].map((year) => `https://news.example/sitemaps/en-${year}.xml`));
    const found = (await Promise.all(parts.map(read))).flatMap((part) => part.urls.map(({ loc }) => loc));
    expect(found).toHaveLength(COUNT);
    expect(new Set(found).size).toBe(COUNT);
  });

  it('keeps each page of a part by itself, and ends those in which something was taken down', async () => {
    const url = '/sitemaps/en-2025.xml';
    const ask = async () => {
      let found: readonly string[] = [];
      const sent = await statements.during(async () => {
        found = (await read(url)).urls.map(({ loc }) => loc);
      });
      return { found, sent: sent.length };
    };
    const first = await ask();
    expect(await ask()).toEqual({ found: first.found, sent: 0 });
    const response = await app.server.inject({
      method: 'POST',
      url: '/changes',
      headers: { authorization: `Bearer ${TOKEN}` },
      payload: { id: 'takedown', changes: [{ kind: 'KILL', articleId: articleId('story-250') }] },
    });
    expect(response.json()).toMatchObject({ gone: true });
    const after = await ask();
    expect(after.found).toEqual(first.found.filter((loc) => !loc.endsWith('/story-250')));
    expect(after.sent).toBeGreaterThan(0);
  });

  it('goes out packed as it is written', async () => {
    const response = await app.server.inject({ url: '/sitemaps/en-2025.xml', headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': 'no-store' });
    expect(response.rawPayload.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });
});
