import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { graphqlAddress } from './graphql-address.ts';

const clock = createWoundClock(Date.UTC(2026, 5, 1, 12));
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clock });
});
afterAll(() => app.close());

type Headers = Readonly<Record<string, string>>;

const get = (parameters: Headers, headers: Headers = {}) =>
  app.server.inject({ url: graphqlAddress(parameters), headers });
const post = (payload: object, headers: Headers = {}) =>
  app.server.inject({ method: 'POST', url: '/graphql', headers, payload });

/** A query of its own per test, so that each begins with an empty place in the cache. */
let count = 0;
const newQuery = (rest = ''): string => `{ e${(count += 1)}: edition(code: EN) { name } ${rest} }`;
const LONG = 'list: editions { name tagline url navigation { label url children { label url } } }';

describe('an answer out of the cache', () => {
  it('says what became of the request, and how long the answer lives', async () => {
    const query = newQuery();
    const first = await get({ query });
    expect(first.headers['cache-status']).toBe('masthead; fwd=miss; stored');
    clock.wind(100_000);
    const second = await get({ query });
    expect(second.headers['cache-status']).toBe('masthead; hit; ttl=200');
    expect(second.body).toBe(first.body);
    clock.wind(230_000);
    expect((await get({ query })).headers['cache-status']).toBe('masthead; fwd=stale; stored');
  });

  it('is served for half a minute past its age while it is made anew, and kept by nobody further out', async () => {
    const query = newQuery();
    const { body } = await get({ query });
    clock.wind(310_000);
    const late = await get({ query });
    expect([late.body, late.headers['cache-status'], late.headers['cache-control']]).toEqual([
      body,
      'masthead; hit; ttl=-10; detail=stale',
      'no-store',
    ]);
    expect(late.headers).not.toHaveProperty('etag');
    await expect
      .poll(async () => (await get({ query })).headers['cache-status'], { timeout: 15_000 })
      .toBe('masthead; hit; ttl=300');
  });

  it('may be kept by clients for CLIENT_MAX_AGE_SECONDS, and no longer than it has left', async () => {
    const query = newQuery();
    expect((await get({ query })).headers).toMatchObject({ 'cache-control': 'public, max-age=10', age: '0' });
    clock.wind(296_000);
    expect((await get({ query })).headers).toMatchObject({ 'cache-control': 'public, max-age=4', age: '0' });
  });

  it('lives as long with counters in it as without', async () => {
    const [article] = (await get({ query: '{ edition(code: EN) { articles(first: 1) { nodes { id } } } }' })).json()
      .data.edition.articles.nodes;
    const query = newQuery(`article(id: "${article.id}") { engagement { views } }`);
    await get({ query });
    expect((await get({ query })).headers['cache-status']).toBe('masthead; hit; ttl=300');
  });

  it('says its language, and on what it depends', async () => {
    const { headers } = await get({ query: newQuery('ar: edition(code: AR) { name }') });
    expect(headers['content-language']).toBe('en, ar');
    expect(headers['vary']).toBe('Accept, Accept-Encoding, Authorization, X-Api-Key');
    expect((await get({ query: '{ __typename }' })).headers).not.toHaveProperty('content-language');
  });

  it('is the same sent by GET and by POST', async () => {
    const query = newQuery();
    const posted = await post({ query });
    const got = await get({ query });
    expect(got.headers['cache-status']).toMatch(/; hit;/);
    expect([got.body, got.headers['etag']]).toEqual([posted.body, posted.headers['etag']]);
  });
});

