import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPartner } from '../../../src/partners/partner-desk.ts';
import { declarePartners } from '../../../src/partners/declare-partners.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

let app: TestApp;
let key = '';
beforeAll(async () => {
  app = await createTestApp({ clock: createWoundClock(Date.now()) });
  await declarePartners(app.database, app.config);
  const radio = { id: 'radio', name: 'The radio', plan: 'radio', expiresAt: null, addresses: [] };
  key = (await addPartner(app.database, radio)).text;
  await app.start();
});
afterAll(() => app.close());

const get = (url: string) => app.server.inject({ url, headers: { 'x-api-key': key } });
const remainingIn = (header: unknown): number => Number(/r=(\d+)/.exec(JSON.stringify(header))?.[1]);

describe('what a feed costs a partner', () => {
  it('is next to nothing where there is none, and nothing for a cursor that is none', async () => {
    const before = await get('/feeds/en/nowhere.rss?first=100');
    const after = await get('/feeds/en.rss?first=100&after=nonsense');
    expect([before.statusCode, after.statusCode]).toEqual([404, 400]);
    expect([before, after].map(({ headers }) => remainingIn(headers.ratelimit))).toEqual([4_999, 4_999]);
  });

  it('is that of a feed of ten stories for a sitemap, and a tenth of it out of the cache', async () => {
    const standing = async (url: string) => {
      const response = await get(url);
      expect([response.statusCode, response.headers['cache-control']]).toEqual([
        200,
        expect.stringMatching(/^private|no-store/),
      ]);
      return remainingIn(response.headers.ratelimit);
    };
    const before = remainingIn((await get('/feeds/en/nowhere.rss')).headers.ratelimit);
    const made = await standing('/sitemaps/en.xml');
    const kept = await standing('/sitemaps/en.xml');
    const part = await standing('/sitemaps/en-2026.xml');
    expect([before - made, made - kept, kept - part]).toEqual([100, 10, 100]);
    expect((await app.server.inject({ url: '/sitemaps/en.xml' })).headers.ratelimit).toBe(undefined);
    const wrong = await app.server.inject({ url: '/sitemaps/en.xml', headers: { 'x-api-key': 'mh_live_none' } });
    expect(wrong.statusCode).toBe(401);
  });

  it('is by its stories, a tenth of it out of the cache, and refused when nothing is left', async () => {
    const made = remainingIn((await get('/feeds/en.rss?first=50')).headers.ratelimit);
    const kept = remainingIn((await get('/feeds/en.rss?first=50')).headers.ratelimit);
    expect(made - kept).toBe(50);
    // A tenth of each is all that is taken of those who ask for much that is kept at once.
    const together = await Promise.all(Array.from({ length: 20 }, () => get('/feeds/en.rss?first=50')));
    expect(new Set(together.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    let last = await get('/feeds/en.atom?first=100');
    for (let length = 99; length > 80 && last.statusCode === 200; length -= 1)
      last = await get(`/feeds/en.atom?first=${length}`);
    expect(last.statusCode).toBe(429);
    expect(last.headers['retry-after']).toMatch(/^\d+$/);
    expect(last.json()).toMatchObject({ code: 'BUDGET_EXHAUSTED' });
    // Everybody else is none the poorer.
    expect((await app.server.inject({ url: '/feeds/en.rss?first=50' })).statusCode).toBe(200);
  });
});
