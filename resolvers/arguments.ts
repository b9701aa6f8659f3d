import { GatewayError } from '../src/errors.ts';
import type { ListingFilter } from '../src/content/listing.ts';
import { normalisePath, normaliseSlug } from '../src/content/slug.ts';
import { spellingKey } from '../src/content/spelling.ts';
import type { ArticleFilter } from './types.generated.ts';

/** The most one page holds. */
export const PAGE_LIMIT = 100;

/**
 * `value` when it is from 1 to `limit`, `fallback` when it was left out: null is how a client leaves an argument out.
 *
 * @throws {GatewayError} BAD_USER_INPUT otherwise.
 */
export const checkSize = (
  name: string,
  value: number | null | undefined,
  fallback: number,
  limit: number = PAGE_LIMIT,
): number => {
  const size = value ?? fallback;
  if (size < 1 || size > limit)
    throw new GatewayError('BAD_USER_INPUT', `"${name}" must be from 1 to ${limit}; it is ${size}`);
  return size;
};

/** Slugs, paths and kinds of one list of a filter at most. */
const FILTER_LIMIT = 100;

const checkList = <Value>(name: string, list: readonly Value[] | null | undefined): readonly Value[] => {
  const values = list ?? [];
  if (values.length > FILTER_LIMIT)
    throw new GatewayError('BAD_USER_INPUT', `"${name}" may hold ${FILTER_LIMIT} values; it holds ${values.length}`);
  return values;
};

const slugKey = (slug: string): string => spellingKey(normaliseSlug(slug));
const pathKey = (path: string): string => spellingKey(normalisePath(path));

/** The filter a client gave, slugs in one spelling: a cursor is good for all; what it left out restricts nothing. */
export const mapFilter = (filter: ArticleFilter | null | undefined): ListingFilter => {
  const { kinds, sectionPaths, tagSlugs, authorSlugs, publishedAfter, publishedBefore, updatedAfter, breaking } =
    filter ?? {};
  return {
    kinds: checkList('kinds', kinds),
    sectionPaths: checkList('sectionPaths', sectionPaths).map(pathKey),
    tagSlugs: checkList('tagSlugs', tagSlugs).map(slugKey),
    authorSlugs: checkList('authorSlugs', authorSlugs).map(slugKey),
    ...(typeof publishedAfter === 'number' ? { publishedAfter } : {}),
    ...(typeof publishedBefore === 'number' ? { publishedBefore } : {}),
    ...(typeof updatedAfter === 'number' ? { updatedAfter } : {}),
    ...(typeof breaking === 'boolean' ? { breaking } : {}),
  };
};
