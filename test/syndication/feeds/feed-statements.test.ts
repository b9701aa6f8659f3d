import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEED_FORMATS } from '../../../src/syndication/feeds/feed-request.ts';
import { createStatementCount } from '../../journeys/count-statements.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const statements = createStatementCount();

let app: TestApp;
beforeAll(async () => {
  // Out of nothing kept.
  app = await createTestApp({ observe: statements.observe, variables: { ENTITY_TIER_MEGABYTES: '0' } });
});
afterAll(() => app.close());

const ask = async (url: string): Promise<number> => {
  const sent = await statements.during(async () => {
    const response = await app.server.inject({ url });
    expect([response.statusCode, response.headers['cache-status']]).toEqual([200, 'masthead; fwd=miss; stored']);
  });
  return sent.length;
};

/** Sections, list, bodies, authors, tags, what links in texts lead to, and what was taken back. */
const MOST_STATEMENTS = 7;

describe('the statements a feed takes', () => {
  it.each(FEED_FORMATS)('are as many for two stories as for all, in %s', async (format) => {
    const long = await ask(`/feeds/en.${format}?first=100`);
    const short = await ask(`/feeds/en.${format}?first=2`);
    expect(short).toBeLessThanOrEqual(long);
    expect(long).toBeLessThanOrEqual(MOST_STATEMENTS);
  });

  it('are no more than one more for a section, a tag or an author', async () => {
    for (const path of ['news/politics', 'tags/bread', 'authors/tobias-wrenfield'])
      expect(await ask(`/feeds/en/${path}.rss`)).toBeLessThanOrEqual(MOST_STATEMENTS + 1);
  });

  it('are a total, a list and its versions for a sitemap', async () => {
    expect(await ask('/sitemaps/en.xml')).toBeLessThanOrEqual(3);
    expect(await ask('/sitemaps/en-news.xml')).toBe(1);
  });
});
