/**
 * The stems of a Spanish word, the likeliest first: after the Snowball algorithm, for words written with or without their
 * accents. Where an ending may be a noun's own or a verb's, there are two.
 *
 * @param word in lower case, without accents.
 * @param accented the same word as it was written: a stressed ending is a verb's.
 */
export const stemSpanish = (word: string, accented = word): readonly string[] => {
  if (word.length < 3) return [word];
  // `públicamente` is of `pública`, whatever that is cut to.
  const bare = stripPronouns(word.replace(/(?<=...a)mente$/, ''), accented);
  const plain = stripDerivation(bare);
  const stems = plain === bare ? stripVerbEnding(bare, accented) : [plain];
  return [...new Set(stems.map(stripEnding))];
};

const isVowel = (letter: string | undefined): boolean => letter !== undefined && 'aeiou'.includes(letter);

const firstIndex = (word: string, from: number, wanted: boolean): number => {
  for (let at = from; at < word.length; at += 1) if (isVowel(word[at]) === wanted) return at;
  return word.length;
};

const afterSyllable = (word: string, from: number): number =>
  Math.min(word.length, firstIndex(word, firstIndex(word, from, true), false) + 1);

/** Where the regions of a word begin in which endings may be cut. */
const regionsOf = (word: string): { readonly r1: number; readonly r2: number; readonly rv: number } => {
  const r1 = afterSyllable(word, 0);
  const r2 = afterSyllable(word, r1);
  if (!isVowel(word[1])) return { r1, r2, rv: Math.min(word.length, firstIndex(word, 2, true) + 1) };
  if (isVowel(word[0])) return { r1, r2, rv: Math.min(word.length, firstIndex(word, 2, false) + 1) };
  return { r1, r2, rv: Math.min(word.length, 3) };
};

const PRONOUNS = /(?<=(?:[ai]endo|ando|[aei]r))(?:selas?|selos?|se|l[aeo]s?|me|nos|te)$/;

/** Words that end as if "us" stood behind an infinitive. */
const NO_PRONOUNS = /^(?:gobi?|invi?|infi|cuad|(?:pos)?mod|in?t|ext|et|ti|cu|mat|pat|frat|(?:sub)?alt)ernos$/;
/** An order with whom or what it is for: the accent tells it from nouns, but for those in -alo. */
const ORDER = /[áéíóú].*[ae](?=(?:l[ao]s?|me|se|te|nos)$)/;
const NO_ORDERS = /^(?:esc[aá]nd|v[aá]nd|p[eé]t|s[aá]nd)alos?$/;

const stripPronouns = (word: string, accented: string): string => {
  const order = NO_ORDERS.test(word) ? null : ORDER.exec(accented);
  if (order) return word.slice(0, order.index + order[0].length);
  if (NO_PRONOUNS.test(word)) return word;
  const found = PRONOUNS.exec(word);
  return found && found.index - 2 >= regionsOf(word).rv ? word.slice(0, found.index) : word;
};

/** Endings of nouns and adjectives made of other words, what must lie before them, and what takes their place. */
const DERIVATIONS: readonly (readonly [ending: RegExp, region: 'r1' | 'r2', instead: string])[] = [
  [/(?:amientos?|imientos?)$/, 'r2', ''],
  [/(?<=...)(?:aciones|acion|adoras?|adores|ador|[ei]doras?|[ei]dores|[ei]dor|antes?)$/, 'r1', ''],
  [/ancias?$/, 'r2', ''],
  [/(?:uciones|ucion)$/, 'r2', 'u'],
  [/logias?$/, 'r2', 'log'],
  [/encias?$/, 'r2', 'ente'],
  [/(?:[ai]tivamente|ivamente|[oi]samente|icamente|adamente)$/, 'r1', ''],
  [/(?:[ai]blemente|antemente|mente)$/, 'r1', ''],
  [/(?:abil|iv|ic)?idad(?:es)?$/, 'r2', ''],
  [/(?:[ai]ti)?v[ao]s?$/, 'r2', ''],
  [/(?:anzas?|ic[ao]s?|ismos?|[ai]bles?|istas?|os[ao]s?)$/, 'r2', ''],
];

