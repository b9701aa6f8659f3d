import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium, watch, type Witness } from '../support/chromium.ts';
import { brokenPicturesOf, faultsOf, overflowOf, textsOf, visit } from './read-page.ts';
import { runReader, type RunningReader } from './run-reader.ts';

let running: RunningReader;
let browser: Browser;

beforeAll(async () => {
  [running, browser] = await Promise.all([runReader(), launchChromium()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await running?.close();
});

let context: BrowserContext;
let page: Page;
let witness: Witness;

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  witness = watch(context, running.url);
  page = await context.newPage();
});
afterEach(() => context.close());

/** What the page asked of others than the reader and, for pictures, the gateway; and what it complained of. */
const heard = (): readonly string[] => [
  ...witness.strangers.filter((url) => !url.startsWith(`${running.gatewayUrl}/media/`)),
  ...witness.complaints,
  ...witness.failures,
];

/** In every look a page has and in every edition at least once, and in both colour schemes. */
const PAGES = [
  ['/en/news', 'a section', 'light'],
  [`/ar/${encodeURI('أخبار')}`, 'a section from right to left', 'dark'],
  ['/es/authors/ines-valdearce', 'an author', 'dark'],
  [`/ar/search?q=${encodeURI('الحبوب')}`, 'what was found', 'light'],
  ['/es/authors', 'all authors', 'light'],
  ['/en/about', 'the outlet', 'light'],
  ['/en/videos/watch-a-cable-being-mended', 'a video', 'light'],
  ['/es/en-imagenes/montevideo-la-noche-de-la-final', 'a gallery', 'dark'],
  ['/en/news/politics/grain-corridor-talks-live', 'a live blog', 'dark'],
  ['/ar', 'a front page in the dark', 'dark'],
] as const;

describe('the reader', () => {
  it.each(PAGES)('shows %s, %s, whole, on any screen, for everybody (%s)', async (path, _, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await visit(page, running.url + path);

    expect(await textsOf(page, 'h1')).toHaveLength(1);
    expect(await brokenPicturesOf(page)).toEqual([]);
    expect(await overflowOf(page)).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
    expect(heard()).toEqual([]);
  });

  it('can be used with a keyboard: the first stop skips what stands above the content', async () => {
    await page.goto(`${running.url}/ar`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('انتقل إلى المحتوى');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
  });

  it('finds what is typed into its form', async () => {
    await page.goto(`${running.url}/es`);
    await page.locator('.head input[name=q]').fill('granos');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/es/search?q=granos');
    expect(await textsOf(page, 'h1')).toEqual(['Resultados para «granos»']);
    expect((await textsOf(page, '.list .card-headline')).length).toBeGreaterThan(0);
  });
});
