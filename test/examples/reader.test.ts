import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, story, type Desk } from '../journeys/desk.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { askGateway, runReader, startReader, type RunningReader } from './run-reader.ts';

let running: RunningReader;

beforeAll(async () => {
  running = await runReader();
});
afterAll(() => running?.close());

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(running.url + path, { headers, redirect: 'manual' });

const ARTICLE = '/en/news/politics/grain-corridor-talks-resume';

describe('an address', () => {
  it.each([
    ['ar-LB,ar;q=0.9,en;q=0.8', '/ar'],
    ['fr, es-MX;q=0.7, en;q=0.5', '/es'],
    ['en;q=0, ar;q=0.1', '/ar'],
    ['fr', '/en'],
    ['', '/en'],
  ])('without an edition leads a browser that reads %j to %s', async (language, place) => {
    const response = await get('/', { 'accept-language': language });
    expect([response.status, response.headers.get('location')]).toEqual([302, place]);
    expect(response.headers.get('vary')).toBe('Accept-Language');
  });

  it('that an article had before leads to the one it has now, for good', async () => {
    const response = await get('/en/news/politics/old-address-of-the-grain-corridor-talks');
    expect([response.status, response.headers.get('location')]).toEqual([301, ARTICLE]);
  });

  it('spelt otherwise leads to the spelling the gateway gives', async () => {
    const response = await get(`${ARTICLE}/`);
    expect([response.status, response.headers.get('location')]).toEqual([301, ARTICLE]);
    const path = `/ar/${encodeURIComponent('أخبار')}`;
    const decomposed = await get(`/ar/${encodeURIComponent('أخبار'.normalize('NFD'))}`);
    expect([decomposed.status, decomposed.headers.get('location')]).toEqual([301, path]);
  });

  it('percent-encoded in either case is one', async () => {
    const upper = `/ar/${encodeURIComponent('أخبار')}/${encodeURIComponent('سياسة')}`;
    expect((await get(upper)).status).toBe(200);
    expect((await get(upper.toLowerCase())).status).toBe(200);
  });

  it('of an article that was withdrawn is gone, and the page says so', async () => {
    const response = await get('/en/news/economy/ferry-to-resume-in-spring');
    expect(response.status).toBe(410);
    expect(await response.text()).toContain('<h1>This article is no longer available</h1>');
  });

  it.each([
    ['/en/news/politics/never-written', 'en', 'This page does not exist'],
    [`/ar/${encodeURIComponent('أخبار')}/nothing`, 'ar', 'هذه الصفحة غير موجودة'],
    ['/es/nada', 'es', 'Esta página no existe'],
    ['/fr', 'en', 'This page does not exist'],
    ['/en/%', 'en', 'This page does not exist'],
    ['/en/news?after=nonsense', 'en', 'This page does not exist'],
  ])('where nothing stands, %s, is not found, in the words of its edition', async (path, language, words) => {
    const response = await get(path);
    const text = await response.text();
    expect(response.status).toBe(404);
    expect(text).toContain(`<html lang="${language}"`);
    expect(text).toContain(words);
  });
});

describe('lists', () => {
  it.each([
    ['/en/news', 'News'],
    ['/en/tags/grain', 'Grain'],
    ['/en/authors/tobias-wrenfield', 'Tobias Wrenfield'],
    ['/en/authors', 'Authors'],
    ['/en/about', 'About us'],
    ['/es/contacto', 'Contacto'],
  ])('%s has a page under its name', async (path, name) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(`<h1>${name}</h1>`);
  });

  it('lead to older articles until there are none, each article once', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/en/news';
    let pages = 0;
    while (path !== undefined) {
      const text = await (await get(path)).text();
      const [list = ''] = /<div class="list">[\s\S]*?<aside/.exec(text) ?? [];
      seen.push(...[...list.matchAll(/card-headline"><a href="([^"]+)"/g)].map(([, href = '']) => href));
      path = /rel="next" class="next" href="([^"]+)"/.exec(text)?.[1];
      pages += 1;
    }
    const { edition } = await askGateway(
      running.gatewayUrl,
      '{ edition(code: EN) { section(path: "news") { articles(first: 100) { nodes { url } } } } }',
    );
    const urls = (edition.section.articles.nodes as { url: string }[]).map(({ url }) => new URL(url).pathname);
    expect(pages).toBeGreaterThan(1);
    expect(seen).toEqual(urls);
  });
});