describe('the place of an answer in the cache', () => {
  const VARIED =
    'query A($n: EditionCode! = EN, $f: ArticleFilter) { edition(code: $n) { articles(filter: $f) { totalCount } } }';

  it.each<[string, object, object]>([
    ['blanks and commas', { query: '{ a: editions { code, name } }' }, { query: '{\n\t a : editions {code name},}\n' }],
    ['comments', { query: '{ b: editions { code } }' }, { query: '# why\n{ b: editions { code } } # end' }],
    [
      'a name that need not be given',
      { query: 'query N { editions { code } }' },
      { query: 'query N { editions { code } }', operationName: 'N' },
    ],
    ['a default given or left out', { query: VARIED }, { query: VARIED, variables: { n: 'EN' } }],
    [
      'the order of keys',
      { query: VARIED, variables: { n: 'ES', f: { tagSlugs: ['a'], kinds: ['NEWS'] } } },
      { query: VARIED, variables: { f: { kinds: ['NEWS'], tagSlugs: ['a'] }, n: 'ES' } },
    ],
    [
      'variables nobody declared',
      { query: '{ c: editions { code } }' },
      { query: '{ c: editions { code } }', variables: { x: 1 } },
    ],
  ])('is shared whatever the %s', async (_what, one, other) => {
    const first = await post(one);
    expect(first.headers['cache-status']).toBe('masthead; fwd=miss; stored');
    const second = await post(other);
    expect([second.headers['cache-status'], second.body]).toEqual([expect.stringMatching(/; hit;/), first.body]);
  });

  const TWO = 'query One { editions { code } } query Two { editions { url } }';
  it.each<[string, object, object]>([
    [
      'variables',
      { query: VARIED, variables: { n: 'AR' } },
      { query: VARIED, variables: { n: 'EN', f: { kinds: ['BLOG'] } } },
    ],
    ['operations', { query: TWO, operationName: 'One' }, { query: TWO, operationName: 'Two' }],
    ['aliases', { query: '{ d: editions { name } }' }, { query: '{ d2: editions { name } }' }],
    ['arguments', { query: '{ edition(code: ES) { name } }' }, { query: '{ edition(code: AR) { name } }' }],
    [
      'letters in a string',
      { query: '{ edition(code: EN) { tag(slug: "x y") { id } } }' },
      { query: '{ edition(code: EN) { tag(slug: "x  y") { id } } }' },
    ],
  ])('is not shared by different %s', async (_what, one, other) => {
    await post(one);
    expect((await post(other)).headers['cache-status']).toBe('masthead; fwd=miss; stored');
    expect((await post(one)).headers['cache-status']).toMatch(/; hit;/);
  });

  it('is not shared by the two media types', async () => {
    const query = newQuery();
    const newer = { accept: 'application/graphql-response+json' };
    await get({ query });
    const response = await get({ query }, newer);
    expect(response.headers['cache-status']).toBe('masthead; fwd=miss; stored');
    expect(response.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
    expect((await get({ query })).headers['content-type']).toBe('application/json; charset=utf-8');
  });
});

const CODINGS = {
  identity: (bytes: Buffer) => bytes,
  gzip: gunzipSync,
  br: brotliDecompressSync,
} as const;

describe('ETag', () => {
  it('is a digest of the bytes that go out, in each coding', async () => {
    const query = newQuery(LONG);
    const plain = await get({ query });
    expect(plain.rawPayload.length).toBeGreaterThan(1_024);
    const etags = new Set<unknown>();
    for (const [coding, unpack] of Object.entries(CODINGS)) {
      const { headers, rawPayload } = await get({ query }, { 'accept-encoding': coding });
      expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
      expect(unpack(rawPayload).equals(plain.rawPayload)).toBe(true);
      const digest = createHash('sha256').update(rawPayload).digest('base64url').slice(0, 27);
      expect(headers['etag']).toBe(`"${digest}"`);
      expect((await get({ query }, { 'accept-encoding': coding })).headers['etag']).toBe(headers['etag']);
      etags.add(headers['etag']);
    }
    expect(etags.size).toBe(3);
  });

  it.each([
    ['what is said to be taken', 'gzip;q=0.5, br;q=0', 'gzip'],
    ['the smallest of what is taken alike', 'gzip, deflate, br', 'br'],
    ['no packing nobody knows', 'zstd', undefined],
    ['any packing for a star', '*', 'br'],
  ])('goes with %s', async (_what, accepted, coding) => {
    const query = newQuery(LONG);
    expect((await get({ query }, { 'accept-encoding': accepted })).headers['content-encoding']).toBe(coding);
  });

  it('is not packed when it is short', async () => {
    expect((await get({ query: newQuery() }, { 'accept-encoding': 'br' })).headers).not.toHaveProperty(
      'content-encoding',
    );
  });
});

describe('If-None-Match', () => {
  const ask = async (header: (etag: string) => string, method: 'GET' | 'HEAD' = 'GET') => {
    const url = graphqlAddress({ query: newQuery(LONG) });
    const etag = String((await app.server.inject({ url })).headers['etag']);
    const response = await app.server.inject({ method, url, headers: { 'if-none-match': header(etag) } });
    return { response, etag };
  };

  it.each([
    ['the tag', (etag: string) => etag],
    ['the tag, weak', (etag: string) => `W/${etag}`],
    ['the tag among others', (etag: string) => `"a", W/"b" ,${etag}`],
    ['anything', () => '*'],
  ])('is answered 304 for %s', async (_what, header) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const { response, etag } = await ask(header, method);
      expect(response.statusCode).toBe(304);
      expect(response.body).toBe('');
      expect(response.headers).toMatchObject({
        etag,
        'cache-control': 'public, max-age=10',
        vary: 'Accept, Accept-Encoding, Authorization, X-Api-Key',
        'cache-status': expect.stringMatching(/; hit;/),
      });
      expect(response.headers).not.toHaveProperty('content-encoding');
    }
  });

  it.each([
    ['another tag', () => '"other"'],
    ['a tag that only begins like it', (etag: string) => `${etag.slice(0, -2)}"`],
    ['the tag without its quotes', (etag: string) => etag.slice(1, -1)],
    ['nothing', () => ''],
  ])('is answered in full for %s', async (_what, header) => {
    const { response } = await ask(header);
    expect(response.statusCode).toBe(200);
    expect(response.json().data.list).toHaveLength(3);
  });

  it('is answered in full for the tag of another coding', async () => {
    const url = graphqlAddress({ query: newQuery(LONG) });
    const { headers } = await app.server.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    const inOther = { 'accept-encoding': 'br', 'if-none-match': String(headers['etag']) };
    expect((await app.server.inject({ url, headers: inOther })).statusCode).toBe(200);
  });

  it('is met by an answer made for it too, when the bytes are the same', async () => {
    const url = graphqlAddress({ query: newQuery() });
    const { headers } = await app.server.inject({ url });
    clock.wind(331_000);
    const again = await app.server.inject({ url, headers: { 'if-none-match': String(headers['etag']) } });
    expect([again.statusCode, again.headers['cache-status']]).toEqual([304, 'masthead; fwd=stale; stored']);
  });
});