const stripDerivation = (word: string): string => {
  const regions = regionsOf(word);
  for (const [ending, region, instead] of DERIVATIONS) {
    const found = ending.exec(word);
    if (found && found.index >= regions[region]) return `${word.slice(0, found.index)}${instead}`;
  }
  return word;
};

const VERB_ENDINGS = new RegExp(
  `(?:${[
    'ariamos|eriamos|iriamos|aremos|eremos|iremos|arian|erian|irian|arias|erias|irias|aria|eria|iria',
    'abamos|iamos|aramos|ieramos|asemos|iesemos|iendo|ando|ieron|aron|eron|ieran|iesen|asen|ieses|ases|iese|ase|iera',
    'aban|abas|aba|ian|ias|ia|adas|ados|ada|ado|idas|idos|ida|ido|aste|iste|asteis|isteis|ar|er|ir',
    'amos|emos|imos|ais|eis|as',
  ].join('|')})$`,
);
const FUTURE = /[aei]r(?:é|á|ás|án|éis)$/;
/** Endings of the past in -yó, -yendo, where the stem ends in u: `construyó`. */
const HARD = /(?<=u)y(?:eron|endo|es|en|e|as|an|amos|ais|a|o)$/;

/** Endings that are a verb's or the word's own: `hablan` and `alemán`, `comes` and `inglés`, `hablara` and
 * `declara`, `comida` and `rápida`. */
const DOUBTFUL: readonly (readonly [ending: RegExp, cuts: readonly number[]])[] = [
  [/ar(?:an|as)$/, [2, 4]],
  [/ara$/, [1, 3]],
  [/[aei]res$/, [2, 4]],
  // Of a verb in -er or -ir where the accent stands, or may have been left out: `vivían`; else `cambian`, `Indonesia`.
  [/(?<![aei]r)ian$/, [3, 2]],
  [/(?<![aei]r)ia$/, [2, 1]],
  [/(?<![aei]r)ias$/, [3, 2]],
  [/(?:(?<!ab|ier|[aei]ri)an|en|es)$/, [2, 0]],
  [/id[ao]$/, [3, 1]],
  [/id[ao]s$/, [4, 2]],
];

const stripVerbEnding = (word: string, accented: string): readonly string[] => {
  const { rv } = regionsOf(word);
  const cut = (length: number): string => word.slice(0, word.length - length);
  const future = FUTURE.exec(accented)?.[0];
  if (future !== undefined && word.length - future.length >= rv) return [cut(future.length)];
  // `comió` is of `comer`, `anunció` of `anunciar`.
  if (accented.endsWith('ió') && word.length - 2 >= rv) return [cut(2), cut(1)];
  const hard = HARD.exec(word);
  if (hard && hard.index >= rv) return [cut(hard[0].length)];
  const found = VERB_ENDINGS.exec(word);
  const [, cuts = [found?.[0].length ?? 0]] = DOUBTFUL.find(([ending]) => ending.test(word)) ?? [];
  const stems = cuts.filter((length) => word.length - length >= rv).map(cut);
  return stems.length === 0 ? [word] : stems;
};

/** Cuts the vowel a word ends in, and writes the sound before it in one way: `busqué` and `buscar`, `luces` and `luz`. */
const stripEnding = (word: string): string => {
  const { rv } = regionsOf(word);
  const found = /(?:os|as|[aeo])$/.exec(word);
  const stem = found && found.index >= rv && found.index > 1 ? word.slice(0, found.index) : word;
  return stem.replace(/gu$/, 'g').replace(/qu$/, 'c').replace(/z$/, 'c');
};
