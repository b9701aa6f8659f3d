import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_VARIABLES, readOperation } from '../journeys/operations.ts';
import {
  EDITIONS,
  FRAME,
  headlines,
  labels,
  layoutFor,
  setUpRoom,
  toldFrame,
  type EditionWindow,
  type MenuEntry,
} from './edition-room.ts';
import { brokenPicturesOf, faultsOf, layoutOf, overflowOf, plain, readFrame, textsOf, visit } from './read-page.ts';
import { askGateway, type RunningReader } from './run-reader.ts';

const room = setUpRoom();

describe.each(EDITIONS)('the front page of the %s edition is shown', (code) => {
  let running: RunningReader;
  let window: EditionWindow;
  let page: Page;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  let front: any;

  beforeAll(async () => {
    ({ running } = room());
    window = await room().open();
    ({ page } = window);
    front = (await askGateway(running.gatewayUrl, readOperation('front-page'), DEMO_VARIABLES[code]['front-page']))
      .edition;
    await visit(page, `${running.url}/${code.toLowerCase()}`);
  });
  afterAll(() => window?.context.close());

  it('between what stands around every page', async () => {
    expect(await readFrame(page)).toEqual(await toldFrame(running.gatewayUrl, code));
    expect(await layoutOf(page)).toEqual(layoutFor(code));
  });

  it('with what is breaking on top, else the newest, and the latest in order', async () => {
    const newest = front.articles.nodes as { headline: string; breaking: boolean; standfirst: string }[];
    const lead = newest.find(({ breaking }) => breaking) ?? newest[0];
    expect(await textsOf(page, '.top-lead .card-headline')).toEqual([plain(lead?.headline)]);
    expect(await textsOf(page, '.top-lead .card-standfirst')).toEqual([plain(lead?.standfirst)]);
    const [second, latest] = [
      await textsOf(page, '.top-second .card-headline'),
      await textsOf(page, '.latest .card-headline'),
    ];
    expect(second.length).toBe(3);
    expect(latest.length).toBe(7);
    const order = headlines(newest);
    for (const shown of [second, latest]) {
      const places = shown.map((headline) => order.indexOf(headline));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    }
  });

  it('with a band per section, each leading to it', async () => {
    const { edition } = await askGateway(running.gatewayUrl, FRAME, { code });
    const titles = await textsOf(page, '.band-title');
    const [news, ...others] = edition.navigation as readonly MenuEntry[];
    const expected = [...(news?.children ?? []), ...others.filter(({ section }) => section !== null)];
    expect(titles).toEqual(labels(expected, 'label'));
    const links = await page
      .locator('.band-title a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    const statuses = await Promise.all(links.map(async (href) => (await fetch(running.url + href)).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('whole, quietly, on any screen, for everybody', async () => {
    expect(await brokenPicturesOf(page)).toEqual([]);
    expect(await overflowOf(page)).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
    expect(window.heard()).toEqual([]);
  });

  it('with links that lead to pages', async () => {
    const links = await page.evaluate<string[]>(
      `[...new Set([...document.querySelectorAll('a')].map((link) => link.href))].filter((href) => href.startsWith(location.origin))`,
    );
    const statuses = await Promise.all(links.map(async (href) => [href, (await fetch(href)).status] as const));
    expect(links.length).toBeGreaterThan(45);
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  });
});
