import { describe, expect, it } from 'vitest';
import { directionOf, orderLanguages } from '../../src/content/language.ts';

describe('orderLanguages', () => {
  const editions = [{ language: 'en' }, { language: 'ar' }, { language: 'es' }, { language: 'ar' }];

  it('is the editions’ display order, others behind by their tags, whatever order they come in', () => {
    for (const languages of [
      ['fa', 'es', 'ar', 'az-Arab', 'en', 'ar'],
      ['az-Arab', 'en', 'fa', 'ar', 'es'],
    ])
      expect(orderLanguages(languages, editions)).toEqual(['en', 'ar', 'es', 'az-Arab', 'fa']);
    expect(orderLanguages([], editions)).toEqual([]);
  });
});

describe('directionOf', () => {
  it.each(['ar', 'ar-LB', 'fa', 'ur', 'he', 'yi', 'ps', 'ckb', 'dv', 'ug', 'az-Arab', 'ur-Aran', 'AR', 'ku-Arab-IQ'])(
    'runs %s from right to left',
    (language) => {
      expect(directionOf(language)).toBe('RTL');
    },
  );

  it.each(['en', 'es-419', 'fr', 'tr', 'az', 'ar-Latn', 'ku', 'zh-Hant', 'ru', 'hi', 'und'])(
    'runs %s from left to right',
    (language) => {
      expect(directionOf(language)).toBe('LTR');
    },
  );
});
