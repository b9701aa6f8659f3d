import { describe, expect, it } from 'vitest';
import { finds } from './finds.ts';
import { readBlindPairs, readLaterPairs, readPairs, type Pair } from './read-pairs.ts';

const LANGUAGES = ['en', 'ar', 'es'] as const;

/** The share of `pairs` of which the query finds the text. */
const foundShare = (language: (typeof LANGUAGES)[number], pairs: readonly Pair[]): number =>
  pairs.filter(({ query, text }) => finds(language, query, text)).length / pairs.length;

describe.each(LANGUAGES)('search in %s', (language) => {
  const pairs = readPairs(language);
  const match = pairs.filter(({ verdict }) => verdict === 'match');
  const apart = pairs.filter(({ verdict }) => verdict === 'apart');
  const held = (some: readonly Pair[]) => some.filter(({ part }) => part === 'held');

  it('is judged by pairs enough, half a hundred and more of each kind held out', () => {
    expect(match.length).toBeGreaterThanOrEqual(150);
    expect(apart.length).toBeGreaterThanOrEqual(80);
    expect(match.filter(({ origin }) => origin === 'news').length).toBeGreaterThanOrEqual(100);
    expect(held(match).length).toBeGreaterThanOrEqual(50);
    expect(held(apart).length).toBeGreaterThanOrEqual(50);
    expect(new Set(pairs.map(({ query, text }) => `${query} ${text}`)).size).toBe(pairs.length);
  });

  it('finds the other forms of a word', () => {
    expect(foundShare(language, match)).toBeGreaterThanOrEqual(0.95);
    expect(foundShare(language, held(match))).toBeGreaterThanOrEqual(0.85);
  });

  it('keeps apart the words that only look alike', () => {
    expect(foundShare(language, apart)).toBeLessThanOrEqual(0.03);
    // Fewer, so that one counts for a hundredth.
    expect(foundShare(language, held(apart))).toBeLessThanOrEqual(0.04);
  });

  it('does no worse with the pairs of another hand', () => {
    const blind = readBlindPairs(language);
    const wanted = blind.filter(({ verdict }) => verdict === 'match');
    const unwanted = blind.filter(({ verdict }) => verdict === 'apart');
    expect(wanted.length).toBeGreaterThanOrEqual(80);
    expect(unwanted.length).toBeGreaterThanOrEqual(80);
    expect(foundShare(language, wanted)).toBeGreaterThanOrEqual(0.85);
    expect(foundShare(language, unwanted)).toBeLessThanOrEqual(0.03);
  });

  it('joins few of the look-alikes that nobody thought of when the rules were made', () => {
    const later = readLaterPairs(language);
    const shareOf = (kind: Pair['verdict']) =>
      foundShare(
        language,
        later.filter(({ verdict }) => verdict === kind),
      );
    expect(shareOf('match')).toBeGreaterThanOrEqual(0.85);
    expect(shareOf('apart')).toBeLessThanOrEqual(0.1);
  });
});
