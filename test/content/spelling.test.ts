import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import { parseCacheTag } from '../../src/content/parse-cache-tag.ts';
import { isShortKey, spellingKey } from '../../src/content/spelling.ts';
import { tagOf } from '../../src/content/tags.ts';

const SLUG = 'إعادة-فتح-الميناء';

describe('spellingKey', () => {
  it.each([
    ['decomposed', SLUG.normalize('NFD')],
    ['stretched', 'إعـــادة-فتـح-المينـاء'],
    ['in presentation forms', 'ﺇﻋﺎﺩﺓ-ﻓﺘﺢ-ﺍﻟﻤﻴﻨﺎﺀ'],
    ['with a ligature of two letters', 'إعادة-فتح-ا\uFEDFمينا\uFE80'],
    ['with marks of direction', `\u200F${SLUG}\u200E`],
    ['isolated', `\u2067${SLUG}\u2069`],
    ['embedded', `\u202B${SLUG}\u202C`],
    ['with a byte order mark', `\uFEFF${SLUG}`],
    ['with an Arabic letter mark', `\u061C${SLUG}`],
    ['with joiners', 'إعادة\u200D-\u200Cفتح-الميناء'],
    ['with a soft hyphen', 'إعادة-فتح-الم\u00ADيناء'],
  ])('is one for every spelling: %s', (_, spelling) => {
    expect(spelling).not.toBe(SLUG);
    expect(spellingKey(spelling)).toBe(spellingKey(SLUG));
  });

  it.each([
    ['ﻻ', 'لا', 'lam-alef'],
    ['ﷲ', 'الله', 'a word in one sign'],
    ['پﮋوﻫﺶ', 'پژوهش', 'Persian forms'],
    ['می\u200Cخواهم', 'میخواهم', 'Persian with its joiner and without'],
    ['ｔａｌｋｓ－２０２６', 'talks-2026', 'full-width letters, digits and hyphen'],
    ['ｎｅｗｓ／ｐｏｌｉｔｉｃｓ', 'news／politics', 'but no full-width slash: it is no step of a path'],
    ['a\u2044b', 'a\u2044b', 'nor a fraction slash'],
    ['½', '½', 'nor one inside a fraction'],
    ['ﷺ', 'ﷺ', 'nor a sentence in one sign'],
    ['％２Ｆ', '％2F', 'nor an escape'],
    ['İstanbul', 'İstanbul', 'a dotted capital stays'],
    ['ıstanbul', 'ıstanbul', 'and so does a small one without'],
    ['Talks', 'Talks', 'capitals are letters of their own'],
    ['\u212A', 'K', 'the sign of kelvin is a K to Unicode'],
    ['٢٠٢٦', '٢٠٢٦', 'digits of another script are not these'],
    ['كَتَبَ', 'كَتَبَ', 'vowel signs tell words apart'],
    ['ـ', 'ـ', 'of nothing else it is found as it stands'],
    ['', '', 'nothing'],
  ])('of %j is %j: %s', (text, key) => {
    expect(spellingKey(text)).toBe(key);
  });

  it('is its own key, whatever it is of, and knows no composition', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom('ـ', 'ﻻ', 'ﷺ', '\u200C', '\u0654', 'ا', 'e', '\u0301', '/', 'Ａ', '\u0344', 'ﱠ', 'ﹷ'),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        const key = spellingKey(text);
        expect(spellingKey(key)).toBe(key);
        expect(spellingKey(text.normalize('NFD'))).toBe(key);
        expect(spellingKey(text.normalize('NFC'))).toBe(key);
        // Paths keep their steps, and what is compared stays short enough for an index.
        expect(key.split('/')).toHaveLength(text.split('/').length);
        expect(key.length).toBeLessThanOrEqual(4 * Math.max(1, text.normalize('NFD').length));
      }),
    );
  });
});

describe('isShortKey', () => {
  it('counts what a ligature stands for', () => {
    expect([isShortKey('ك'.repeat(200), 200), isShortKey('𝕋'.repeat(100), 100)]).toEqual([true, true]);
    expect([isShortKey('ﷲ'.repeat(100), 200), isShortKey('ﷲ'.repeat(101), 200)]).toEqual([true, false]);
  });
});

describe('names that rest on a slug', () => {
  const stretched = 'لبنـان';
  const plain = 'لبنان';

  it('are one for every spelling: ids at birth, and tags of the cache', () => {
    for (const idFor of [idOf.section, idOf.tag, idOf.author]) expect(idFor('AR', stretched)).toBe(idFor('AR', plain));
    expect(idOf.tag('AR', plain)).not.toBe(idOf.tag('EN', plain));
    expect(tagOf.slug('AR', 'tag', stretched)).toBe(`slug:ar:tag:${plain}`);
    expect(tagOf.url('AR', `أخبار/${stretched}`)).toBe(`url:ar:أخبار/${plain}`);
  });

  it('are read so from whoever names them by hand', () => {
    for (const written of [stretched, encodeURIComponent(stretched).toLowerCase(), plain.normalize('NFD')]) {
      expect(parseCacheTag(`slug:AR:tag:${written}`)?.tag).toBe(`slug:ar:tag:${plain}`);
      expect(parseCacheTag(`url:ar:/أخبار/${written}/`)?.tag).toBe(`url:ar:أخبار/${plain}`);
    }
  });
});
