import type { ListingQuery } from './listing.ts';
import { tagOf, type CacheTag } from './tags.ts';

/** What makes two listings one, whatever order their fields and values came in: their page apart. */
export const canonicalListing = ({ edition, scope, filter, order }: ListingQuery): readonly unknown[] => [
  edition,
  scope.of === 'edition' ? null : scope.id,
  order,
  Object.entries(filter)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => [
      name,
      Array.isArray(value) ? [...new Set<string>(value)].toSorted((a, b) => (a < b ? -1 : 1)) : value,
    ])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
];

/** The narrowest tags that cover a listing: what must change for it to hold other articles, or hold them otherwise. */
export const listTagsOf = ({ edition, scope, filter, order }: ListingQuery): readonly CacheTag[] => {
  const kinds = filter.kinds ?? [];
  const tags: CacheTag[] = [];
  if (scope.of === 'edition') {
    if (kinds.length > 0) tags.push(...kinds.map((kind) => tagOf.list.kind(edition, kind)));
    else tags.push(tagOf.list.all(edition));
  } else tags.push(tagOf.list[scope.of](scope.id as never));
  if (order === 'UPDATED_DESC' || filter.updatedAfter !== undefined) tags.push(tagOf.updated(edition));
  return tags;
};
