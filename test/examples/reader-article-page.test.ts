import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_VARIABLES, readOperation } from '../journeys/operations.ts';
import { EDITIONS, headlines, layoutFor, OWN_WORDS, setUpRoom, toldFrame, type EditionWindow } from './edition-room.ts';
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
import { askGateway, type RunningReader } from './run-reader.ts';

const room = setUpRoom();

describe.each(EDITIONS)('an article of the %s edition is shown', (code) => {
  let running: RunningReader;
  let window: EditionWindow;
  let page: Page;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  let data: any;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  let article: any;

  beforeAll(async () => {
    ({ running } = room());
    window = await room().open();
    ({ page } = window);
    data = await askGateway(running.gatewayUrl, readOperation('article-page'), DEMO_VARIABLES[code]['article-page']);
    article = data.edition.article;
    await visit(page, running.url + article.url.slice(running.gatewayUrl.length));
  });
  afterAll(() => window?.context.close());

  it('between what stands around every page', async () => {
    expect(await readFrame(page)).toEqual(await toldFrame(running.gatewayUrl, code));
    expect(await layoutOf(page)).toEqual(layoutFor(code));
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
      by: [OWN_WORDS[code].by],
      sources: article.sources.map(({ name }: { name: string }) => name),
      caption: [plain(article.lead.caption)],
      credit: [`(${article.lead.credit})`],
      tags: article.tags.map(({ name }: { name: string }) => name),
      corrections: article.corrections.map(({ text }: { text: string }) => plain(text)),
      related: headlines(article.related),
      relatedTitle: [OWN_WORDS[code].related],
      translations: headlines(article.translations),
      readMore: of('ReadMore').map(({ label }) => plain(label)),
      readMoreLabel: of('ReadMore').map(() => OWN_WORDS[code].readMore),
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
    // Their number as each edition writes a long one: reader-looks.test.ts.
    expect((await lookAt(page, '.facts .shares')).map(({ isVisible }) => isVisible)).toEqual([true]);
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
    const address = running.url + article.url.slice(running.gatewayUrl.length);
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
    expect(await overflowOf(page)).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
    expect(window.heard()).toEqual([]);
  });
});
