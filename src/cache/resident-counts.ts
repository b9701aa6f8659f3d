import type { Instant } from '../clock.ts';
import { canonicalListing, countTagsOf } from '../content/listing-tags.ts';
import { publicView, type ListingCount, type ListingQuery } from '../content/listing.ts';
import type { ArticleStore } from '../stores/article-store.ts';
import type { EntityTier } from './entity-tier.ts';

interface Wanted {
  readonly query: ListingQuery;
  readonly now: Instant;
}

interface Counted {
  readonly key: string;
  readonly now: Instant;
  readonly count: ListingCount;
}

/** However a list is ordered, it holds as many. */
const keyOf = ({ query }: Wanted): string => JSON.stringify(canonicalListing({ ...query, order: 'PUBLISHED_DESC' }));

/** From when it was counted up to where the list changes by itself. Not before: requests overlap, and clocks are set back. */
const holdsAt = (now: Instant, { now: countedAt, count: { boundaryAt } }: Counted): boolean =>
  countedAt <= now && (boundaryAt === null || now < boundaryAt);

/**
 * `store.count`, for everybody kept in `tier` for as long as nothing enters or leaves a list: a count looks at ten thousand entries of
 * a long one, more than all else of a page of it. Plans see other articles, and what a tombstone hides is counted with what is stored of it:
 * both have the store count.
 */
export const createResidentCounts = (
  store: Pick<ArticleStore, 'count'>,
  tier: EntityTier,
  isTold: () => boolean,
): ArticleStore['count'] => {
  const readCounts = tier.keep<Wanted, Counted>({
    name: 'count',
    keyOf,
    homeOf: ({ key }) => key,
    tagsOf: ({ query, now }) => countTagsOf(query, publicView(now)),
    isCurrent: ({ now }, found) => found.every((counted) => holdsAt(now, counted)),
    read: async (wanted) => {
      const [first] = wanted;
      if (first === undefined) return [];
      const { now } = first;
      const counts = await store.count(
        wanted.map(({ query }) => query),
        publicView(now),
      );
      return counts.map((count, place) => ({ key: keyOf(wanted[place] as Wanted), now, count }));
    },
    isTold,
  });

  return async (queries, view, without = []) => {
    if (view.plan !== null || without.length > 0) return await store.count(queries, view, without);
    const { now } = view;
    const found = await readCounts(queries.map((query) => ({ query, now })));
    // A reading that others began is shared, and theirs may be another instant.
    const isAll = found.length === queries.length && found.every((counted) => holdsAt(now, counted));
    return isAll ? found.map(({ count }) => count) : await store.count(queries, view);
  };
};
