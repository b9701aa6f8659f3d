import { createHash } from 'node:crypto';
import { GatewayError } from '../errors.ts';
import { parseEditionCode, type EditionCode } from './edition.ts';
import { spellingKey } from './spelling.ts';

/** What an id names, by its prefix. */
export const ID_KINDS = { edn: 'Edition', sec: 'Section', tag: 'Tag', aut: 'Author', art: 'Article' } as const;

export type IdPrefix = keyof typeof ID_KINDS;
export type EntityName = (typeof ID_KINDS)[IdPrefix];

export type EditionId = `edn_${string}`;
export type SectionId = `sec_${string}`;
export type TagId = `tag_${string}`;
export type AuthorId = `aut_${string}`;
export type ArticleId = `art_${string}`;
export type EntityId = EditionId | SectionId | TagId | AuthorId | ArticleId;

export interface ParsedId {
  readonly id: EntityId;
  readonly entity: EntityName;
  /** Undefined for an edition this gateway does not know: the id is well formed and names nothing. */
  readonly edition: EditionCode | undefined;
}

const SHAPE = /^(edn_[a-z]{2,8}|(?:sec|tag|aut|art)_[a-z]{2,8}_[0-9a-hjkmnp-tv-z]{20})$/;

/**
 * What a client's id names.
 *
 * @throws {GatewayError} BAD_USER_INPUT when `text` could not have come from this gateway.
 */
export const parseId = (text: string): ParsedId => {
  if (!SHAPE.test(text))
    throw new GatewayError('BAD_USER_INPUT', 'Malformed id: ids are opaque, pass them on as they came');
  const [prefix, edition] = text.split('_') as [IdPrefix, string];
  return { id: text as EntityId, entity: ID_KINDS[prefix], edition: parseEditionCode(edition) };
};

/** The edition in an id this gateway made. */
export const editionOfId = (id: string): EditionCode => {
  // A page names a hundred ids: what is between the first two marks is read, and the shape looked at when that is nothing.
  const from = id.indexOf('_') + 1;
  const edition = parseEditionCode(id.slice(from, id.indexOf('_', from))) ?? parseId(id).edition;
  if (edition === undefined)
    throw new TypeError(`No edition in ${id}: ids of unknown editions name nothing and are not loaded`);
  return edition;
};

/** Crockford's base 32, lower case: no i, l, o, u. https://www.crockford.com/base32.html */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 100 bits: 10^9 entities collide with a chance of 4 in 10^13. */
const ID_LETTERS = 20;

/**
 * The id of what a store calls `key`: the same id for the same source, for ever, so that an import is idempotent
 * without looking anything up, and a rename changes nothing.
 *
 * @param source the publishing system, e.g. `demo`; part of the id's birth only, never of its text.
 */
const bornId = <Prefix extends Exclude<IdPrefix, 'edn'>>(
  prefix: Prefix,
  edition: EditionCode,
  source: string,
  key: string,
) => {
  const digest = createHash('sha256')
    .update(JSON.stringify([prefix, edition, source, key]))
    .digest();
  let letters = '';
  for (let i = 0; i < ID_LETTERS; i += 1) {
    const bit = i * 5;
    const pair = ((digest[bit >> 3] ?? 0) << 8) | (digest[(bit >> 3) + 1] ?? 0);
    letters += ALPHABET[(pair >> (11 - (bit & 7))) & 31];
  }
  return `${prefix}_${edition.toLowerCase()}_${letters}` as `${Prefix}_${string}`;
};

/** Ids at the birth of what they name. Taxonomy is born by its first path or slug, however spelled, an article by its source's id. */
export const idOf = {
  edition: (code: EditionCode): EditionId => `edn_${code.toLowerCase()}`,
  section: (edition: EditionCode, path: string): SectionId => bornId('sec', edition, '', spellingKey(path)),
  tag: (edition: EditionCode, slug: string): TagId => bornId('tag', edition, '', spellingKey(slug)),
  author: (edition: EditionCode, slug: string): AuthorId => bornId('aut', edition, '', spellingKey(slug)),
  article: (edition: EditionCode, source: string, sourceId: string): ArticleId =>
    bornId('art', edition, source, sourceId),
};
