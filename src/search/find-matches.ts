import type { ParsedQuery, SoughtPhrase, SoughtWord } from './parse-query.ts';
import type { PlacedWord } from './word.ts';

/** Where a phrase of a query stands among the words of a text. */
export interface PhraseMatch {
  readonly phrase: SoughtPhrase;
  /** Index of its first word. */
  readonly first: number;
  /** Index of its last word, inclusive. */
  readonly last: number;
}

const isWord = (word: PlacedWord | undefined, sought: SoughtWord): boolean =>
  word?.terms.some((term) => sought.terms.includes(term)) ?? false;

const matchAt = (words: readonly PlacedWord[], first: number, phrase: SoughtPhrase): PhraseMatch | undefined => {
  if (phrase.words.every((sought, offset) => isWord(words[first + offset], sought)))
    return { phrase, first, last: first + phrase.words.length - 1 };
  if (phrase.whole === undefined || !isWord(words[first], phrase.whole)) return undefined;
  // A whole is found by its first part: the others are marked with it.
  const isParted = phrase.words.slice(1).every((sought, offset) => isWord(words[first + 1 + offset], sought));
  return { phrase, first, last: isParted ? first + phrase.words.length - 1 : first };
};

/** Phrases by what their first word, or the whole of them, is found by: a text of thousands of words asks each of a hundred. */
const indexByTerm = (phrases: readonly SoughtPhrase[]): ReadonlyMap<string, ReadonlySet<SoughtPhrase>> => {
  const byTerm = new Map<string, Set<SoughtPhrase>>();
  for (const phrase of phrases)
    for (const term of [...(phrase.words[0]?.terms ?? []), ...(phrase.whole?.terms ?? [])]) {
      const others = byTerm.get(term);
      if (others === undefined) byTerm.set(term, new Set([phrase]));
      else others.add(phrase);
    }
  return byTerm;
};

/** Every place at which one of `phrases` stands, in the order of the text. */
export const findMatches = (words: readonly PlacedWord[], phrases: readonly SoughtPhrase[]): readonly PhraseMatch[] => {
  const byTerm = indexByTerm(phrases);
  return words.flatMap(({ terms }, index) => {
    const candidates = new Set(terms.flatMap((term) => [...(byTerm.get(term) ?? [])]));
    return [...candidates].flatMap((phrase) => matchAt(words, index, phrase) ?? []);
  });
};

/** Whether a text of these words answers a query: all phrases of one of its choices, none that is excluded. */
export const isAnswer = (words: readonly PlacedWord[], { choices, excluded }: ParsedQuery): boolean => {
  const stands = (phrase: SoughtPhrase): boolean => findMatches(words, [phrase]).length > 0;
  return choices.some((phrases) => phrases.every(stands)) && !excluded.some(stands);
};
