import { foldAccents, tidyLatin } from '../fold-latin.ts';
import type { WordTerms } from '../word.ts';
import { PLAIN_WORDS } from './doers.ts';
import { IRREGULAR_WORDS } from './irregular-words.ts';
import { stemPorter, stripPlural } from './stem-porter.ts';
import { ENGLISH_STOP_WORDS } from './stop-words.ts';

/** Words that a rule would take for a form of another. */
const WHOLE_WORDS: ReadonlySet<string> = new Set(
  `news series species customs arms physics sometimes always perhaps express during evening morning ceiling wedding
  importer important importance physician magazine business hospital hospitality quite`.split(/\s+/),
);

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/(?<=.{2})iz(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)/, 'is'],
  [/(?<=.{2})yz(?=(?:e|ed|es|er|ers|ing)$)/, 'ys'],
  [/(?<=..)our(?=(?:s|ed|ing|er|ers|al|able|ful|ite|ites|less|hood|hoods|y)?$)/, 'or'],
  [/(?<=^(?:.*met|cent|theat|amphitheat|lit|fib|calib|somb|spect|lust|sab|manoeuv))re(?=[sd]?$)/, 'er'],
  [/(?<=^(?:def|off|lic|pret))enc(?=es?$)/, 'ens'],
  [/(?<=^(?:catal|dial|anal|monol|prol))ogu(?:e(?=s?$)|(?=(?:ed|ing)$))/, 'og'],
  [/(?<=^programm)e(?=s?$)/, ''],
];

const spell = (word: string): string =>
  SPELLINGS.reduce((spelt, [british, shared]) => spelt.replace(british, shared), word).replace(
    /^programm(?=s?$)/,
    'program',
  );

const singular = (word: string): string => stripPlural(word).replace(/(?<=[^aeiou])i$/, 'y');

const stem = (word: string): string => {
  const spelt = spell(word);
  if (WHOLE_WORDS.has(spelt)) return spelt;
  const plain = [spelt, singular(spelt)]
    .map((form) => IRREGULAR_WORDS.get(form) ?? PLAIN_WORDS.get(form))
    .find((found) => found !== undefined);
  return stemPorter(spell(plain ?? spelt));
};

/** How an English word is found: by its stem, whichever side of an ocean spelt it. */
export const analyseEnglishWord = (word: string): WordTerms => {
  const exact = tidyLatin(word.replace(/['’ʼ＇]s?$/i, ''));
  const folded = foldAccents(exact);
  const terms = [stem(folded)];
  return { terms, sought: terms, exact, isStopWord: ENGLISH_STOP_WORDS.has(folded) };
};
