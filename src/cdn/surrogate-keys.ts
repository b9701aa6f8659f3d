import { createHash } from 'node:crypto';
import { parseEditionCode } from '../content/edition.ts';
import type { CacheTag } from '../content/tags.ts';

/**
 * Bytes of a header's value at most. Varnish counts the whole line against 8,192, name and line end included, and
 * answers 503 past it; other headers of the answer want room in a proxy's first buffer too.
 */
export const HEADER_LIMIT_BYTES = 8_000;

/** The key every answer carries: purging it empties the CDN of everything that is ours. */
export const EVERYTHING_KEY = 'masthead:all';

/**
 * Letters of a key, level by level: the finest at which all of an answer's keys fit is used. The length alone keeps
 * levels apart, so no letter is spent on saying which it is. Six bits a letter: ten letters never meet by chance.
 */
export const LEVEL_LETTERS = [10, 6, 4, 3, 2] as const;

const ID = /^[a-z]{3}_([a-z]{2,8})/;

/** The coarsest key of a tag: its edition's, or one for all that name none. */
const coarsestKeyOf = (tag: CacheTag): string => {
  const [, second = ''] = tag.split(':', 2);
  const edition = parseEditionCode(ID.exec(second)?.[1] ?? second);
  return `masthead:${edition?.toLowerCase() ?? 'other'}`;
};

/** Base64url: nothing in it means anything to a header, a regular expression or VCL. */
const digestOf = (tag: CacheTag): string => createHash('sha256').update(tag).digest('base64url');

/**
 * The value of `Surrogate-Key` for an answer that read `tags`: ASCII, at most `HEADER_LIMIT_BYTES`, no key dropped.
 *
 * Every tag stands in it by a digest, the shorter the more tags there are, and past about 4,000 tags by its edition: a
 * change then ends more than it must, never less, because it purges its tags at every level (`purgeKeysOf`).
 */
export const surrogateKeysOf = (tags: readonly CacheTag[]): string => {
  const digests = tags.map(digestOf);
  for (const letters of LEVEL_LETTERS) {
    const keys = new Set(digests.map((digest) => digest.slice(0, letters)));
    if (EVERYTHING_KEY.length + keys.size * (letters + 1) <= HEADER_LIMIT_BYTES)
      return [EVERYTHING_KEY, ...keys].join(' ');
  }
  return [EVERYTHING_KEY, ...new Set(tags.map(coarsestKeyOf))].join(' ');
};

/** The keys that a change of `tag` purges: one per level, whichever the answers that read it were written at. */
export const purgeKeysOf = (tag: CacheTag): readonly string[] => {
  const digest = digestOf(tag);
  return [...LEVEL_LETTERS.map((letters) => digest.slice(0, letters)), coarsestKeyOf(tag)];
};
