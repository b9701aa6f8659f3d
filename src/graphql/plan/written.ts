/** What is known of a value: its JSON, null as itself; or one in which something is still to come. */
export type Written = string | null | Part;

/** An object or a list that waits for something below it. */
export interface Part {
  /** Of an object its text, cut where a value stands by itself; of a list its entries. Undefined: still to come. */
  readonly pieces: Pieces;
  readonly isList: boolean;
}

export type Pieces = (Written | undefined)[];

/** A text in which JSON escapes nothing; letters of two halves are left to whoever looks whether both are there. */
const IS_PLAIN = /^[ !#-[\]-\uD7FF\uE000-\uFFFF]*$/;

/** `text` as JSON: most of a page is texts, and next to none of them has anything to escape. */
export const quote = (text: string): string => (IS_PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

/** What a scalar wrote that JSON has no word for, such as a function. It stands in no other text: JSON escapes it. */
export const NOTHING = '\0';

/** `text` as JSON.stringify would have it: a key of nothing is left out, an entry of nothing is null. */
export const withoutNothing = (text: string): string =>
  text.includes(NOTHING)
    ? text
        .replaceAll(/,"\w+":\0/g, '')
        .replaceAll(/\{"\w+":\0,?/g, '{')
        .replaceAll(NOTHING, 'null')
    : text;

/** `written` as JSON, when all of it has come. */
export const textOf = (written: Written | undefined): string => {
  if (typeof written === 'string') return written;
  if (written === null || written === undefined) return 'null';
  let text = written.isList ? '[' : '';
  let isFirst = true;
  for (const piece of written.pieces) {
    text += written.isList && !isFirst ? `,${textOf(piece)}` : textOf(piece);
    isFirst = false;
  }
  return written.isList ? `${text}]` : text;
};

const isThere = (piece: Written | undefined): boolean => typeof piece === 'string' || piece === null;

/** The text of `part`, where nothing is to come in it: what is finished is a text, and no other holds on to its pieces. */
export const close = (part: Part): Written => (part.pieces.every(isThere) ? textOf(part) : part);
