import type { EditionCode } from '../../content/edition.ts';
import { GatewayError } from '../../errors.ts';

/** A change of what a follower may see, which is told before the stream goes on as if it had always been so. */
export interface Passage {
  /** Audiences that what the follower has may be of; the last ones that were left behind. */
  readonly former: readonly string[];
  /** The last change that was looked at again; null: all were, up to the place of the cursor. */
  readonly walked: number | null;
  /** Up to here what happened is judged by the former audiences too. */
  readonly until: number;
}

/** How far a follower has come. */
export interface DeltaCursor {
  /** Of the log. */
  readonly epoch: string;
  /** In order; empty: every one. */
  readonly editions: readonly EditionCode[];
  /** Under which all it was given stands. */
  readonly audience: string;
  /** Of the last change that it was told of, or was not to be told of. */
  readonly at: number;
  /** Where the log ended when the follower began with nothing: nothing it has is older. Null: it has passed that. */
  readonly floor: number | null;
  readonly passage: Passage | null;
}

/** Raised when what is written into cursors changes: older ones are then refused, not misread. */
const VERSION = 'd1';
const LONGEST_CURSOR = 2_000;
/** Who is given another plan that often while it reads what the first one changed begins anew. */
export const MAX_FORMER = 4;

/** A cursor: opaque and URL-safe. */
export const encodeDeltaCursor = (cursor: DeltaCursor): string => {
  const { epoch, editions, audience, at, floor, passage } = cursor;
  const passed = passage === null ? [] : [passage.former, passage.walked, passage.until];
  return Buffer.from(JSON.stringify([VERSION, epoch, editions, audience, at, floor, ...passed])).toString('base64url');
};

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 64;
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value);
const isPlaceOrNull = (value: unknown): value is number | null => value === null || isPlace(value);

const readFields = (text: string): readonly unknown[] | undefined => {
  if (text.length > LONGEST_CURSOR) return undefined;
  try {
    const fields: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(fields) && fields[0] === VERSION ? fields.slice(1) : undefined;
  } catch {
    return undefined;
  }
};

const readPassage = ([former, walked, until]: readonly unknown[]): Passage | undefined =>
  isTexts(former) && former.length > 0 && former.length <= MAX_FORMER && isPlaceOrNull(walked) && isPlace(until)
    ? { former, walked, until }
    : undefined;

const readCursor = (text: string): DeltaCursor | undefined => {
  const [epoch, editions, audience, at, floor, ...passed] = readFields(text) ?? [];
  const isWhole = isText(epoch) && isTexts(editions) && isText(audience) && isPlace(at) && isPlaceOrNull(floor);
  if (!isWhole) return undefined;
  const passage = passed.length === 0 ? null : readPassage(passed);
  if (passage === undefined) return undefined;
  const cursor = { epoch, editions: editions as readonly EditionCode[], audience, at, floor, passage };
  // Written again it is the same text, or somebody else made it.
  return encodeDeltaCursor(cursor) === text ? cursor : undefined;
};

/**
 * The place that a client's cursor stands for.
 *
 * @param editions in order; empty: every one.
 * @throws {GatewayError} BAD_USER_INPUT when it is not whole, or was given for other editions.
 */
export const parseDeltaCursor = (text: string, editions: readonly EditionCode[]): DeltaCursor => {
  const cursor = readCursor(text);
  if (cursor === undefined)
    throw new GatewayError('BAD_USER_INPUT', 'Malformed cursor: cursors are opaque, pass them on as they came');
  if (cursor.editions.join() !== editions.join())
    throw new GatewayError('BAD_USER_INPUT', 'This cursor belongs to other editions: use it with those it came from');
  return cursor;
};

/** Before everything that ever happened. */
const BEGINNING = -Number.MAX_SAFE_INTEGER;

/** Where a follower begins that has nothing. */
export const beginDeltas = (
  place: Pick<DeltaCursor, 'epoch' | 'editions' | 'audience'> & { floor: number },
): DeltaCursor => ({
  ...place,
  at: BEGINNING,
  passage: null,
});

/**
 * `cursor` for a follower of `audience`: where it was given under another one, all that was told is to be looked at again.
 *
 * @throws {GatewayError} CURSOR_EXPIRED when that has happened too often meanwhile.
 */
export const passTo = (cursor: DeltaCursor, audience: string): DeltaCursor => {
  if (cursor.audience === audience) return cursor;
  const former = [...new Set([...(cursor.passage?.former ?? []), cursor.audience])];
  if (former.length > MAX_FORMER) throw expired('What you may have has changed too often since this cursor was given');
  const until = Math.max(cursor.at, cursor.passage?.until ?? cursor.at);
  return { ...cursor, audience, passage: { former, walked: BEGINNING, until } };
};

/** The error of a cursor that nothing can be told from any more. */
export const expired = (reason: string): GatewayError =>
  new GatewayError('CURSOR_EXPIRED', `${reason}: drop what you have, and begin without a cursor`);
