import type { Instant } from '../clock.ts';
import { counterKey, type Counter } from './counter.ts';
import { wordingOf } from './wording/wording.ts';

/** How a counter is written where it stands. */
export interface CountForm {
  readonly counter: Counter;
  /** Of the edition in whose words it is written; null: as a number. */
  readonly locale: string | null;
}

/** A counter that was written into an answer while it was made. */
export interface CountMark extends CountForm {
  /** Response keys and places in lists, from the root of the data. */
  readonly path: readonly (string | number)[];
  readonly value: number;
  /** When it was read, or before. */
  readonly readAt: Instant;
}

/** Where a counter stands in a body: written again when the body is sent, over what stood there when it was made. */
export interface Hole extends Omit<CountMark, 'path'> {
  /** Of its first byte. */
  readonly at: number;
  readonly length: number;
}

const WORDS = { VIEW: 'views', SHARE: 'shares' } as const;

/** `value` in the words of `locale`; null: there are none. */
export const countText = ({ counter, locale }: CountForm, value: number): string | null =>
  locale === null ? String(value) : wordingOf({ locale, timeZone: 'UTC' }).count(WORDS[counter.kind], value);

/** `value` as JSON. */
export const writeCount = (form: CountForm, value: number): string => {
  const text = countText(form, value);
  return form.locale === null || text === null ? String(text) : JSON.stringify(text);
};

/** The pieces of `body` around `holes`, which stand in its order: one more than there are holes. */
const piecesOf = (body: Buffer, holes: readonly Hole[]): readonly Buffer[] => {
  const starts = [0, ...holes.map(({ at, length }) => at + length)];
  return starts.map((start, index) => body.subarray(start, holes[index]?.at ?? body.length));
};

/** `body` with `texts` in its holes. */
export const fillBody = (body: Buffer, holes: readonly Hole[], texts: readonly string[]): Buffer => {
  let bytes = body.length;
  for (const [index, { length }] of holes.entries()) bytes += Buffer.byteLength(texts[index] ?? '') - length;
  const filled = Buffer.allocUnsafeSlow(bytes);
  let [from, to] = [0, 0];
  // Piece by piece: what lies in Redis is filled at every read.
  for (const [index, { at, length }] of holes.entries()) {
    to += body.copy(filled, to, from, at);
    to += filled.write(texts[index] ?? '', to);
    from = at + length;
  }
  body.copy(filled, to, from);
  return filled;
};

/** A body and the holes in it, if it has any. */
export interface Holed {
  readonly body: Buffer;
  readonly holes?: readonly Hole[];
}

const placeOf = ({ counter, locale }: CountForm): string => `${counterKey(counter)} ${locale}`;

/** Whether two bodies say the same, whatever their counters have come to. */
export const isSameBesidesCounters = (one: Holed, other: Holed): boolean => {
  const [holes, others] = [one.holes ?? [], other.holes ?? []];
  if (holes.length !== others.length) return false;
  if (holes.some((hole, index) => placeOf(hole) !== placeOf(others[index] ?? hole))) return false;
  const pieces = piecesOf(other.body, others);
  return piecesOf(one.body, holes).every((piece, index) => piece.equals(pieces[index] ?? Buffer.alloc(0)));
};
