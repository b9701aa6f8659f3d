const VOWELS = 'aeiouy';
const isVowel = (letter: string | undefined): boolean => letter !== undefined && VOWELS.includes(letter);

/** Beginnings after which a suffix may begin at once: else `university` and `universe` would be one word. */
const WHOLE_BEGINNINGS =
  /^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter|author|experi|human|urban|reason|custom|polit|posit|process|sever|unit|relativ)/;

/** Where R1 begins: after the first consonant that follows a vowel. */
const regionAfter = (word: string, from: number): number => {
  for (let at = from + 1; at < word.length; at += 1) if (!isVowel(word[at]) && isVowel(word[at - 1])) return at + 1;
  return word.length;
};

const regionsOf = (word: string): { readonly r1: number; readonly r2: number } => {
  const r1 = WHOLE_BEGINNINGS.exec(word)?.[0].length ?? regionAfter(word, 0);
  return { r1, r2: regionAfter(word, r1) };
};

const endsShortSyllable = (word: string): boolean =>
  /^[aeiouy][^aeiouy]$/.test(word) || /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word) || word === 'past';

const isShort = (word: string, r1: number): boolean => r1 >= word.length && endsShortSyllable(word);

const STEP_2: readonly (readonly [suffix: string, instead: string])[] = [
  ['ization', 'ize'],
  ['isation', 'ise'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['ogist', 'og'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['iser', 'ise'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
];
const STEP_3: readonly (readonly [suffix: string, instead: string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['alise', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];
const STEP_4 = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ise|(?<=[st])ion|al|er|ic)$/;

/** A word without the ending of its plural. */
export const stripPlural = (word: string): string => {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (/(?:us|ss)$/.test(word)) return word;
  return /[aeiouy].+s$/.test(word) ? word.slice(0, -1) : word;
};

const stripPast = (word: string): string => {
  const { r1 } = regionsOf(word);
  const eed = /eed(?:ly)?$/.exec(word);
  if (eed) return eed.index >= r1 ? `${word.slice(0, eed.index)}ee` : word;
  const suffix = /(?:ingly|edly|ing|ed)$/.exec(word);
  const stem = word.slice(0, suffix?.index);
  if (!suffix || !/[aeiouy]/.test(stem)) return word;
  if (/^[^aeiouy]y$/.test(stem) && suffix[0] === 'ing') return `${stem.slice(0, -1)}ie`;
  if (/(?:at|bl|i[zs])$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) return /^[aeo]..$/.test(stem) ? stem : stem.slice(0, -1);
  return isShort(stem, r1) ? `${stem}e` : stem;
};

const replaceIn = (word: string, suffixes: readonly (readonly [string, string])[]): string => {
  const found = suffixes.find(([suffix]) => word.endsWith(suffix));
  if (found === undefined) return word;
  const at = word.length - found[0].length;
  return at >= regionsOf(word).r1 ? `${word.slice(0, at)}${found[1]}` : word;
};

const stripManner = (word: string): string => {
  const { r1 } = regionsOf(word);
  if (word.endsWith('logi') && word.length - 3 >= r1) return word.slice(0, -1);
  return /[cdeghkmnrt]li$/.test(word) && word.length - 2 >= r1 ? word.slice(0, -2) : word;
};

const stripLast = (word: string): string => {
  const found = STEP_4.exec(word);
  return found && found.index >= regionsOf(word).r2 ? word.slice(0, found.index) : word;
};

const stripE = (word: string): string => {
  const { r1, r2 } = regionsOf(word);
  const at = word.length - 1;
  if (word.endsWith('e'))
    return at >= r2 || (at >= r1 && !endsShortSyllable(word.slice(0, -1))) ? word.slice(0, -1) : word;
  return word.endsWith('ll') && at >= r2 ? word.slice(0, -1) : word;
};

/** The stem of an English word in lower case, as Porter's second algorithm cuts it: a key, not always a word. */
export const stemPorter = (word: string): string => {
  if (word.length < 3) return word;
  const past = stripPast(stripPlural(word));
  const ending = /[^aeiouy]y$/.test(past) && past.length > 2 ? `${past.slice(0, -1)}i` : past;
  const second = replaceIn(ending, STEP_2);
  const manner = second === ending ? stripManner(second) : second;
  const third = replaceIn(manner, STEP_3);
  return stripE(stripLast(third));
};
