import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../support/shared.ts';
import { checkPage } from './check-page.ts';
import { startDemoGateway, type DemoGateway } from './demo-gateway.ts';

const FOLDER = join(PROJECT_ROOT, 'docs/syndication');
/** Those about feeds and sitemaps. */
const PAGES = ['README.md', 'rss.md', 'atom.md', 'json-feed.md', 'ninjs.md', 'sitemaps.md'];

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemoGateway();
});
afterAll(() => gateway.close());

describe('the guides to feeds and sitemaps', () => {
  it.each(PAGES)('%s: every command prints what it says', { timeout: 60_000 }, async (name) => {
    const page = readFileSync(join(FOLDER, name), 'utf8');
    expect(await checkPage(page, { urlOf: async () => gateway.url })).toEqual([]);
  });

  it('are all named by the first one', () => {
    const first = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    expect(PAGES.filter((name) => name !== 'README.md' && !first.includes(`](${name})`))).toEqual([]);
    expect(readdirSync(FOLDER)).toEqual(expect.arrayContaining(PAGES));
  });
});
