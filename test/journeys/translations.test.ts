import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minutesAgo, openDesk, story, storyId, type Desk } from './desk.ts';

describe('translations', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    const told = (edition: string, fields = {}) => story('told', { edition, translationGroup: 'told', ...fields });
    await desk.write(
      told('en'),
      told('ar'),
      told('es'),
      ...['en', 'ar'].flatMap((edition) => [
        { type: 'tag', edition, slug: 'sea', name: `Sea ${edition}`, translationGroup: 'sea' },
        { type: 'author', edition, slug: 'ann', name: `Ann ${edition}`, translationGroup: 'ann' },
      ]),
      // The group of a tag is not that of an author, a section or an article, even under one name.
      { type: 'tag', edition: 'es', slug: 'told', name: 'Told', translationGroup: 'told' },
      story('alone', { translationGroup: 'alone' }),
      story('in-no-group'),
    );
  });
  afterAll(() => desk.close());

  const translation = async (key: string, edition: string, fallback?: readonly string[]) => {
    const { article } = await desk.read(
      'query ($id: ID!, $edition: EditionCode!, $fallback: [EditionCode!]) { article(id: $id) { translation(edition: $edition, fallback: $fallback) { edition { code } } } }',
      { id: storyId(key), edition, fallback },
    );
    return article.translation?.edition.code ?? null;
  };
  const translations = async (key: string, edition = 'en') => {
    const { article } = await desk.read(
      'query ($id: ID!) { article(id: $id) { translations { id edition { code } } } }',
      { id: storyId(key, edition) },
    );
    return article.translations.map((each: { edition: { code: string } }) => each.edition.code);
  };

  it('leave out the article itself, in the editions’ order', async () => {
    expect(await translations('told', 'en')).toEqual(['AR', 'ES']);
    expect(await translations('told', 'ar')).toEqual(['EN', 'ES']);
    expect(await translations('told', 'es')).toEqual(['EN', 'AR']);
    expect(await translations('alone')).toEqual([]);
    expect(await translations('in-no-group')).toEqual([]);
  });

  it('of sections, tags and authors likewise', async () => {
    const { edition } = await desk.read(`{
      edition(code: EN) {
        section(path: "news") { translations { edition { code } path } }
        tag(slug: "sea") { translations { name } }
        author(slug: "ann") { translations { name } }
        alone: section(path: "world") { translations { path } }
      }
    }`);
    expect(edition).toEqual({
      section: {
        translations: [
          { edition: { code: 'AR' }, path: 'news' },
          { edition: { code: 'ES' }, path: 'news' },
        ],
      },
      tag: { translations: [{ name: 'Sea ar' }] },
      author: { translations: [{ name: 'Ann ar' }] },
      alone: { translations: [] },
    });
  });

  it('one by edition: the edition itself, its own edition, or none', async () => {
    expect(await translation('told', 'AR')).toBe('AR');
    expect(await translation('told', 'AR', ['ES', 'EN'])).toBe('AR');
    expect(await translation('told', 'EN')).toBe('EN');
    expect(await translation('alone', 'ES')).toBeNull();
    expect(await translation('in-no-group', 'ES')).toBeNull();
    expect(await translation('in-no-group', 'ES', [])).toBeNull();
  });

  it('falls back in the order given, its own edition allowed', async () => {
    expect(await translation('alone', 'ES', ['AR', 'EN'])).toBe('EN');
    expect(await translation('in-no-group', 'AR', ['ES', 'EN'])).toBe('EN');
    await desk.write(
      story('two', { translationGroup: 'two' }),
      story('two', { edition: 'es', translationGroup: 'two' }),
    );
    expect(await translation('two', 'AR', ['ES', 'EN'])).toBe('ES');
    expect(await translation('two', 'AR', ['EN', 'ES'])).toBe('EN');
    expect(await translation('two', 'AR')).toBeNull();
  });

  it('only the visible ones: the next is given instead of one withdrawn, pending, expired or not to be passed on', async () => {
    const unseen = [
      { withdrawnAt: minutesAgo(1) },
      { publishedAt: minutesAgo(-60) },
      { rights: { embargoedUntil: minutesAgo(-60) } },
      { rights: { expiresAt: minutesAgo(1) } },
      { rights: { syndication: 'NONE' } },
    ];
    for (const [index, fields] of unseen.entries()) {
      const key = `unseen-${index}`;
      await desk.write(
        story(key, { translationGroup: key }),
        story(key, { edition: 'ar', translationGroup: key, ...fields }),
        story(key, { edition: 'es', translationGroup: key }),
      );
      expect(await translations(key)).toEqual(['ES']);
      expect(await translation(key, 'AR', ['ES'])).toBe('ES');
    }
  });

  it('one that is published ends cached answers without it, and one withdrawn those with it', async () => {
    expect(await translations('alone')).toEqual([]);
    expect(await translation('alone', 'ES')).toBeNull();
    await desk.write(story('alone', { edition: 'es', translationGroup: 'alone' }));
    expect(await translations('alone')).toEqual(['ES']);
    expect(await translation('alone', 'ES')).toBe('ES');
    await desk.write(story('alone', { edition: 'es', translationGroup: 'alone', withdrawnAt: minutesAgo(0) }));
    expect(await translations('alone')).toEqual([]);
    expect(await translation('alone', 'ES')).toBeNull();
  });

  it('one that comes by the clock ends cached answers without it', async () => {
    await desk.write(
      story('timed', { translationGroup: 'timed' }),
      story('timed', { edition: 'ar', translationGroup: 'timed', publishedAt: minutesAgo(-1) }),
    );
    expect(await translations('timed')).toEqual([]);
    desk.clock.wind(60_000);
    expect(await translations('timed')).toEqual(['AR']);
  });
});
