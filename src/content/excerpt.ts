import type { BodyBlock, ReadMore } from './body.ts';
import { cutGraphemes } from './graphemes.ts';
import { pairBidi } from './pair-bidi.ts';

/** A block of which words are read; where it leads to is nothing to them. */
export type WordedBlock = Exclude<BodyBlock, ReadMore> | Pick<ReadMore, 'type' | 'label'>;

/** The most characters of a text that is withheld anybody is given. */
export const EXCERPT_LETTERS = 500;

/** The words of `block`, plain. */
export const textOf = (block: WordedBlock): string => {
  switch (block.type) {
    case 'Paragraph':
    case 'Heading':
    case 'HtmlBlock':
      return block.text;
    case 'Quote':
      return block.attribution === null ? block.text : `${block.text} — ${block.attribution}`;
    case 'ListBlock':
      return block.items.map(({ text }) => text).join('\n');
    case 'Figure':
      return block.media?.caption ?? '';
    case 'ReadMore':
      return block.label;
    case 'Embed':
      return block.title ?? '';
  }
};

/**
 * `text` cut between words to at most `limit` characters, an ellipsis at the cut included; inside the first word, between
 * letters with all their marks. Null for nothing.
 */
export const cutText = (text: string, limit: number): string | null => {
  const whole = text.replaceAll(/\s+/g, ' ').trim();
  if (whole === '') return null;
  // By code point: a cut inside a surrogate pair would leave half a character.
  const characters = [...whole];
  if (characters.length <= limit) return whole;
  const head = characters.slice(0, limit - 1).join('');
  const isBetweenWords = characters[limit - 1] === ' ';
  const end = isBetweenWords ? head.length : head.lastIndexOf(' ');
  const kept = end > 0 ? head.slice(0, end) : cutGraphemes(whole, head.length);
  return `${pairBidi(kept).trimEnd()}…`;
};

const isProse = ({ type }: WordedBlock): boolean => type === 'Paragraph' || type === 'Quote' || type === 'ListBlock';

/**
 * Of a body that is withheld: what an excerpt of it is made of, in words, and no more of them than the longest has. Excerpts
 * of it are those of the body, letter by letter.
 */
export const withinExcerpt = (blocks: readonly BodyBlock[]): readonly BodyBlock[] => {
  const prose = blocks.filter(isProse);
  const kept: BodyBlock[] = [];
  // One more, by which a cut shows.
  let left = EXCERPT_LETTERS + 1;
  for (const block of prose.length > 0 ? prose : blocks) {
    if (left <= 0) break;
    // Whether it is one of the words depends on where it leads.
    if (block.type === 'ReadMore') kept.push({ ...block, html: '' });
    else {
      const letters = [...textOf(block).replaceAll(/\s+/g, ' ').trim()];
      const text = letters.slice(0, left).join('');
      kept.push({ type: prose.length > 0 ? 'Paragraph' : 'HtmlBlock', html: '', text });
      left -= letters.length;
    }
  }
  return kept;
};

/** The beginning of a body's prose, plain, at most `limit` characters; of whatever it has where there is no prose. Null for nothing. */
export const excerptOf = (blocks: readonly WordedBlock[], limit: number): string | null => {
  const prose = blocks.filter(isProse);
  return cutText((prose.length > 0 ? prose : blocks).map(textOf).join(' '), limit);
};
