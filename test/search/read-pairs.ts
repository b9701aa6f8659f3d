import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SearchLanguage } from '../../src/search/analyse.ts';

/** A query and a text of a word each. */
export interface Pair {
  readonly verdict: 'match' | 'apart';
  readonly origin: 'news' | 'grammar';
  /** Held: written with the others before the analyser was made, and not looked at while it was tuned. */
  readonly part: 'tuned' | 'held';
  readonly query: string;
  readonly text: string;
}

/** The pairs of a language. */
export const readPairs = (language: SearchLanguage): readonly Pair[] => readList(language);

/** Those by another hand, written before that hand knew the rules or the others. */
export const readBlindPairs = (language: SearchLanguage): readonly Pair[] => readList(`blind-${language}`);

/** More of that hand's, written with the rules known. */
export const readLaterPairs = (language: SearchLanguage): readonly Pair[] => readList(`later-${language}`);

const readList = (name: string): readonly Pair[] =>
  readFileSync(resolve(import.meta.dirname, `pairs/${name}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [verdict, origin, part, query = '', text = ''] = line.split('\t');
      return { verdict, origin, part, query, text } as Pair;
    });
