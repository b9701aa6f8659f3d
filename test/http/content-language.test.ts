import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, story, storyId, type Desk } from '../journeys/desk.ts';
import { graphqlAddress } from './graphql-address.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.write(
    story('grain', { translationGroup: 'grain', tags: [{ slug: 'grain', name: 'Grain' }] }),
    story('grain', { edition: 'ar', translationGroup: 'grain' }),
    story('grain', { edition: 'es', translationGroup: 'grain' }),
    story('letter', { language: 'fa', headline: 'نامه' }),
  );
});
afterAll(() => desk.close());

const get = (query: string, headers: Readonly<Record<string, string>> = {}) =>
  desk.app.server.inject({ url: graphqlAddress({ query }), headers });
const languageOf = async (query: string): Promise<unknown> => (await get(query)).headers['content-language'];

const EVERY_EDITION = 'editions { name language url }';

describe('Content-Language', () => {
  it.each([
    ['{ edition(code: AR) { name navigation { label } } }', 'ar', 'an edition'],
    ['{ x: edition(code: AR) { name } }', 'ar', 'an edition under an alias'],
    ['query Q { ...F } fragment F on Query { edition(code: AR) { name } }', 'ar', 'an edition in a fragment'],
    [
      `{ edition(code: ES) { articles { nodes { headline } } } ${EVERY_EDITION} }`,
      'es',
      'a page with its edition switch',
    ],
    [`{ ${EVERY_EDITION} }`, 'en, ar, es', 'the switch alone: whoever chooses'],
    ['{ b: edition(code: ES) { name } a: edition(code: EN) { name } }', 'en, es', 'two, in display order'],
    [
      '{ edition(code: EN) { article(slug: "grain") { headline translations { headline language edition { name } } } } }',
      'en',
      'an article that names its translations',
    ],
    [
      '{ edition(code: EN) { article(slug: "grain") { translation(edition: AR) { headline } } } }',
      'en, ar',
      'a translation that was chosen',
    ],
    ['{ edition(code: EN) { articles { nodes { headline language } } } }', 'en', 'a list that holds another language'],
    ['{ edition(code: EN) { article(slug: "letter") { headline } } }', 'en, fa', 'an article in a language of its own'],
    [`{ article(id: "${storyId('letter')}") { headline edition { name } } }`, 'fa', 'that article by its id'],
    ['{ articleByUrl(url: "https://news.example/en/news/politics/letter") { headline } }', 'fa', 'and by its address'],
    [`{ node(id: "${storyId('grain', 'ar')}") { id } }`, 'ar', 'a node'],
    [
      `{ nodes(ids: ["${storyId('grain', 'es')}", "${storyId('grain')}"]) { id } }`,
      'en, es',
      'nodes, in display order',
    ],
    ['{ route(url: "https://news.example/ar/news/politics/grain") { status } }', 'ar', 'where an address leads'],
    ['{ route(url: "https://news.example/en/tags/grain") { node { id } } }', 'en', 'where the address of a tag leads'],
    ['{ articleByUrl(url: "https://news.example/ar/nothing") { headline } }', undefined, 'nothing that was found'],
    ['{ __typename }', undefined, 'nobody in particular'],
  ])('of %s is %s: %s', async (query, language, _what) => {
    expect(await languageOf(query)).toBe(language);
    // Made or kept, it says the same.
    expect(await languageOf(query)).toBe(language);
  });

  it('is the same by POST, in every coding, and for HEAD', async () => {
    const query = `{ edition(code: AR) { name } ${EVERY_EDITION} }`;
    for (const coding of ['identity', 'gzip', 'br'])
      expect((await get(query, { 'accept-encoding': coding })).headers['content-language']).toBe('ar');
    const { server } = desk.app;
    const posted = await server.inject({ method: 'POST', url: '/graphql', payload: { query } });
    const head = await server.inject({ method: 'HEAD', url: graphqlAddress({ query }) });
    expect([posted, head].map(({ headers }) => headers['content-language'])).toEqual(['ar', 'ar']);
  });

  it('goes with the bytes: a 304 says nothing of it, the bytes are there already', async () => {
    const query = '{ edition(code: AR) { tagline name } }';
    const { etag } = (await get(query)).headers;
    const unchanged = await get(query, { 'if-none-match': String(etag) });
    expect(unchanged.statusCode).toBe(304);
    expect(unchanged.headers).not.toHaveProperty('content-language');
    expect(unchanged.headers['etag']).toBe(etag);
  });

  it.each([
    '{ edition(code: AR) { name nobody } }',
    '{ edition(code: AR) { name }',
    'query ($c: EditionCode!) { edition(code: $c) { name } }',
  ])('is not said of a refusal, which is for developers: %s', async (query) => {
    const { headers, body } = await get(query);
    expect(JSON.parse(body).errors).toHaveLength(1);
    expect(headers).not.toHaveProperty('content-language');
  });
});
