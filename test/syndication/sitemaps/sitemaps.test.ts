import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeArticles } from '../../support/content-rows.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { createWoundClock } from '../../support/wound-clock.ts';
import { readSitemap } from './read-sitemap.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const clock = createWoundClock(NOW);
const NO_SEO = { title: null, description: null, canonicalUrl: null, image: null, noIndex: false };

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ clock, isEmpty: true });
  const group = { translationGroup: 'story:a', sections: ['news'] };
  const at = (hours: number): { readonly publishedAt: number } => ({ publishedAt: NOW - hours * HOUR_MS });
  await writeArticles(app.database, [
    { ...group, ...at(1), key: 'a', edition: 'EN', headline: 'Talks <resume> & go on' },
    { ...group, ...at(2), key: 'b', edition: 'AR', slug: 'محادثات' },
    { ...group, ...at(3), key: 'c', edition: 'ES', updatedAt: NOW - HOUR_MS },
    // A second version of the same edition: its first by id is the one that others name.
    { ...group, ...at(4), key: 'd', edition: 'EN' },
    { ...at(5), key: 'alone', edition: 'EN' },
    { ...at(6), key: 'hidden', edition: 'EN', seo: { ...NO_SEO, noIndex: true } },
    { ...at(6), key: 'elsewhere', edition: 'EN', seo: { ...NO_SEO, canonicalUrl: 'https://other.example/x' } },
    { ...at(7), key: 'none', edition: 'EN', syndication: 'NONE' },
    { ...at(47), key: 'recent', edition: 'EN' },
    { ...at(49), key: 'old', edition: 'EN' },
  ]);
});
afterAll(() => app.close());

const get = (url: string) => app.server.inject({ url });
const read = async (url: string) => {
  const response = await get(url);
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8']);
  return readSitemap(response.body);
};
const base = 'https://news.example';

describe('a sitemap', () => {
  it('names every version of a story, itself among them, and one for all other readers, the same on all sides', async () => {
    const [english, arabic, spanish] = await Promise.all(
      ['en', 'ar', 'es'].map((code) => read(`/sitemaps/${code}.xml`)),
    );
    const all = [...(english?.urls ?? []), ...(arabic?.urls ?? []), ...(spanish?.urls ?? [])];
    const together = all.filter(({ alternates }) => Object.keys(alternates).length > 2);
    expect(together).toHaveLength(3);
    for (const { loc, alternates } of together) {
      expect(Object.keys(alternates).toSorted()).toEqual(['ar', 'en', 'es', 'x-default']);
      expect(Object.values(alternates)).toContain(loc);
      expect(alternates['x-default']).toBe(alternates['en']);
      expect(alternates).toEqual(together[0]?.alternates);
    }
    expect(together.map(({ alternates }) => alternates['ar'])[0]).toBe(
      `${base}/ar/news/${encodeURIComponent('محادثات')}`,
    );
  });

  it('names what is alone by itself, when it was changed, and not what its desk keeps from search engines', async () => {
    const { urls } = await read('/sitemaps/en.xml');
    const locs = urls.map(({ loc }) => loc);
    for (const slug of ['hidden', 'elsewhere', 'none']) expect(locs).not.toContain(`${base}/en/news/${slug}`);
    const alone = urls.find(({ loc }) => loc.endsWith('/alone'));
    expect(alone?.alternates).toEqual({ en: alone?.loc, 'x-default': alone?.loc });
    const { urls: spanish } = await read('/sitemaps/es.xml');
    expect(Date.parse(spanish[0]?.lastmod ?? '')).toBe(NOW - HOUR_MS);
  });

  it('is kept, and not sent again to whoever has it', async () => {
    const first = await get('/sitemaps/ar.xml');
    const again = await app.server.inject({
      url: '/sitemaps/ar.xml',
      headers: { 'if-none-match': String(first.headers.etag) },
    });
    expect([again.statusCode, again.headers['cache-status']]).toEqual([304, expect.stringContaining('hit')]);
    expect((await app.server.inject({ method: 'HEAD', url: '/sitemaps/ar.xml' })).statusCode).toBe(200);
  });

  it.each(['/sitemaps/fr.xml', '/sitemaps/en-2026-13.xml', '/sitemaps/en-x.xml', '/sitemaps/en.txt'])(
    '%s is not there, and says what is',
    async (url) => {
      const response = await get(url);
      expect([response.statusCode, response.headers['content-type']]).toEqual([404, 'application/problem+json']);
      expect(response.json()).toMatchObject({ code: 'NOT_FOUND' });
    },
  );
});

describe('a part of a sitemap', () => {
  it('holds what was published in its time, written as it is read', async () => {
    const day = await read('/sitemaps/en-2026-11-21.xml');
    expect(day.urls.map(({ loc }) => loc)).toEqual([`${base}/en/news/recent`, `${base}/en/news/old`]);
    expect((await read('/sitemaps/en-2026-11-21T13.xml')).urls).toHaveLength(1);
    expect((await read('/sitemaps/en-2025.xml')).urls).toEqual([]);
    const response = await app.server.inject({ method: 'HEAD', url: '/sitemaps/en-2026.xml' });
    expect([response.statusCode, response.body]).toEqual([200, '']);
  });
});

describe('a news sitemap', () => {
  it('holds the last two days, with publication, language, date and title', async () => {
    const { news } = await read('/sitemaps/en-news.xml');
    expect(news[0]).toEqual({
      loc: `${base}/en/news/a`,
      name: 'Meridian English',
      language: 'en',
      date: '2026-11-23T13:00:00+02:00',
      title: 'Talks <resume> & go on',
    });
    expect(news.map(({ loc }) => loc.split('/').at(-1))).toEqual(['a', 'd', 'alone', 'recent']);
  });

  it('lets a story go when it is two days old, to the millisecond', async () => {
    clock.wind(DAY_MS * 2 - 47 * HOUR_MS - 1);
    expect((await read('/sitemaps/en-news.xml')).news.at(-1)?.loc).toMatch(/recent$/);
    clock.wind(1);
    expect((await read('/sitemaps/en-news.xml')).news.at(-1)?.loc).toMatch(/alone$/);
  });
});
