import { createHash } from 'node:crypto';
import type { Instant } from '../clock.ts';
import { GatewayError } from '../errors.ts';
import type { EditionCode } from './edition.ts';
import type { Article } from './entities.ts';
import type { ArticleOrder, ListingQuery, Position } from './listing.ts';
import { canonicalListing } from './listing-tags.ts';
import type { Rank, SearchQuery } from './search.ts';

/** Where a match stands in a ranking, and the instant that ranking is of. */
export interface SearchPosition extends Rank {
  readonly rankedAt: Instant;
}

/** Where a tag or an author stands among the names of its edition. */
export interface NamePosition {
  readonly name: string;
  readonly id: string;
}

/** A list that has cursors, without its page; `of` decides what a position in it is. */
export type CursorList =
  | { readonly of: 'articles'; readonly query: ListingQuery }
  | { readonly of: 'search'; readonly query: SearchQuery }
  | { readonly of: 'tags' | 'authors'; readonly edition: EditionCode };

interface Positions {
  readonly articles: Position;
  readonly search: SearchPosition;
  readonly tags: NamePosition;
  readonly authors: NamePosition;
}

/** What a cursor of the list `List` holds. */
export type PositionIn<List extends CursorList> = Positions[List['of']];

type Fields = readonly (string | number)[];

/** Raised when what is written into cursors changes: older ones are then refused, not misread. */
const VERSION = 1;
const DIGEST_LETTERS = 12;
/** A position holds at most a name of 200 letters and an id. */
const LONGEST_CURSOR = 4_000;

/**
 * The place of an article in a listing of that order.
 *
 * @param walk `ArticlePage.walk` of the page it stands on.
 */
export const positionOf = (article: Article, order: ArticleOrder, walk: number): Position => ({
  instant: order === 'UPDATED_DESC' ? article.updatedAt : article.publishedAt,
  id: article.id,
  walk,
});

/** A cursor: opaque, URL-safe, good for `list` in its order and filter alone, on every page of it. */
export const encodeCursor = <List extends CursorList>(list: List, position: PositionIn<List>): string =>
  write(list, fieldsOf(list, position));

/**
 * The position in `list` that a client's cursor stands for.
 *
 * @throws {GatewayError} BAD_USER_INPUT when the cursor is not one of this very list, or not whole.
 */
export const parseCursor = <List extends CursorList>(list: List, cursor: string): PositionIn<List> => {
  const fields = read(cursor);
  const position = fields && positionIn(list, fields);
  if (fields === undefined || position === undefined)
    throw new GatewayError('BAD_USER_INPUT', 'Malformed cursor: cursors are opaque, pass them on as they came');
  // Written again it is the same text, or it was made for another list, or by somebody else.
  if (write(list, fields) !== cursor) {
    const message = 'This cursor belongs to another list: use it with the arguments of the list it came from';
    throw new GatewayError('BAD_USER_INPUT', message);
  }
  return position as PositionIn<List>;
};

const write = (list: CursorList, fields: Fields): string => {
  const digest = createHash('sha256')
    .update(JSON.stringify([VERSION, identityOf(list), fields]))
    .digest('base64url')
    .slice(0, DIGEST_LETTERS);
  return Buffer.from(JSON.stringify([digest, ...fields])).toString('base64url');
};

const read = (cursor: string): Fields | undefined => {
  if (cursor.length > LONGEST_CURSOR) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts.slice(1) : undefined;
  } catch {
    return undefined;
  }
};

/** Everything that makes a list another list, in one form however it was asked for. */
const identityOf = (list: CursorList): readonly unknown[] => {
  switch (list.of) {
    case 'articles':
      return [list.of, ...canonicalListing(list.query)];
    case 'search': {
      const { edition, text, filter } = list.query;
      return [
        list.of,
        text,
        ...canonicalListing({ edition, scope: { of: 'edition' }, filter, order: 'PUBLISHED_DESC' }),
      ];
    }
    case 'tags':
    case 'authors':
      return [list.of, list.edition];
  }
};

const fieldsOf = (list: CursorList, position: Positions[CursorList['of']]): Fields => {
  if ('instant' in position) return [position.instant, position.id, position.walk];
  if ('score' in position) return [position.score, position.id, position.rankedAt];
  if (list.of === 'articles' || list.of === 'search') throw new TypeError(`A position of ${list.of} holds no name`);
  return [position.name, position.id];
};

const positionIn = (list: CursorList, fields: Fields): Positions[CursorList['of']] | undefined => {
  const [first, id, last] = fields;
  if (typeof id !== 'string') return undefined;
  switch (list.of) {
    case 'articles':
      return isInstant(first) && isCount(last) && fields.length === 3 ? { instant: first, id, walk: last } : undefined;
    case 'search':
      return isScore(first) && isInstant(last) && fields.length === 3
        ? { score: first, id, rankedAt: last }
        : undefined;
    case 'tags':
    case 'authors':
      return typeof first === 'string' && fields.length === 2 ? { name: first, id } : undefined;
  }
};

const FIRST_INSTANT: Instant = Date.parse('0001-01-01T00:00:00Z');
const LAST_INSTANT: Instant = Date.parse('9999-12-31T23:59:59.999Z');

const isInstant = (value: unknown): value is Instant =>
  Number.isSafeInteger(value) && (value as number) >= FIRST_INSTANT && (value as number) <= LAST_INSTANT;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isScore = (value: unknown): value is number => Number.isFinite(value);
