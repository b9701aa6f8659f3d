import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium, watch, type Witness } from '../support/chromium.ts';
import { plain } from './read-page.ts';
import { askGateway, runReader, type RunningReader } from './run-reader.ts';

/** In the order of their test titles. */
export const EDITIONS = ['EN', 'AR', 'ES'] as const;

/** The code of an edition of the demo newsroom. */
export type EditionCode = (typeof EDITIONS)[number];

/** Chosen words of the reader's own, as an editor of each edition would write them. */
export const OWN_WORDS = {
  EN: { trending: 'Trending now', mostRead: 'Most read', related: 'Read this', readMore: 'Read more', by: 'By' },
  AR: { trending: 'الأكثر تداولاً', mostRead: 'الأكثر قراءة', related: 'اقرأ أيضاً', readMore: 'اقرأ المزيد', by: 'بقلم' },
  ES: {
    trending: 'Tendencias',
    mostRead: 'Lo más leído',
    related: 'Te puede interesar',
    readMore: 'Lee también',
    by: 'Por',
  },
} as const;

/** An entry of an edition's menu. */
export interface MenuEntry {
  readonly label: string;
  readonly live: boolean;
  readonly section: object | null;
  readonly children: readonly { readonly label: string }[];
}

/** What the graph says of what stands around every page. */
export const FRAME = `query ($code: EditionCode!) {
  editions { name }
  edition(code: $code) {
    name tagline links { label } trending(first: 5) { headline }
    navigation { label live section { id } children { label } }
  }
}`;

/** One field of each, as a browser renders it. */
export const labels = <Name extends string>(
  all: readonly { readonly [_ in Name]: string }[],
  name: Name,
): readonly string[] => all.map((each) => plain(each[name]));

/** As a browser renders them. */
export const headlines = (cards: readonly { readonly headline: string }[]): readonly string[] =>
  labels(cards, 'headline');

/** Which way an edition's pages run, and where the side column lies. */
export const layoutFor = (code: EditionCode) =>
  code === 'AR' ? { direction: 'rtl', side: 'left' } : { direction: 'ltr', side: 'right' };

/** What `readFrame` finds on every page of an edition when it shows what the graph says. */
export const toldFrame = async (gatewayUrl: string, code: EditionCode) => {
  const { editions, edition } = await askGateway(gatewayUrl, FRAME, { code });
  const menu = edition.navigation as readonly MenuEntry[];
  return {
    editions: labels(editions, 'name'),
    edition: [edition.name],
    name: [edition.name],
    menu: labels(menu, 'label'),
    onAir: labels(
      menu.filter(({ live }) => live),
      'label',
    ),
    submenu: labels(menu[0]?.children ?? [], 'label'),
    trendingTitle: [OWN_WORDS[code].trending],
    mostReadTitle: [OWN_WORDS[code].mostRead],
    trending: headlines(edition.trending),
    tagline: [plain(edition.tagline)],
    links: labels(edition.links, 'label'),
    // Five trending, five most read, each with picture, date, section and credit.
    sideCards: [10, 10, 10, 10, 10],
  };
};

/** A browser in front of a reader with the demo newsroom, for the tests of a file. */
export interface EditionRoom {
  readonly running: RunningReader;
  /** A page of a browser window of its own, on a desk. */
  readonly open: () => Promise<EditionWindow>;
}

/** A page, and what it did that a reader does not see. */
export interface EditionWindow {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What it asked of others than the reader and, for pictures, the gateway; and what it complained of. */
  readonly heard: () => readonly string[];
}

/** Opens a room before the tests of the file and closes it after them; to be asked within tests only. */
export const setUpRoom = (): (() => EditionRoom) => {
  let running: RunningReader;
  let browser: Browser;
  beforeAll(async () => {
    [running, browser] = await Promise.all([runReader(), launchChromium()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  const open = async (): Promise<EditionWindow> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
    const witness: Witness = watch(context, running.url);
    return {
      context,
      page: await context.newPage(),
      heard: () => [
        ...witness.strangers.filter((url) => !url.startsWith(`${running.gatewayUrl}/media/`)),
        ...witness.complaints,
        ...witness.failures,
      ],
    };
  };
  return () => ({ running, open });
};
