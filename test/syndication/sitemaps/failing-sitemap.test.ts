import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMoodyGateway, type MoodyGateway } from '../../docs/moody-lists.ts';
import { LOADED_AT } from '../../docs/demo-gateway.ts';
import { writeArticles } from '../../support/content-rows.ts';
import { readSitemap } from './read-sitemap.ts';

/** More than stand on one page of a part. */
const COUNT = 150;

let gateway: MoodyGateway;
beforeAll(async () => {
  gateway = await startMoodyGateway();
  const stories = Array.from({ length: COUNT }, (_, index) => ({
    key: `story-${index}`,
    publishedAt: LOADED_AT - 60_000 - index,
  }));
  await writeArticles(gateway.app.database, stories);
});
afterAll(() => gateway.close());
beforeEach(() => gateway.cheerUp());

const ask = (coding = 'identity') =>
  fetch(`${gateway.url}/sitemaps/en-2026.xml`, { headers: { 'accept-encoding': coding } });

describe('a part of a sitemap whose store fails', () => {
  it('is told by its status before anything of it is sent', async () => {
    gateway.mood = 'all fail';
    const response = await ask();
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'application/problem+json']);
    expect(await response.json()).toMatchObject({ code: 'STORE_FAILED' });
  });

  it('breaks off afterwards: what was sent must not be taken for all there is', async () => {
    gateway.mood = 'further pages fail';
    const response = await ask();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(/terminated/);
    expect(gateway.further()).toBe(1);
  });

  it('breaks off too when it is packed, or says why where nothing was sent yet', async () => {
    gateway.mood = 'further pages fail';
    const response = await ask('gzip');
    const told = await response.text().catch((error: unknown) => String(error));
    expect(told).toMatch(response.status === 200 ? /terminated/ : /"code":"STORE_FAILED"/);
  });

  it('is whole when its store is well again', async () => {
    const { urls } = readSitemap(await (await ask()).text());
    expect(urls.length).toBeGreaterThan(COUNT);
  });
});
