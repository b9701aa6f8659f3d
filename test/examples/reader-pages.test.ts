import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_VARIABLES, readOperation } from '../journeys/operations.ts';
import { launchChromium, watch, type Witness } from '../support/chromium.ts';
import { askGateway, runReader, type RunningReader } from './run-reader.ts';
import {
  brokenPicturesOf,
  faultsOf,
  layoutOf,
  lookAt,
  outOfOrder,
  overflowOf,
  plain,
  readFrame,
  textsOf,
  visit,
} from './read-page.ts';

const EDITIONS = ['EN', 'AR', 'ES'] as const;

/** Chosen words of the reader's own, as an editor of each edition would write them. */
const OWN_WORDS = {
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

let running: RunningReader;
let browser: Browser;
let pictures: string;

beforeAll(async () => {
  pictures = mkdtempSync(join(tmpdir(), 'masthead-reader-'));
  [running, browser] = await Promise.all([runReader(), launchChromium()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await running?.close();
  rmSync(pictures, { recursive: true, force: true });
});

const pathOf = (url: string): string => url.slice(running.gatewayUrl.length);

interface Card {
  readonly headline: string;
}

interface MenuEntry {
  readonly label: string;
  readonly live: boolean;
  readonly section: object | null;
  readonly children: readonly { readonly label: string }[];
}

const FRAME = `query ($code: EditionCode!) {
  editions { name }
  edition(code: $code) {
    name tagline links { label } trending(first: 5) { headline }
    navigation { label live section { id } children { label } }
  }
}`;

const labels = <Name extends string>(all: readonly { readonly [_ in Name]: string }[], name: Name): readonly string[] =>
  all.map((each) => plain(each[name]));

const headlines = (cards: readonly Card[]): readonly string[] => cards.map(({ headline }) => plain(headline));

describe.each(EDITIONS)('the %s edition', (code) => {
  const words = OWN_WORDS[code];
  let context: BrowserContext;
  let page: Page;
  let witness: Witness;

  beforeAll(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
    witness = watch(context, running.url);
    page = await context.newPage();
  });
  afterAll(() => context?.close());

  /** What the page asked of others than the reader and, for pictures, the gateway; and what it complained of. */
  const heard = (): readonly string[] => [
    ...witness.strangers.filter((url) => !url.startsWith(`${running.gatewayUrl}/media/`)),
    ...witness.complaints,
    ...witness.failures,
  ];

  /** The size of the picture in bytes. */
  const photograph = async (name: string): Promise<number> => {
    const path = join(pictures, `${name}-${code.toLowerCase()}.png`);
    await page.screenshot({ path, clip: { x: 0, y: 0, width: 1280, height: 1600 }, fullPage: true });
    return statSync(path).size;
  };

  /** What the graph says of what stands around every page of the edition. */
  const toldFrame = async () => {
    const { editions, edition } = await askGateway(running.gatewayUrl, FRAME, { code });
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
      trendingTitle: [words.trending],
      mostReadTitle: [words.mostRead],
      trending: headlines(edition.trending),
      tagline: [plain(edition.tagline)],
      links: labels(edition.links, 'label'),
      // Five trending, five most read, each with picture, date, section and credit.
      sideCards: [10, 10, 10, 10, 10],
    };
  };

  const layout = code === 'AR' ? { direction: 'rtl', side: 'left' } : { direction: 'ltr', side: 'right' };

  describe('shows an article', () => {
    // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
    let data: any;
    // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
    let article: any;

    beforeAll(async () => {
      data = await askGateway(running.gatewayUrl, readOperation('article-page'), DEMO_VARIABLES[code]['article-page']);
      article = data.edition.article;
      await visit(page, running.url + pathOf(article.url));
    });

    it('between what stands around every page', async () => {
      expect(await readFrame(page)).toEqual(await toldFrame());
      expect(await layoutOf(page)).toEqual(layout);
    });

    it('with every part of it as the graph has it', async () => {
      const texts = Object.fromEntries(
        await Promise.all(
          Object.entries({
            breadcrumb: '.breadcrumb li',
            kicker: '.article-head .kicker',
            headline: 'h1',
            standfirst: '.article-head .standfirst',
            byline: '.byline .names',
            by: '.byline .by',
            sources: '.source bdi',
            caption: '.lead .caption',
            credit: '.lead .credit',
            tags: '.tags li',
            corrections: '.corrections p > span',
            related: '.related .card-headline',
            relatedTitle: '#related',
            translations: '.translations a',
            readMore: '.read-more a',
            readMoreLabel: '.read-more span',
            quotes: '.quote p',
            headings: '.body > h2',
          }).map(async ([name, selector]) => [name, await textsOf(page, selector)]),
        ),
      );
      const blocks = article.body as { __typename: string; text?: string; label?: string }[];
      const of = (type: string) => blocks.filter(({ __typename }) => __typename === type);
      expect(texts).toEqual({
        breadcrumb: article.breadcrumbs.map(({ label }: { label: string }) => plain(label)),
        kicker: [article.kicker],
        headline: [plain(article.headline)],
        standfirst: [plain(article.standfirst)],
        byline: [article.byline],
        by: [words.by],
        sources: article.sources.map(({ name }: { name: string }) => name),
        caption: [plain(article.lead.caption)],
        credit: [`(${article.lead.credit})`],
        tags: article.tags.map(({ name }: { name: string }) => name),
        corrections: article.corrections.map(({ text }: { text: string }) => plain(text)),
        related: headlines(article.related),
        relatedTitle: [words.related],
        translations: headlines(article.translations),
        readMore: of('ReadMore').map(({ label }) => plain(label)),
        readMoreLabel: of('ReadMore').map(() => words.readMore),
        quotes: of('Quote').map(({ text }) => plain(text)),
        headings: of('Heading').map(({ text }) => plain(text)),
      });
      expect(of('ReadMore').length * of('Quote').length * of('Heading').length).toBeGreaterThan(0);
    });

    it('with every block of its text, in order', async () => {
      const { article: told } = (
        await askGateway(
          running.gatewayUrl,
          'query ($edition: EditionCode!, $slug: String!) { edition(code: $edition) { article(slug: $slug) { bodyText body { __typename ... on Paragraph { text } } } } }',
          DEMO_VARIABLES[code]['article-page'],
        )
      ).edition;
      expect((await lookAt(page, '.body > *')).filter(({ isVisible }) => isVisible).length).toBe(told.body.length);
      const paragraphs = told.body.filter(({ __typename }: { __typename: string }) => __typename === 'Paragraph');
      expect(await textsOf(page, '.body > p:not([class])')).toEqual(
        paragraphs.map(({ text }: { text: string }) => plain(text)),
      );
    });

    it('with its date and its shares in the words and the time zone of the edition', async () => {
      const instant = await page.locator('.published time').getAttribute('datetime');
      expect(instant).toBe(article.publishedAt);
      const [facts = ''] = await textsOf(page, '.facts');
      const clock = /T(\d\d:\d\d)/.exec(article.publishedAt)?.[1] ?? 'no clock';
      expect(facts).toContain(clock);
      expect(article.engagement.shares).toBeGreaterThan(0);
      expect(await textsOf(page, '.facts .shares')).toEqual([
        expect.stringContaining(String(article.engagement.shares)),
      ]);
    });

    it('in the order of the page', async () => {
      expect(
        await outOfOrder(page, [
          '.editions',
          '.head .wordmark',
          '.menu',
          '.submenu',
          '.breadcrumb',
          '.article-head .kicker',
          'h1',
          '.article-head .standfirst',
          '.byline',
          '.source',
          '.published',
          '.shares',
          '.lead img',
          '.lead .caption',
          '.lead .credit',
          '.body',
          '.read-more',
          '.tags',
          '.share',
          '.trending',
          '.most-read',
          '.related',
          '.tagline',
          '.foot-links',
        ]),
      ).toEqual([]);
    });

    it('with a head for search engines and other languages', async () => {
      const address = running.url + pathOf(article.url);
      const heads = await page.evaluate<string[]>(
        `[...document.querySelectorAll('link[hreflang]')].map((link) => link.hreflang).sort()`,
      );
      expect(heads).toEqual(['ar', 'en', 'es', 'x-default']);
      expect(await page.locator('link[rel=canonical]').getAttribute('href')).toBe(address);
      expect(await page.locator('meta[property="og:url"]').getAttribute('content')).toBe(address);
      const blocks = await page.evaluate<{ '@type': string }[]>(
        `[...document.querySelectorAll('script')].map((script) => JSON.parse(script.textContent))`,
      );
      expect(blocks.map((each) => each['@type'])).toEqual(['NewsArticle', 'BreadcrumbList']);
    });

    it('whole, quietly, on any screen, for everybody', async () => {
      expect(await brokenPicturesOf(page)).toEqual([]);
      expect(await photograph('article')).toBeGreaterThan(20_000);
      expect(await overflowOf(page)).toEqual([]);
      expect(await faultsOf(page)).toEqual([]);
      expect(heard()).toEqual([]);
    });
  });

  describe('shows its front page', () => {
    // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
    let front: any;

    beforeAll(async () => {
      front = (await askGateway(running.gatewayUrl, readOperation('front-page'), DEMO_VARIABLES[code]['front-page']))
        .edition;
      await visit(page, `${running.url}/${code.toLowerCase()}`);
    });

    it('between what stands around every page', async () => {
      expect(await readFrame(page)).toEqual(await toldFrame());
      expect(await layoutOf(page)).toEqual(layout);
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
      expect(await photograph('front')).toBeGreaterThan(20_000);
      expect(await overflowOf(page)).toEqual([]);
      expect(await faultsOf(page)).toEqual([]);
      expect(heard()).toEqual([]);
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
});
