import { describe, expect, it } from 'vitest';
import type { SearchLanguage } from '../../../src/search/analyse.ts';
import { parseQuery } from '../../../src/search/parse-query.ts';
import { writeSearchQuery } from '../../../src/stores/postgres/search-query.ts';

const write = (text: string, language: SearchLanguage = 'en') => writeSearchQuery(parseQuery(language, text));

const letters = 'bcdefghjklmnopqrsuvwxyz'.split('');

describe('writeSearchQuery', () => {
  it('asks for nothing by null', () => {
    expect(write('!')).toEqual({ query: null, words: null, exact: null, ranked: null });
  });

  it('says what has its words, wherever they stand, for an index to tell', () => {
    const { query, words } = writeSearchQuery(parseQuery('en', '"police union" -grain re-election OR wheat'), 'head');
    expect(query).toContain('<->');
    expect(words).toBe("((('polic')&('union'))&((('re')&('elect'))|('reelect')))|((('wheat')))");
  });

  it('ranks by the query itself up to twelve words', () => {
    expect(write(letters.slice(0, 12).join(' ')).ranked).toBeNull();
    expect(write('government negotiates grain corridor').ranked).toBeNull();
    expect(write('الحكومة تعلن نتائج الانتخابات في المدينة', 'ar').ranked).toBeNull();
  });

  it.each([
    ['words', letters.join(' ')],
    ['a phrase', `"${letters.join(' ')}"`],
    ['a phrase of few that come again', `"${'b c '.repeat(40)}"`],
    ['choices', letters.slice(0, 20).join(' OR ')],
    ['words bound by hyphens', letters.join('-')],
  ])('ranks by any of its words where there are more: %s', (_, text) => {
    expect(write(text).ranked).toMatch(/^'[a-z]+'(?:\|'[a-z]+')*$/);
  });

  it('ranks by any of the terms where few words have many', () => {
    const { choices } = parseQuery('en', 'word');
    const [word] = choices[0]?.[0]?.words ?? [];
    if (word === undefined) throw new TypeError('No word.');
    const terms = Array.from({ length: 49 }, (_, index) => `term${index}`);
    const { ranked } = writeSearchQuery({ choices: [[{ words: [{ ...word, terms }] }]], excluded: [] });
    expect(ranked?.split('|')).toHaveLength(49);
  });

  it('asks once for what is typed again', () => {
    expect(write('grain '.repeat(30))).toEqual(write('grain'));
    expect(write('grain -wheat -wheat')).toEqual(write('grain -wheat'));
  });
});
