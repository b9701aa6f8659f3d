import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const TOKEN = 'a-token-of-sixteen-letters';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ variables: { ADMIN_TOKEN: TOKEN } });
});
afterAll(() => app.close());

const get = (url: string, headers: Record<string, string> = {}) => app.server.inject({ url, headers });
const report = (changes: readonly object[]) =>
  app.server.inject({
    method: 'POST',
    url: '/changes',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    payload: { id: crypto.randomUUID(), changes },
  });
const stateOf = async (url: string): Promise<string> =>
  String((await get(url)).headers['cache-status'])
    .split(';')[1]
    ?.trim() ?? '';

describe('a feed', () => {
  it('is kept, and ends with a change of what stands in it, and with no other', async () => {
    expect(await stateOf('/feeds/en.rss')).toBe('fwd=miss');
    expect(await stateOf('/feeds/en.rss')).toBe('hit');
    expect(await stateOf('/feeds/ar.rss')).toBe('fwd=miss');
    expect((await report([{ tags: ['list:en:all'] }])).json()).toMatchObject({ gone: true });
    expect(await stateOf('/feeds/en.rss')).toMatch(/^fwd=/);
    expect(await stateOf('/feeds/ar.rss')).toBe('hit');
  });

  it('gives a story no longer once its takedown is acknowledged', async () => {
    const before = (await get('/feeds/en.rss')).body;
    const [, id = ''] = /<guid isPermaLink="false">urn:masthead:(art_en_\w+)</.exec(before) ?? [];
    expect((await report([{ kind: 'KILL', articleId: id }])).json()).toMatchObject({ gone: true });
    const after = await get('/feeds/en.rss');
    expect(after.statusCode).toBe(200);
    expect(after.body).not.toContain(id);
    expect(before).toContain(id);
  });

  it('is not sent again to whoever has it', async () => {
    const first = await get('/feeds/es.rss');
    const etag = String(first.headers.etag);
    expect(first.headers['content-type']).toBe('application/rss+xml; charset=utf-8');
    expect(first.headers['content-language']).toBe('es');
    expect(first.headers.vary).toContain('Accept-Encoding');
    const again = await get('/feeds/es.rss', { 'if-none-match': etag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const packed = await get('/feeds/es.rss', { 'accept-encoding': 'br' });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(packed.headers.etag).not.toBe(etag);
    const head = await app.server.inject({ method: 'HEAD', url: '/feeds/es.rss' });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
  });
});
