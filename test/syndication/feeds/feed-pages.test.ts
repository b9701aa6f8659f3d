import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { linksOf, walkFeed } from './walk-feed.ts';
import { readXml } from './check-xml.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const get = (url: string) => app.server.inject({ url });
const guidsOf = (xml: string): readonly string[] => [...xml.matchAll(/<guid[^>]*>([^<]+)</g)].map(([, id = '']) => id);
const pathOf = (url = ''): string => url.slice(app.config.publicUrl.length);

describe('a feed that goes on', () => {
  it('is the whole list in order, each story once, and the same way back', async () => {
    const whole = guidsOf((await get('/feeds/en.rss?first=100')).body);
    const parts = await walkFeed(app, '/feeds/en.rss?first=3');
    expect(parts.flatMap(({ body }) => guidsOf(body))).toEqual(whole);
    expect(parts.length).toBe(Math.ceil(whole.length / 3));
    const back = linksOf((await get(pathOf(parts[1]?.url))).headers.link);
    expect(guidsOf((await get(pathOf(back['prev']))).body)).toEqual(whole.slice(0, 3));
  });

  it('says where it goes on as each format can', async () => {
    for (const [format, path] of [
      ['rss', 'channel/atom:link'],
      ['atom', 'atom:link'],
    ] as const) {
      const response = await get(`/feeds/en.${format}?first=2`);
      const header = linksOf(response.headers.link);
      expect(header['next']).toMatch(/^https:\/\/news\.example\/feeds\/en\.\w+\?first=2&after=[\w-]+$/);
      readXml(response.body, (root) => {
        const href = (rel: string) => root.text(`${path}[@rel='${rel}']/@href`);
        expect([href('next'), href('previous'), href('first')]).toEqual([header['next'], null, header['first']]);
      });
      const second = await get(pathOf(header['next']));
      readXml(second.body, (root) => {
        expect(root.text(`${path}[@rel='previous']/@href`)).toBe(linksOf(second.headers.link)['prev']);
      });
    }
    const json = await get('/feeds/en.json?first=2');
    expect(json.json()).toMatchObject({ next_url: linksOf(json.headers.link)['next'] });
    expect(linksOf((await get('/feeds/en.ninjs?first=2')).headers.link)['next']).toContain('/feeds/en.ninjs?');
    const last = (await walkFeed(app, '/feeds/en.json?first=7')).at(-1);
    expect(JSON.parse(last?.body ?? '')).not.toHaveProperty('next_url');
  });

  it('takes the cursors of the graph’s own list', async () => {
    const query = '{ edition(code: EN) { articles(first: 2) { pageInfo { endCursor } } } }';
    const answer = await get(`/graphql?query=${encodeURIComponent(query)}`);
    const { endCursor } = answer.json<{
      data: { edition: { articles: { pageInfo: { endCursor: string } } } };
    }>().data.edition.articles.pageInfo;
    expect(linksOf((await get('/feeds/en.rss?first=2')).headers.link)['next']).toContain(endCursor);
  });

  it.each([
    ['after=nonsense', 'Malformed cursor'],
    ['first=0', '"first" must be a number from 1 to 100'],
    ['first=101', '"first" must be a number from 1 to 100'],
    ['first=x', 'it is "x"'],
    ['first=1&first=2', '"first" may be given once'],
    ['after=a&before=b', 'Give "after" or "before", not both'],
  ])('refuses a page that is none: %s', async (query, detail) => {
    const response = await get(`/feeds/en.rss?${query}`);
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.json()).toMatchObject({
      code: 'BAD_USER_INPUT',
      detail: expect.stringContaining(detail) as string,
    });
  });

  it('refuses the cursor of another list', async () => {
    const { after } = Object.fromEntries(
      new URL(linksOf((await get('/feeds/en.rss?first=2')).headers.link)['next'] ?? '').searchParams,
    );
    expect((await get(`/feeds/ar.rss?after=${after}`)).json()).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect((await get(`/feeds/en.atom?after=${after}`)).statusCode).toBe(200);
  });
});

describe('an address that names no feed', () => {
  it.each([
    ['/feeds/fr.rss', 'There is no edition "fr" here: there are en, ar, es'],
    ['/feeds/en/no/such.rss', 'There is no section "no/such" in the edition en'],
    ['/feeds/en/tags/nobody.atom', 'There is no tag "nobody" in the edition en'],
    ['/feeds/ar/authors/لا-أحد.json', 'There is no author "لا-أحد" in the edition ar'],
    ['/feeds/en.xml', 'The address of a feed ends in what it is written in: .rss, .atom, .json, .ninjs'],
    ['/feeds/en', 'The address of a feed ends in'],
    ['/feeds/en/tags.rss', 'Ask for one of the tags'],
    ['/feeds/', 'The address of a feed ends in'],
  ])('%s is told what is missing', async (path, detail) => {
    const response = await get(encodeURI(path));
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'NOT_FOUND', detail: expect.stringContaining(detail) as string });
  });
});

describe('whose stories', () => {
  it.each([
    ['/feeds/en/news/politics.rss', 'Politics — Meridian English'],
    ['/feeds/ar/أخبار/سياسة.rss', 'سياسة — ميريديان العربية'],
    ['/feeds/en/tags/bread.rss', 'Bread — Meridian English'],
    ['/feeds/en/authors/tobias-wrenfield.rss', 'Tobias Wrenfield — Meridian English'],
  ])('%s is a section’s, a tag’s or an author’s', async (path, title) => {
    const response = await get(encodeURI(path));
    expect(response.statusCode).toBe(200);
    const read = readXml(response.body, (rss) => ({
      title: rss.text('channel/title'),
      self: rss.text(`channel/atom:link[@rel='self']/@href`),
      count: rss.all('channel/item').length,
    }));
    expect(read.title).toBe(title);
    expect(read.self).toBe(`https://news.example${encodeURI(path)}`);
    expect(read.count).toBeGreaterThan(0);
    expect(read.count).toBeLessThan(guidsOf((await get('/feeds/en.rss?first=100')).body).length);
  });
});
