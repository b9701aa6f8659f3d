import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, story, storyId, type Desk } from './desk.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { runQuery } from '../support/run-query.ts';
import { createWoundClock } from '../support/wound-clock.ts';

describe('language and direction', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  it('are those of each edition', async () => {
    expect(await desk.read('{ editions { code language direction locale numberingSystem } }')).toEqual({
      editions: [
        { code: 'EN', language: 'en', direction: 'LTR', locale: 'en-GB-u-nu-latn', numberingSystem: 'latn' },
        { code: 'AR', language: 'ar', direction: 'RTL', locale: 'ar-JO-u-hc-h23-nu-latn', numberingSystem: 'latn' },
        { code: 'ES', language: 'es', direction: 'LTR', locale: 'es-MX-u-hc-h23-nu-latn', numberingSystem: 'latn' },
      ],
    });
  });

  it.each([
    [undefined, 'en', 'LTR', 'of its edition'],
    ['ar', 'ar', 'RTL', 'Arabic on an English desk'],
    ['he', 'he', 'RTL', 'Hebrew'],
    ['ur', 'ur', 'RTL', 'Urdu'],
    ['fa-IR', 'fa-IR', 'RTL', 'Persian'],
    ['AR-latn', 'ar-Latn', 'LTR', 'Arabic in Latin letters'],
    ['az', 'az', 'LTR', 'Azerbaijani as it is mostly written'],
    ['az-arab', 'az-Arab', 'RTL', 'and as it is written in Tabriz'],
  ])('of an article in %s are %s and %s: %s', async (given, language, direction, _what) => {
    await desk.write(story('spoken', given === undefined ? {} : { language: given }));
    const fields = '{ language direction edition { language direction } }';
    const { article, edition } = await desk.read(
      `query ($id: ID!) { article(id: $id) ${fields} edition(code: EN) { articles { nodes ${fields} } } }`,
      { id: storyId('spoken') },
    );
    const expected = { language, direction, edition: { language: 'en', direction: 'LTR' } };
    expect([article, ...edition.articles.nodes]).toEqual([expected, expected]);
  });

  it('decide how several authors are joined: by the edition, as all around the article', async () => {
    const byline = async (edition: string, names: readonly string[], fields: object = {}) => {
      const authors = names.map((name, index) => ({ slug: `${edition}-${index}`, name }));
      await desk.write(story('signed', { edition, authors, ...fields }));
      const { article } = await desk.read('query ($id: ID!) { article(id: $id) { bylineText } }', {
        id: storyId('signed', edition),
      });
      return article.bylineText;
    };
    expect(await byline('en', ['Rana', 'Karim', 'Salma'])).toBe('Rana, Karim and Salma');
    expect(await byline('en', ['Rana', 'Karim'], { language: 'ar' })).toBe('Rana and Karim');
    expect(await byline('ar', ['رنا', 'كريم'])).toBe('رنا وكريم');
    expect(await byline('es', ['Ana', 'Inés'])).toBe('Ana e Inés');
    expect(await byline('es', ['Ana', 'Inés'], { byline: 'Por la redacción' })).toBe('la redacción');
    expect(await byline('es', [])).toBeNull();
  });

  it('of an article in its own text may be written in the text', async () => {
    await desk.write(story('mixed', { html: '<p>He said <bdi lang="ar" dir="rtl">السلام</bdi>.</p>' }));
    const { article } = await desk.read('query ($id: ID!) { article(id: $id) { bodyHtml bodyText headline } }', {
      id: storyId('mixed'),
    });
    expect(article.bodyHtml).toBe('<p>He said <bdi lang="ar" dir="rtl">السلام</bdi>.</p>');
    expect(article.bodyText).toBe('He said السلام.');
  });
});

describe('text the gateway writes for readers', () => {
  const QUERY = `query ($code: EditionCode!) { edition(code: $code) { articles(first: 100) { nodes {
    id headline byline bylineText authors { name } publishedAt publishedText readingMinutes readingText
    engagement { shares sharesText views viewsText day: sharesText(window: DAY) }
  } } } }`;
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ clock: createWoundClock(Date.UTC(2026, 10, 23, 12)) });
  });
  afterAll(() => app.close());

  interface Shown {
    readonly byline: string | null;
    readonly bylineText: string | null;
    readonly authors: readonly { readonly name: string }[];
    readonly publishedAt: string;
    readonly publishedText: string;
    readonly readingMinutes: number | null;
    readonly readingText: string | null;
    readonly engagement: { readonly shares: number; readonly sharesText: string; readonly viewsText: string };
  }
  const articlesOf = async (code: string): Promise<readonly Shown[]> => {
    const { data, errors } = await runQuery(app, QUERY, { code });
    expect(errors).toEqual([]);
    return data.edition.articles.nodes;
  };

  it.each([
    ['EN', 'minute', 'share'],
    ['AR', 'دق', 'مشارك'],
    ['ES', 'minuto', 'compartido'],
  ])('is in the language and the digits of the %s edition', async (code, minute, share) => {
    const articles = await articlesOf(code);
    expect(articles.length).toBeGreaterThan(30);
    for (const { publishedAt, publishedText, readingMinutes, readingText, engagement } of articles) {
      const [year, , day] = publishedAt.slice(0, 10).split('-').map(Number);
      expect(publishedText).toContain(String(year));
      expect(publishedText).toMatch(new RegExp(`(?<!\\d)${day}(?!\\d)`));
      // One and two have words of their own in Arabic; where there are no minutes, there is no text.
      const number = readingMinutes !== null && readingMinutes > 2 ? String(readingMinutes) : '';
      expect(readingText ?? 'none').toMatch(readingMinutes === null ? /^none$/ : new RegExp(`${number}.*${minute}`));
      expect(engagement.sharesText).toContain(share);
    }
    const text = JSON.stringify(articles);
    expect(text).not.toMatch(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
  });

  it('says who signs: the byline where the desk wrote one, else the author', async () => {
    for (const { byline, bylineText, authors } of [...(await articlesOf('EN')), ...(await articlesOf('AR'))])
      expect(bylineText).toBe(byline ?? authors[0]?.name ?? null);
  });

  it('writes instants as a client does from the edition’s settings', async () => {
    for (const { code, locale, timeZone } of app.config.editions) {
      const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
      for (const { publishedAt, publishedText } of await articlesOf(code))
        expect(publishedText).toBe(format.format(new Date(publishedAt)));
    }
  });
});
