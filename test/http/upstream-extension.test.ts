import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { graphqlAddress } from './graphql-address.ts';

const ADMIN_TOKEN = 'correct-horse-battery-staple';
const AS_ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` };
const page = (first: number): string => `{ edition(code: EN) { articles(first: ${first}) { nodes { headline } } } }`;

describe('extensions.upstream', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ variables: { ADMIN_TOKEN } });
  });
  afterAll(() => app.close());

  const get = (query: string, headers: Record<string, string> = {}) =>
    app.server.inject({ url: graphqlAddress({ query }), headers });
  const TOLD = { postgres: { calls: expect.any(Number), milliseconds: expect.any(Number) } };

  it('says to an administrator what the request asked of each store', async () => {
    const { body, headers } = await get(page(1), AS_ADMIN);
    const { data, extensions } = JSON.parse(body);
    expect(data.edition.articles.nodes).toHaveLength(1);
    expect(extensions).toEqual({ upstream: TOLD });
    expect(extensions.upstream.postgres.calls).toBeGreaterThanOrEqual(1);
    expect(extensions.upstream.postgres.milliseconds).toBeGreaterThan(0);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'cache-status': 'masthead; fwd=miss' });
    expect(headers).not.toHaveProperty('etag');
  });

  it.each([
    ['nobody', {}],
    ['another token', { authorization: 'Bearer correct-horse' }],
    ['another way', { authorization: `Basic ${ADMIN_TOKEN}` }],
    ['the header of a partner', { 'x-api-key': ADMIN_TOKEN }],
  ])('says nothing to %s', async (_, headers) => {
    // A token that is no administrator's is a partner's key, which opens nothing here.
    for (let asked = 0; asked < 2; asked += 1) {
      const { statusCode, body } = await get(page(2), headers);
      expect(Object.keys(JSON.parse(body))).toEqual([statusCode === 401 ? 'errors' : 'data']);
    }
  });

  it('says nothing where no administrator has a token', async () => {
    const open = await createTestApp();
    const answer = await open.server.inject({
      url: graphqlAddress({ query: page(1) }),
      headers: { authorization: 'Bearer undefined' },
    });
    expect(Object.keys(JSON.parse(answer.body))).toEqual(['errors']);
    await open.close();
  });

  it('is part of nothing that is kept: the next reader has the answer alone, out of the cache', async () => {
    const told = await get(page(3), AS_ADMIN);
    const plain = await get(page(3));
    expect(plain.headers['cache-status']).toMatch(/^masthead; hit;/);
    expect(plain.headers['cache-control']).toMatch(/^public, max-age=/);
    const { data, extensions } = JSON.parse(told.body);
    expect([JSON.parse(plain.body), Object.keys(extensions)]).toEqual([{ data }, ['upstream']]);
    // Twice: the second is one that is known at the door.
    expect((await get(page(3))).body).toBe(plain.body);
  });

  it('is empty for what was kept already', async () => {
    await get(page(4));
    const kept = await get(page(4), AS_ADMIN);
    expect(JSON.parse(kept.body).extensions).toEqual({ upstream: {} });
    expect(kept.headers).toMatchObject({
      'cache-control': 'no-store',
      'cache-status': expect.stringMatching(/^masthead; hit;/),
    });
  });

  it('stands beside errors, and behind what is packed', async () => {
    const query = '{ edition(code: EN) { name articles(first: 0) { nodes { id } } } }';
    const { errors, extensions } = JSON.parse((await get(query, AS_ADMIN)).body);
    expect([errors.length, extensions]).toEqual([1, { upstream: expect.any(Object) }]);
    const packed = await get(page(100), { ...AS_ADMIN, 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(Number(packed.headers['content-length'])).toBe(packed.rawPayload.length);
  });

  it('counts what a mutation does', async () => {
    const { data } = JSON.parse((await get('{ edition(code: EN) { articles(first: 1) { nodes { id } } } }')).body);
    const query = `mutation { recordEngagement(input: { articleId: "${data.edition.articles.nodes[0].id}", kind: SHARE }) { article { engagement { shares } } } }`;
    const answer = await app.server.inject({ method: 'POST', url: '/graphql', headers: AS_ADMIN, payload: { query } });
    expect(JSON.parse(answer.body).extensions).toEqual({ upstream: TOLD });
    expect(answer.headers['cache-control']).toBe('private, no-store');
  });
});