describe('search', () => {
  it('shows what the gateway finds, in its order, the words marked', async () => {
    const text = await (await get('/en/search?q=grain')).text();
    const { edition } = await askGateway(
      running.gatewayUrl,
      '{ edition(code: EN) { search(query: "grain", first: 15) { totalCount edges { snippetHtml node { headline } } } } }',
    );
    const { edges, totalCount } = edition.search as {
      edges: { snippetHtml: string; node: { headline: string } }[];
      totalCount: number;
    };
    expect(text).toContain(`${totalCount} articles`);
    const places = edges.map(({ snippetHtml }) => text.indexOf(snippetHtml));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(text).toContain('<mark>');
  });

  it('says what was asked as words, whatever it is', async () => {
    const text = await (await get(`/en/search?q=${encodeURIComponent('<script>alert(1)</script>"')}`)).text();
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('says that nothing was found', async () => {
    expect(await (await get('/ar/search?q=zzzzqqq')).text()).toContain('لا نتائج');
  });
});

describe('counting', () => {
  const engagementOf = async () => {
    const [row] = await running.app.database.query(
      'SELECT sum(views)::int AS views, sum(shares)::int AS shares FROM engagement_totals',
    );
    return row as { readonly views: number; readonly shares: number };
  };

  it('counts a view of an article once per page, none for the head of one or one fetched in advance', async () => {
    const before = await engagementOf();
    const reader = await startReader(running.gatewayUrl);
    await fetch(reader.url + ARTICLE);
    await fetch(reader.url + ARTICLE, { method: 'HEAD' });
    await fetch(reader.url + ARTICLE, { headers: { 'sec-purpose': 'prefetch' } });
    await fetch(`${reader.url}/en`);
    await reader.counted();
    expect((await engagementOf()).views).toBe(before.views + 1);
    await reader.close();
  });

  const share = async (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${running.url}/share`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: running.url, ...headers },
      redirect: 'manual',
    });

  it('counts a share and leads to where it is passed on, with the address of this site', async () => {
    const before = await engagementOf();
    const { edition } = await askGateway(
      running.gatewayUrl,
      '{ edition(code: EN) { article(slug: "grain-corridor-talks-resume") { id headline } } }',
    );
    const response = await share({ article: edition.article.id, place: 'telegram' });
    expect(response.status).toBe(303);
    const to = new URL(response.headers.get('location') ?? '');
    expect(to.origin).toBe('https://t.me');
    expect(to.searchParams.get('url')).toBe(running.url + ARTICLE);
    expect(to.searchParams.get('text')).toBe(edition.article.headline);
    expect((await engagementOf()).shares).toBe(before.shares + 1);

    expect((await share({ article: edition.article.id, place: 'nowhere' })).status).toBe(400);
    const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    expect((await share({ article: edition.article.id, place: 'x' }, foreign)).status).toBe(403);
    expect((await engagementOf()).shares).toBe(before.shares + 1);
  });
});

describe('a page', () => {
  it('may run no script, is framed by nobody, and says its language', async () => {
    const { headers } = await get(`/ar/search`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-language')).toBe('ar');
  });

  it('names its style sheet by what is in it', async () => {
    const [, href = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(await (await get('/en')).text()) ?? [];
    const response = await get(href);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('immutable');
  });
});

describe('a gateway that is away', () => {
  it.each([
    ['/en', 'en', 'ltr', 'We cannot show this page right now'],
    ['/ar/x', 'ar', 'rtl', 'يتعذّر عرض هذه الصفحة الآن'],
    ['/es', 'es', 'ltr', 'No podemos mostrar esta página en este momento'],
  ])('is said at %s in the language of the edition', async (path, language, direction, words) => {
    const proxy = await startTcpProxy(running.gatewayUrl);
    const log: string[] = [];
    const reader = await startReader(proxy.url.replace(/\/$/, ''), { log: (line) => log.push(line) });
    expect((await fetch(`${reader.url}/en`)).status).toBe(200);
    await proxy.refuse();

    const response = await fetch(reader.url + path);

    const text = await response.text();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(text).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(text).toContain(words);
    expect(log.join()).toContain(`GET ${path}`);
    await reader.close();
    await proxy.close();
  });
});

describe('hostile text', () => {
  const MARKUP = `<script>alert("1")</script><img src=x onerror='alert(2)'>"'&`;
  let desk: Desk;
  let reader: Awaited<ReturnType<typeof startReader>>;

  beforeAll(async () => {
    desk = await openDesk();
    await desk.write(
      { type: 'tag', edition: 'en', slug: 'sharp', name: MARKUP },
      { type: 'author', edition: 'en', slug: 'mallory', name: MARKUP, role: MARKUP, bio: MARKUP },
      story('hostile', {
        headline: MARKUP,
        kicker: MARKUP,
        standfirst: MARKUP,
        byline: MARKUP,
        tags: ['sharp'],
        authors: ['mallory'],
        sources: [{ name: MARKUP, kind: 'AGENCY' }],
        lead: {
          url: 'https://pictures.example/a.png',
          width: 16,
          height: 9,
          alt: MARKUP,
          caption: MARKUP,
          credit: MARKUP,
        },
        html: `<p>Plain <script>alert(3)</script> words.</p>`,
      }),
    );
    const gatewayUrl = await desk.app.server.listen({ port: 0, host: '127.0.0.1' });
    reader = await startReader(gatewayUrl);
  });
  afterAll(async () => {
    await reader?.close();
    await desk?.close();
  });

  it.each([
    '/en',
    '/en/news/politics/hostile',
    '/en/news/politics',
    '/en/tags/sharp',
    '/en/authors/mallory',
    '/en/search?q=alert',
  ])('is shown as text on %s', async (path) => {
    const response = await fetch(reader.url + path);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toContain('&lt;img src=x onerror=');
    expect(text).not.toContain('<img src=x');
    expect(text).not.toContain('<script>alert');
  });

  it('ends no block of data for search engines', async () => {
    const text = await (await fetch(`${reader.url}/en/news/politics/hostile`)).text();
    const [, block = ''] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(text) ?? [];
    expect(JSON.parse(block)).toMatchObject({ '@type': 'NewsArticle', headline: MARKUP });
  });
});
