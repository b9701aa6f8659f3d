import { createHash } from 'node:crypto';
import type { Instant } from '../clock.ts';
import type { ArticleId } from '../content/ids.ts';
import { canonicalListing, countTagsOf } from '../content/listing-tags.ts';
import { publicView, type ListingCount, type ListingQuery } from '../content/listing.ts';
import { tagOf, type CacheTag } from '../content/tags.ts';
import type { ArticleStore } from '../stores/article-store.ts';
import type { EntityTier } from './entity-tier.ts';

interface Wanted {
  readonly key: string;
  readonly query: ListingQuery;
  readonly now: Instant;
  readonly without: readonly ArticleId[];
}

interface Counted {
  readonly key: string;
  readonly now: Instant;
  readonly count: ListingCount;
}

/** A filter may name hundreds of sections: what nobody asks for again is not worth the room of a hundred counts. */
const LONGEST_KEY = 1_000;

/** However a list is ordered, it holds as many. */
const listKeyOf = (query: ListingQuery): string =>
  JSON.stringify(canonicalListing({ ...query, order: 'PUBLISHED_DESC' }));

/** Tombstones lie until they are lifted: there may be hundreds. */
const digestOf = (without: readonly ArticleId[]): string =>
  without.length === 0 ? '' : createHash('sha256').update(without.join(' ')).digest('base64url');

/** From when it was counted up to where the list changes by itself. Not before: requests overlap, and clocks are set back. */
const holdsAt = (now: Instant, { now: countedAt, count: { boundaryAt } }: Counted): boolean =>
  countedAt <= now && (boundaryAt === null || now < boundaryAt);

/** Of what it is a list of: whoever wrote past the importer purges that, to have all of it anew. */
const scopeTagsOf = ({ edition, scope }: ListingQuery): readonly CacheTag[] => {
  const whole = tagOf.edition(edition);
  if (scope.of === 'section') return [whole, tagOf.section(scope.id)];
  if (scope.of === 'tag') return [whole, tagOf.tag(scope.id)];
  return scope.of === 'author' ? [whole, tagOf.author(scope.id)] : [whole];
};

/**
 * `store.count`, for everybody kept in `tier` for as long as nothing enters or leaves a list: a count looks at ten thousand entries of
 * a long one, more than all else of a page of it. What tombstones hide is a part of the question. Plans see other articles, and have the
 * store count.
 */
export const createResidentCounts = (
  store: Pick<ArticleStore, 'count'>,
  tier: EntityTier,
  isTold: () => boolean,
): ArticleStore['count'] => {
  const readCounts = tier.keep<Wanted, Counted>({
    name: 'count',
    keyOf: ({ key }) => key,
    homeOf: ({ key }) => key,
    tagsOf: ({ query, now }) => [...countTagsOf(query, publicView(now)), ...scopeTagsOf(query)],
    isCurrent: ({ now }, found) => found.every((counted) => holdsAt(now, counted)),
    read: async (wanted) => {
      const [first] = wanted;
      if (first === undefined) return [];
      const { now, without } = first;
      const counts = await store.count(
        wanted.map(({ query }) => query),
        publicView(now),
        without,
      );
      return wanted.map(({ key }, place) => ({ key, now, count: counts[place] as ListingCount }));
    },
    isTold,
  });

  return async (queries, view, without = []) => {
    if (view.plan !== null) return await store.count(queries, view, without);
    const { now } = view;
    const digest = digestOf(without);
    const wanted = queries.map((query) => ({ key: `${digest}${listKeyOf(query)}`, query, now, without }));
    if (wanted.some(({ key }) => key.length > LONGEST_KEY)) return await store.count(queries, view, without);
    const found = await readCounts(wanted);
    // A reading that others began is shared, and theirs may be another instant.
    const isOfNow = found.every((counted) => holdsAt(now, counted));
    return isOfNow ? found.map(({ count }) => count) : await store.count(queries, view, without);
  };
};
