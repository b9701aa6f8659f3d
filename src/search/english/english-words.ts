import { foldAccents, tidyLatin } from '../fold-latin.ts';
import type { WordTerms } from '../word.ts';
import { PLAIN_WORDS } from './doers.ts';
import { IRREGULAR_WORDS } from './irregular-words.ts';
import { stemPorter, stripPlural } from './stem-porter.ts';
import { ENGLISH_STOP_WORDS } from './stop-words.ts';

/** Words that a rule would take for a form of another. */
const WHOLE_WORDS: ReadonlySet<string> = new Set(
  `news series species customs arms physics sometimes always perhaps express during evening morning ceiling wedding
  importer important importance physician magazine business hospital hospitality quite animal executive rational designate early family
  negligible memorial irony ironic stranger succession suite transition competent corporal deportment expensive grateful initial objective
  periodical minority majority engineer informal orderly`.split(/\s+/),
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
  const one = [spelt, singular(spelt)].find((form) => WHOLE_WORDS.has(form));
  if (one !== undefined) return one;
  // `angrily`, but not `daily`.
  const adjective = spelt.replace(/(?<=[^aeiou]{2}|[aeiou][^aeiou]+)ily$/, 'y');
  const plain = [spelt, singular(spelt), adjective]
    .map((form) => IRREGULAR_WORDS.get(form) ?? PLAIN_WORDS.get(form))
    .find((found) => found !== undefined);
  const regular = spell(plain ?? adjective);
  return WHOLE_WORDS.has(regular) ? regular : stemPorter(regular);
};

/** How an English word is found: by its stem, whichever side of an ocean spelt it. */
export const analyseEnglishWord = (word: string): WordTerms => {
  const exact = tidyLatin(word.replace(/['’ʼ＇]s?$/i, ''));
  const folded = foldAccents(exact);
  const terms = [stem(folded)];
  return { terms, sought: terms, exact, isStopWord: ENGLISH_STOP_WORDS.has(folded) };
};
