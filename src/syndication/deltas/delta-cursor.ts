import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import { GatewayError } from '../../errors.ts';

/** Under which a follower was given what it has, and until when: of what came after, that audience says nothing. */
export interface FormerAudience {
  readonly audience: string;
  readonly until: Instant;
}

/** A change of what a follower may see, which is told before the stream goes on as if it had always been so. */
export interface Passage {
  /** Audiences that what the follower has may be of; the last ones that were left behind. */
  readonly former: readonly FormerAudience[];
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
  /** Whom it was given to, who alone may go on from it; null: to somebody without a key, and anybody may. */
  readonly holder: string | null;
  /** Under which all it was given stands. */
  readonly audience: string;
  /** Of the last change that it was told of, or was not to be told of. */
  readonly at: number;
  /** Where the log ended when the follower began with nothing: nothing it has is older. Null: it has passed that. */
  readonly floor: number | null;
  /** When it was given: whoever keeps it and is given another plan had nothing later by this one. */
  readonly givenAt: Instant;
  readonly passage: Passage | null;
}

/** Raised when what is written into cursors changes: older ones are then over, not misread. */
const VERSION = 'd2';
const LONGEST_CURSOR = 2_000;
/** Who is given another plan that often while it reads what the first one changed begins anew. */
export const MAX_FORMER = 4;

const SIGNATURE_BYTES = 16;

const sign = (body: string, key: string): string =>
  createHmac('sha256', key).update(body).digest().subarray(0, SIGNATURE_BYTES).toString('base64url');

/** A cursor: opaque and URL-safe, signed by `key`: whoever could name other audiences in one would be told what they saw. */
export const encodeDeltaCursor = (cursor: DeltaCursor, key: string): string => {
  const { epoch, editions, holder, audience, at, floor, givenAt, passage } = cursor;
  const former = passage?.former.map((one) => [one.audience, one.until]);
  const passed = passage === null ? [] : [former, passage.walked, passage.until];
  const fields = [VERSION, epoch, editions, holder, audience, at, floor, givenAt, ...passed];
  const body = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `${body}.${sign(body, key)}`;
};

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 200;
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value);
const isPlaceOrNull = (value: unknown): value is number | null => value === null || isPlace(value);

const isSigned = (body: string, signature: string, key: string): boolean => {
  const [given, own] = [signature, sign(body, key)].map((text) => Buffer.from(text));
  return given !== undefined && own !== undefined && given.length === own.length && timingSafeEqual(given, own);
};

const readFields = (text: string, key: string): readonly unknown[] | undefined => {
  const [body = '', signature = '', ...more] = text.length > LONGEST_CURSOR ? [] : text.split('.');
  if (more.length > 0 || !isSigned(body, signature, key)) return undefined;
  const fields: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
  if (!Array.isArray(fields)) return undefined;
  // Signed by us: whoever follows, webhooks too, begins anew.
  if (fields[0] !== VERSION) throw expired('This cursor is of another release');
  return fields.slice(1);
};

const readFormer = (value: unknown): readonly FormerAudience[] =>
  (Array.isArray(value) ? value : []).flatMap((one: unknown) => {
    const [audience, until] = Array.isArray(one) ? (one as readonly unknown[]) : [];
    return isText(audience) && isPlace(until) ? [{ audience, until }] : [];
  });

const readPassage = ([given, walked, until]: readonly unknown[]): Passage | undefined => {
  const former = readFormer(given);
  return former.length > 0 && former.length <= MAX_FORMER && isPlaceOrNull(walked) && isPlace(until)
    ? { former, walked, until }
    : undefined;
};

const readCursor = (text: string, key: string): DeltaCursor | undefined => {
  const [epoch, editions, holder, audience, at, floor, givenAt, ...passed] = readFields(text, key) ?? [];
  const isOf = isText(epoch) && isTexts(editions) && isTextOrNull(holder) && isText(audience);
  if (!isOf || !isPlace(at) || !isPlaceOrNull(floor) || !isPlace(givenAt)) return undefined;
  const passage = passed.length === 0 ? null : readPassage(passed);
  if (passage === undefined) return undefined;
  return { epoch, editions: editions as readonly EditionCode[], holder, audience, at, floor, givenAt, passage };
};

/** `editions` as cursors have them: in order, each once. */
export const sortEditions = (editions: readonly EditionCode[]): readonly EditionCode[] =>
  [...new Set(editions)].toSorted();

/** Who uses a cursor, and for what. */
export interface CursorUse {
  /** What cursors are signed with. */
  readonly key: string;
  /** In order; empty: every one. */
  readonly editions: readonly EditionCode[];
  /** Who asks; null: somebody without a key. */
  readonly holder: string | null;
}

/**
 * The place that a client's cursor stands for, held by who uses it.
 *
 * @throws {GatewayError} BAD_USER_INPUT when it is not whole, or was given to somebody else or for other editions;
 *   CURSOR_EXPIRED when another release gave it.
 */
export const parseDeltaCursor = (text: string, { key, editions, holder }: CursorUse): DeltaCursor => {
  const cursor = readCursor(text, key);
  if (cursor === undefined)
    throw new GatewayError('BAD_USER_INPUT', 'Malformed cursor: cursors are opaque, pass them on as they came');
  if (cursor.editions.join() !== editions.join())
    throw new GatewayError('BAD_USER_INPUT', 'This cursor belongs to other editions: use it with those it came from');
  if (cursor.holder !== null && cursor.holder !== holder)
    throw new GatewayError('BAD_USER_INPUT', 'This cursor was given to somebody else: begin without one');
  return { ...cursor, holder };
};

/** Before everything that ever happened. */
const BEGINNING = -Number.MAX_SAFE_INTEGER;

/** Where a follower begins that has nothing. */
export const beginDeltas = (
  place: Pick<DeltaCursor, 'epoch' | 'editions' | 'holder' | 'audience' | 'givenAt'> & { floor: number },
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
  const others = (cursor.passage?.former ?? []).filter((one) => one.audience !== cursor.audience);
  const former = [...others, { audience: cursor.audience, until: cursor.givenAt }];
  if (former.length > MAX_FORMER) throw expired('What you may have has changed too often since this cursor was given');
  const until = Math.max(cursor.at, cursor.passage?.until ?? cursor.at);
  return { ...cursor, audience, passage: { former, walked: BEGINNING, until } };
};

/**
 * What tells the changes of one passage from those of all others, of the same audience too: whoever drops what it was told already must
 * be told again what is gone for the second time. The same from the same cursor.
 */
export const passageKeyOf = ({ audience, passage }: DeltaCursor): string | null =>
  passage === null || passage.walked === null
    ? null
    : createHash('sha256')
        .update(JSON.stringify([audience, passage.former.map((one) => [one.audience, one.until])]))
        .digest('hex')
        .slice(0, 8);

/** The error of a cursor that nothing can be told from any more. */
export const expired = (reason: string): GatewayError =>
  new GatewayError('CURSOR_EXPIRED', `${reason}: drop what you have, and begin without a cursor`);
