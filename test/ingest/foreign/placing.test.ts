import { describe, expect, it } from 'vitest';
import { createPlacing, type Draft, type PlacingOptions } from '../../../src/ingest/foreign/placing.ts';
import { createEdition } from '../../content/create-edition.ts';
import { testEditions } from '../../support/import-lines.ts';

const known = [
  { edition: 'EN', path: 'news', name: 'News' },
  { edition: 'EN', path: 'news/arts-culture', name: 'Arts&Culture' },
  { edition: 'AR', path: 'أخبار', name: 'أخبار' },
] as const;
const placingWith = (options: Partial<PlacingOptions> = {}) =>
  createPlacing({
    editions: testEditions,
    edition: undefined,
    section: undefined,
    source: 'agency',
    known,
    ...options,
  });
const [english, arabic] = testEditions as [Draft['edition'], Draft['edition']];

const draft = (fields: Partial<Draft> = {}): Draft => ({
  edition: english,
  id: '1',
  slugWords: 'Talks resume',
  sections: [],
  fields: { headline: 'Talks resume', publishedAt: '2026-11-20T08:00:00Z' },
  ...fields,
});

describe('editionFor', () => {
  it('takes the one edition in the language, wherever that is spoken', () => {
    expect(placingWith().editionFor('ar').code).toBe('AR');
    expect(placingWith().editionFor('es-MX').code).toBe('ES');
  });

  it('takes what was chosen, whatever the language', () => {
    expect(placingWith({ edition: 'ES' }).editionFor('fr').code).toBe('ES');
    expect(placingWith({ edition: 'ES' }).editionFor(undefined).code).toBe('ES');
  });

  it('prefers the exact tag, and asks where several are of one language', () => {
    const editions = [createEdition('EN', { language: 'en-GB' }), createEdition('ES', { language: 'en-US' })];
    expect(placingWith({ editions }).editionFor('en-US').code).toBe('ES');
    expect(() => placingWith({ editions }).editionFor('en')).toThrow(
      'is in "en", which several editions are in: say whose it is with --edition (en, es)',
    );
  });

  it('asks when the language tells nothing', () => {
    expect(() => placingWith().editionFor('sv')).toThrow(
      'is in "sv", and no edition is told by that: say whose it is with --edition (en, ar, es)',
    );
    expect(() => placingWith().editionFor(undefined)).toThrow(
      'names no language, and no edition is told by that: say whose it is with --edition (en, ar, es)',
    );
  });
});

describe('a section in another spelling', () => {
  it('is the one that is there: nothing is made, and its name stays', () => {
    const placing = placingWith({ section: 'أخبــار' });
    expect(placing.place(draft({ edition: arabic }))).toHaveLength(1);
    for (const name of ['أخبــار', 'ﺃﺧﺒﺎﺭ', '\u200fأخبار'])
      expect([name, placing.sectionFor(arabic, [name])]).toEqual([name, 'أخبار']);
  });
});

describe('sectionFor', () => {
  it('finds a section by its name, its slug or its path, however written', () => {
    const { sectionFor } = placingWith();
    for (const name of ['Arts & Culture', 'arts-culture', 'news/arts-culture', 'ARTS&CULTURE'])
      expect(sectionFor(english, [name])).toBe('news/arts-culture');
    expect(sectionFor(arabic, ['x', 'أخبار'])).toBe('أخبار');
    expect(sectionFor(arabic, ['News'])).toBeUndefined();
    expect(sectionFor(english, ['***', ''])).toBeUndefined();
  });

  it('counts the section that will be made from the beginning: the next import finds the same', () => {
    expect(placingWith({ section: 'world/wire' }).sectionFor(english, ['Wire'])).toBe('world/wire');
  });
});

describe('place', () => {
  it('makes the section that was named, and what it stands in, once', () => {
    const placing = placingWith({ section: 'news/from-elsewhere/wire' });
    expect(
      placing.place(draft()).map((document) => ('path' in document ? [document.path, document.name] : document.type)),
    ).toEqual([['news/from-elsewhere', 'From elsewhere'], ['news/from-elsewhere/wire', 'Wire'], 'article']);
    expect(placing.place(draft({ id: '2' }))).toHaveLength(1);
    expect(placing.place(draft({ edition: arabic }))).toHaveLength(4);
  });

  it('stands behind the sections there are', () => {
    const placed = [{ edition: 'EN', path: 'news', name: 'News', position: 7 }] as const;
    const made = (edition: Draft['edition']) =>
      placingWith({ section: 'wire', known: placed }).place(draft({ edition }))[0];
    expect(made(english)).toMatchObject({ path: 'wire', position: 8 });
    expect(made(arabic)).toMatchObject({ path: 'wire', position: 0 });
  });

  it('needs a section', () => {
    expect(() => placingWith().place(draft())).toThrow(
      'nothing of it is a section of edition en: say where such articles go with --section',
    );
    expect(placingWith().place(draft({ sections: ['news'] }))).toMatchObject([{ section: 'news', sections: [] }]);
  });

  it('gives two stories of one headline two slugs, and one story always the same', () => {
    const slugs = ['1', '2', '1'].map((id) => placingWith({ section: 'news' }).place(draft({ id }))[0]);
    expect(slugs[0]).toMatchObject({ slug: expect.stringMatching(/^talks-resume-[0-9a-f]{6}$/) as string });
    expect(slugs[0]).toEqual(slugs[2]);
    expect(slugs[0]).not.toMatchObject({ slug: (slugs[1] as { slug: string }).slug });
  });

  it('names an id that is too long by its digest', () => {
    expect(placingWith({ section: 'news' }).place(draft({ id: 'x'.repeat(1_000_000) }))).toMatchObject([
      { sourceId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string },
    ]);
  });

  it('says everything that is wrong, and refuses what no database holds', () => {
    const fields = { headline: 'x'.repeat(501), publishedAt: 'never' };
    expect(() => placingWith({ section: 'news' }).place(draft({ fields }))).toThrow(
      /^headline: Too big.*; publishedAt: must be/,
    );
    const { publishedAt } = draft().fields;
    expect(() => placingWith({ section: 'news' }).place(draft({ fields: { headline: 'a\0b', publishedAt } }))).toThrow(
      'headline: holds a NUL character',
    );
  });
});
