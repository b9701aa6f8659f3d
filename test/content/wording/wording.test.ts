import { describe, expect, it } from 'vitest';
import { PHRASES } from '../../../src/content/wording/phrases.ts';
import { wordingOf } from '../../../src/content/wording/wording.ts';

const of = (locale: string, timeZone = 'Asia/Beirut') => wordingOf({ locale, timeZone });
const [en, ar, es] = [of('en-GB-u-nu-latn'), of('ar-LB-u-nu-latn'), of('es-MX-u-nu-latn', 'America/Mexico_City')];

/** Which kind of blank stands where is left to Unicode. */
const tidy = (text: string | null): string => text?.replaceAll(/[\u00A0\u202F]/g, ' ') ?? '';

describe('count', () => {
  it.each([
    [1, 'دقيقة واحدة'],
    [2, 'دقيقتان'],
    [3, '3 دقائق'],
    [10, '10 دقائق'],
    [11, '11 دقيقة'],
    [99, '99 دقيقة'],
    [100, '100 دقيقة'],
    [101, '101 دقيقة'],
    [103, '103 دقائق'],
  ])('says %d minutes in Arabic by its six forms: %s', (value, text) => {
    expect(ar.count('minutes', value)).toBe(text);
  });

  it.each([
    [0, '0 shares', 'لا مشاركات', 'compartido 0 veces'],
    [1, '1 share', 'مشاركة واحدة', 'compartido 1 vez'],
    [2, '2 shares', 'مشاركتان', 'compartido 2 veces'],
    [7, '7 shares', '7 مشاركات', 'compartido 7 veces'],
    [1_234, '1,234 shares', '1,234 مشاركة', 'compartido 1,234 veces'],
    [2_000_000, '2,000,000 shares', '2,000,000 مشاركة', 'compartido 2,000,000 de veces'],
  ])('says %d shares in all three languages', (value, ...texts) => {
    expect([en, ar, es].map((wording) => wording.count('shares', value)?.replaceAll('.', ','))).toEqual(texts);
  });

  it('says views too', () => {
    expect([1, 2, 5].map((value) => [en, ar, es].map((wording) => wording.count('views', value)))).toEqual([
      ['1 view', 'مشاهدة واحدة', 'visto 1 vez'],
      ['2 views', 'مشاهدتان', 'visto 2 veces'],
      ['5 views', '5 مشاهدات', 'visto 5 veces'],
    ]);
  });

  it('writes the digits of the locale', () => {
    expect(of('ar-EG-u-nu-arab').count('minutes', 15)).toBe('١٥ دقيقة');
    expect(of('en-u-nu-arab').count('shares', 15)).toBe('١٥ shares');
  });

  it('has the words of Unicode for minutes in any other language, and none for the rest', () => {
    expect(tidy(of('fr-u-nu-latn').count('minutes', 5))).toBe('5 minutes');
    expect(tidy(of('fa-IR-u-nu-arabext').count('minutes', 5))).toBe('۵ دقیقه');
    expect(of('fr-u-nu-latn').count('shares', 5)).toBeNull();
  });

  it('has a form, with the number or in its place, for every category its languages know', () => {
    for (const [language, phrases] of Object.entries(PHRASES))
      for (const [counted, phrase] of Object.entries(phrases))
        for (const category of new Intl.PluralRules(language).resolvedOptions().pluralCategories) {
          const form = phrase[category] ?? phrase.other;
          const isAlone = ['zero', 'one', 'two'].includes(category);
          expect([language, counted, category, isAlone || form.includes('#')]).toEqual([
            language,
            counted,
            category,
            true,
          ]);
        }
  });
});

describe('instant', () => {
  const at = Date.parse('2022-10-07T07:31:00Z');
  it('is the day in full and the time, in language, digits and time zone of the edition', () => {
    expect(tidy(en.instant(at))).toBe('7 October 2022 at 10:31');
    expect(tidy(ar.instant(at))).toMatch(/^7 تشرين الأول 2022 .*10:31/);
    expect(tidy(es.instant(at))).toMatch(/^7 de octubre de 2022.* 2:31/);
    expect(of('ar-EG-u-nu-arab').instant(at)).toMatch(/٢٠٢٢/);
  });

  it('holds no control of direction, though some locales write them', () => {
    for (const locale of ['ar', 'ar-EG', 'fa', 'he', 'ur'])
      expect(of(locale).instant(at)).not.toMatch(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
  });
});

describe('names', () => {
  it('are joined as the language joins them', () => {
    expect(en.names(['Rana', 'Karim', 'Salma'])).toBe('Rana, Karim and Salma');
    expect(ar.names(['رنا', 'كريم'])).toBe('رنا وكريم');
    expect(es.names(['Ana', 'Inés'])).toBe('Ana e Inés');
    expect(en.names(['Rana'])).toBe('Rana');
    expect(en.names([])).toBeNull();
  });
});
