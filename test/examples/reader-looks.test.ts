import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kickerOf } from '../../docs/examples/reader/templates/kicker.ts';
import { resultsTitle } from '../../docs/examples/reader/templates/search-page.ts';
import { wordingOf } from '../../docs/examples/reader/wording/wording.ts';
import { openDesk, story, storyId, type Desk } from '../journeys/desk.ts';
import { askGateway, startReader } from './run-reader.ts';

const PICTURE = { url: 'https://pictures.example/a.png', width: 16, height: 9, alt: 'A map' };

const EDITIONS = ['en', 'ar', 'es'] as const;

let desk: Desk;
let gatewayUrl: string;
let reader: Awaited<ReturnType<typeof startReader>>;

beforeAll(async () => {
  desk = await openDesk();
  await desk.write(
    { type: 'section', edition: 'en', path: 'articles', name: 'Articles' },
    { type: 'section', edition: 'en', path: 'articles/opinion', name: 'Opinion' },
    { type: 'author', edition: 'en', slug: 'ann', name: 'Ann Arden' },
    { type: 'author', edition: 'en', slug: 'bea', name: 'Bea Birch' },
    story('signed', { section: 'articles/opinion', kind: 'OPINION', authors: ['ann', 'bea'] }),
    story('agency', {
      headline: 'Wheat is dear',
      standfirst: 'A standfirst that everybody may read.',
      html: '<p>Barley is cheap.</p><p>Rye is not.</p>',
      sources: [{ name: 'Wire', kind: 'AGENCY' }],
      rights: { syndication: 'EXCERPT', holder: 'Agencies', usageTerms: 'Agency copy.' },
      lead: { ...PICTURE, credit: 'Meridian / Drawing (archive)' },
    }),
    story('drawn', { lead: { type: 'infographic', image: PICTURE } }),
  );
  for (const edition of EDITIONS) {
    await desk.write(story('shared', { edition }));
    await desk.app.database.query('INSERT INTO engagement_totals (article_id, views, shares) VALUES ($1, 9999, 1234)', [
      storyId('shared', edition),
    ]);
  }
  gatewayUrl = await desk.app.server.listen({ port: 0, host: '127.0.0.1' });
  reader = await startReader(gatewayUrl);
});
afterAll(async () => {
  await reader?.close();
  await desk?.close();
});

const read = async (path: string): Promise<string> => {
  const text = await (await fetch(reader.url + path)).text();
  return text.replaceAll(/\s+/g, ' ');
};

describe('a page', () => {
  it('says of agency copy whose it is, and that only its beginning may be shown', async () => {
    const text = await read('/en/news/politics/agency');
    expect(text).toContain('This article comes from a news agency or a partner, and only its beginning may be shown.');
    expect(text).toContain('© <bdi>Agencies</bdi>.</span> <span dir="auto">Agency copy.</span>');
    expect(text).toContain('(<bdi>Meridian / Drawing · archive</bdi>)');
    expect(text).toContain('<meta property="og:locale" content="en_GB" />');
  });

  it('shows the standfirst of what was found in a text that is withheld', async () => {
    expect(await read('/en/search?q=wheat')).toContain('A standfirst that everybody may read.');
  });

  it('names everybody who signed, and shows drawings whole', async () => {
    const front = await read('/en');
    expect(front).toContain('<span>Ann Arden and Bea Birch</span>');
    expect(front.match(/class="card-picture is-drawn"/g)).not.toBeNull();
  });
});

describe('shares', () => {
  it.each(EDITIONS)('of a thousand and more are written as the %s edition does', async (edition) => {
    const { edition: told } = await askGateway(
      gatewayUrl,
      `{ edition(code: ${edition.toUpperCase()}) { article(slug: "shared") { engagement { shares sharesText } } } }`,
    );
    const { shares, sharesText } = told.article.engagement;
    expect(shares).toBe(1234);
    expect(sharesText).not.toContain('1234');
    const text = await read(`/${edition}/news/politics/shared`);
    // The page begins with a capital letter, the gateway, whose words may stand within a sentence, does not.
    expect(text.toLowerCase()).toContain(`<span class="shares">${sharesText.toLowerCase()}</span>`);
  });
});

describe('kickerOf', () => {
  const article = { kicker: 'EN VIVO', headline: 'EN VIVO | Los granos', section: { name: 'Política' } };

  it('leaves out what the headline or the section says', () => {
    expect(kickerOf(article)).toBeNull();
    expect(kickerOf({ ...article, headline: 'Los granos' })).toBe('EN VIVO');
    expect(kickerOf({ ...article, headline: 'En vivos colores' })).toBe('EN VIVO');
    expect(kickerOf({ ...article, kicker: 'política' })).toBeNull();
    expect(kickerOf({ ...article, kicker: null })).toBeNull();
    expect(kickerOf({ kicker: 'مباشر', headline: 'مباشر: الثلج', section: null })).toBeNull();
  });
});

describe('resultsTitle', () => {
  it('puts marks around what was asked that has none', () => {
    const titleOf = (language: string, query: string) => resultsTitle({ wording: wordingOf(language) }, query);
    expect(titleOf('en', 'grain')).toBe('Results for “grain”');
    expect(titleOf('en', '"grain deal" -wheat')).toBe('Results for "grain deal" -wheat');
    expect(titleOf('es', '«granos»')).toBe('Resultados para «granos»');
    expect(titleOf('ar', 'قمح')).toBe('نتائج البحث عن «قمح»');
  });
});
