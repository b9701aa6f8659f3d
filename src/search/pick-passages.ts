import type { PhraseMatch } from './find-matches.ts';

/** Words of a text, by index, that a snippet shows. */
export interface Passage {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

const PASSAGES = 2;
const PASSAGE_WORDS = 30;
/** Words shown before the first that matches. */
const LEAD_WORDS = 6;
/** Matches that are weighed: more of them tell nothing new. */
const WEIGHED_MATCHES = 400;

interface Weighed extends Passage {
  readonly phrases: number;
  readonly matches: number;
}

const weigh = (matches: readonly PhraseMatch[], from: number, words: number): Weighed => {
  const start = Math.max(0, (matches[from]?.first ?? 0) - LEAD_WORDS);
  const last = Math.min(words, start + PASSAGE_WORDS) - 1;
  const first = Math.max(0, Math.min(start, last - PASSAGE_WORDS + 1));
  const within = matches.slice(from, from + PASSAGE_WORDS).filter((match) => match.last <= last);
  return { first, last, phrases: new Set(within.map(({ phrase }) => phrase)).size, matches: within.length };
};

/**
 * The passages of a text of so many words that show its matches best, in the order of the text: those with the most
 * phrases, then the most matches, then the earlier. Without a match: its beginning. Never empty where there is a word.
 */
export const pickPassages = (matches: readonly PhraseMatch[], words: number): readonly Passage[] => {
  if (matches.length === 0) return words === 0 ? [] : [{ first: 0, last: Math.min(words, PASSAGE_WORDS) - 1 }];
  const weighed = matches.slice(0, WEIGHED_MATCHES);
  const ranked = weighed
    .map((_match, from) => weigh(weighed, from, words))
    .toSorted((a, b) => b.phrases - a.phrases || b.matches - a.matches || a.first - b.first);
  const picked: Passage[] = [];
  for (const { first, last } of ranked) {
    if (picked.length === PASSAGES) break;
    if (picked.every((other) => last < other.first || first > other.last)) picked.push({ first, last });
  }
  return picked.toSorted((a, b) => a.first - b.first);
};
