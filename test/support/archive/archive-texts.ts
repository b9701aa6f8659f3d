import type { BodyBlock } from '../../../src/content/body.ts';
import type { EditionCode } from '../../../src/content/edition.ts';
import { bodyTextOf, countWords } from '../../../src/ingest/body-text.ts';
import { parseBody } from '../../../src/ingest/html/parse-body.ts';
import { createDice, type Dice } from '../dice.ts';
import { archiveWordsOf, PAST_WORD, RARE_WORD } from './archive-words.ts';

/** A text of an article as it is stored. */
export interface ArchiveBody {
  readonly blocks: readonly BodyBlock[];
  readonly text: string;
  readonly words: number;
}

/** What the articles of an edition are put together from. */
export interface ArchiveTexts {
  readonly headlines: readonly string[];
  /** The first one holds the rare word of its edition, those after it up to `TEXTS.ofThePast` the word of the past; no other text does. */
  readonly standfirsts: readonly string[];
  readonly kickers: readonly string[];
  readonly bodies: readonly ArchiveBody[];
}

/** How many different ones of each there are: an article is a choice of one each. */
export const TEXTS = { headlines: 400, standfirsts: 200, ofThePast: 100, kickers: 40, bodies: 150 } as const;
/** Five paragraphs of as many make 260 words and more, a report of a newspaper. */
const PARAGRAPH_WORDS = 52;

/** As newspapers have them: the word of rank r once where the first comes r times. */
const createSpeaker = (edition: EditionCode, dice: Dice) => {
  const words = archiveWordsOf(edition);
  const shares: number[] = [];
  words.reduce((sum, _word, rank) => (shares[rank] = sum + 1 / (rank + 1)), 0);
  const total = shares.at(-1) ?? 0;
  const word = (): string => {
    const at = (dice.below(2 ** 30) / 2 ** 30) * total;
    let [low, high] = [0, words.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((shares[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return words[low] ?? '';
  };
  return (length: number): string => {
    const text = Array.from({ length }, word).join(' ');
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
};

/** The same texts of `edition` every time, bodies of `paragraphs` paragraphs. */
export const writeTexts = (edition: EditionCode, paragraphs: number): ArchiveTexts => {
  const dice = createDice(edition.charCodeAt(0));
  const speak = createSpeaker(edition, dice);
  const paragraph = (): string =>
    `<p>${speak(PARAGRAPH_WORDS - 3)} <a href="https://other.example/${dice.below(1_000)}">${speak(3)}</a>.</p>`;
  const writeBody = (): ArchiveBody => {
    const written = Array.from({ length: paragraphs }, paragraph);
    const html = [...written.slice(0, 3), ...(paragraphs > 3 ? [`<h2>${speak(4)}</h2>`] : []), ...written.slice(3)];
    const blocks = parseBody(html.join('\n'));
    const text = bodyTextOf(blocks);
    return { blocks, text, words: countWords(text) };
  };
  return {
    headlines: Array.from({ length: TEXTS.headlines }, () => speak(9)),
    standfirsts: [
      `${speak(10)} ${RARE_WORD[edition]} ${speak(9)}`,
      ...Array.from({ length: TEXTS.ofThePast - 1 }, () => `${speak(10)} ${PAST_WORD[edition]} ${speak(9)}`),
      ...Array.from({ length: TEXTS.standfirsts - TEXTS.ofThePast }, () => speak(20)),
    ],
    kickers: Array.from({ length: TEXTS.kickers }, () => speak(1)),
    bodies: Array.from({ length: TEXTS.bodies }, writeBody),
  };
};
