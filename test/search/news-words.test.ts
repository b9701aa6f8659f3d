import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { splitWords } from '../../src/search/split-words.ts';
import { sharedPath } from '../support/shared.ts';
import { finds } from './finds.ts';
import { readPairs } from './read-pairs.ts';

interface Wikinews {
  readonly lines: readonly { readonly plain: string; readonly diacritised: string }[];
}

interface Ntrex {
  readonly articles: readonly Readonly<
    Record<'en' | 'ar' | 'es', { readonly title: string; readonly paragraphs: readonly string[] }>
  >[];
}

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));

describe('the words of real news', () => {
  it('every word of Arabic Wikinews finds its diacritised form, and is found by it', (test) => {
    const { lines }: Wikinews = JSON.parse(readFileSync(sharedPath(test, 'data/news/wikinews-ar/lines.json'), 'utf8'));
    const pairs = new Map(
      lines.flatMap(({ plain, diacritised }) => {
        const vowelled = wordsOf(diacritised);
        const bare = wordsOf(plain);
        expect(vowelled).toHaveLength(bare.length);
        return bare.map((word, index): [string, string] => [`${word} ${vowelled[index]}`, word]);
      }),
    );
    expect(pairs.size).toBeGreaterThan(7_000);
    const lost = [...pairs].filter(([both, plain]) => {
      const diacritised = both.slice(plain.length + 1);
      return !finds('ar', plain, diacritised) || !finds('ar', diacritised, plain);
    });
    expect(lost).toEqual([]);
  });

  it.for(['en', 'ar', 'es'] as const)('the pairs that are said to be of the news in %s are', (language, test) => {
    const { articles }: Ntrex = JSON.parse(readFileSync(sharedPath(test, 'data/news/ntrex-news.json'), 'utf8'));
    const { lines }: Wikinews = JSON.parse(readFileSync(sharedPath(test, 'data/news/wikinews-ar/lines.json'), 'utf8'));
    const wikinews: Ntrex['articles'][number]['en'][] = JSON.parse(
      readFileSync(sharedPath(test, 'data/news/wikinews-en/articles.json'), 'utf8'),
    ).articles;
    const texts = [
      ...articles.flatMap((article) => [article[language].title, ...article[language].paragraphs]),
      ...(language === 'ar' ? lines.map(({ plain }) => plain) : []),
      ...(language === 'en' ? wikinews.flatMap(({ title, paragraphs }) => [title, ...paragraphs]) : []),
    ];
    const known = new Set(texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{M}]+/u)));
    const strangers = readPairs(language)
      .filter(({ origin }) => origin === 'news')
      .flatMap(({ query, text }) => [query, text])
      .filter((word) => !known.has(word.toLowerCase()));
    expect(strangers).toEqual([]);
    expect(splitWords(texts.join('\n')).length).toBeGreaterThan(20_000);
  });
});
