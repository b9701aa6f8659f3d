import { idOf } from './ids.ts';
import {
  ARCHIVE_AGE_MS,
  archiveKey,
  coversOf,
  everyKey,
  listKey,
  movingKey,
  wideKey,
  type Conjunction,
  type Moving,
} from './list-keys.ts';
import type { ListingQuery, Viewpoint } from './listing.ts';
import type { SearchQuery } from './search.ts';
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

/** A list without its order. */
export type Membership = Pick<ListingQuery, 'edition' | 'scope' | 'filter'>;

type Group = readonly Conjunction[];

/**
 * What an article must have, one of each group. Slugs and paths stand for the ids born by them: a store that renames
 * what it holds tells the lists of the id and those of the slugs, old and new.
 */
const groupsOf = ({ edition, scope, filter }: Membership, { plan }: Viewpoint): readonly Group[] => {
  const { sectionPaths = [], tagSlugs = [], authorSlugs = [], kinds = [] } = filter;
  const groups: Group[] = [
    // Whoever may have some of an edition reads lists that are narrowed so.
    [...new Set(plan?.sections?.[edition])].map((path) => ({ section: idOf.section(edition, path) })),
    [...new Set(plan?.kinds)].map((kind) => ({ kind })),
    scope.of === 'edition' ? [] : [{ [scope.of]: scope.id }],
    [...new Set(authorSlugs)].map((slug) => ({ author: idOf.author(edition, slug) })),
    [...new Set(tagSlugs)].map((slug) => ({ tag: idOf.tag(edition, slug) })),
    [...new Set(sectionPaths)].map((path) => ({ section: idOf.section(edition, path) })),
    [...new Set(kinds)].map((kind) => ({ kind })),
  ];
  return groups.filter((group) => group.length > 0);
};

/** Joint lists an answer carries at most. */
const MAX_JOINT = 64;

/**
 * The lists that cover all groups: one per way to pick from each. Where there are too many, or two groups name the
 * same, such as a section and paths of sections, those of the parts: nobody enters or leaves all without
 * entering or leaving one.
 */
const conjunctionsOf = (groups: readonly Group[]): readonly Conjunction[] => {
  const twice = groups.findIndex(([one], index) =>
    groups.slice(index + 1).some(([other]) => Object.keys(one ?? {}).some((name) => name in (other ?? {}))),
  );
  if (twice >= 0) return [...(groups[twice] ?? []), ...conjunctionsOf(groups.toSpliced(twice, 1))];
  const ways = groups.reduce((product, group) => product * group.length, 1);
  if (ways > MAX_JOINT) return groups.flat();
  return groups.reduce<readonly Conjunction[]>(
    (joint, group) => joint.flatMap((one) => group.map((other) => ({ ...one, ...other }))),
    [{}],
  );
};

const isJoint = ({ section, tag, author }: Conjunction): boolean =>
  [section, tag, author].filter((id) => id !== undefined).length > 1;

/** For whoever names a whole list by hand: what is narrower than any of its groups ends with each of them. */
const handTagsOf = ({ edition }: Membership, groups: readonly Group[]): readonly CacheTag[] =>
  groups.flat().flatMap((one) => coversOf(listKey(edition, one)));

/** The narrowest tags that cover who stands in a list, whatever its order. */
const membershipTagsOf = (membership: Membership, view: Viewpoint): readonly CacheTag[] => {
  const { edition, filter } = membership;
  const groups = groupsOf(membership, view);
  const { publishedBefore, breaking } = filter;
  // Whatever is published from now on, it stands in none of these.
  if (publishedBefore !== undefined && publishedBefore <= view.now - ARCHIVE_AGE_MS)
    return [archiveKey(edition), everyKey(edition), ...handTagsOf(membership, groups)];
  const conjunctions = conjunctionsOf(groups);
  const keys = conjunctions.flatMap((one) => {
    const [plain, flagged] = [listKey(edition, one), listKey(edition, { ...one, isBreaking: true })];
    // What is not breaking may have been: it is told among breaking news when that is put right.
    if (breaking === undefined) return [plain];
    return breaking ? [flagged] : [plain, flagged];
  });
  const isWhole = breaking === undefined && groups.length < 2;
  return [
    ...keys,
    everyKey(edition),
    ...(conjunctions.some(isJoint) ? [wideKey(edition)] : []),
    ...(isWhole ? [] : handTagsOf(membership, groups)),
  ];
};

/** What moves in a list while nobody enters or leaves: the articles of any one group will do, the scarcest first. */
const movingTagsOf = (moving: Moving, membership: Membership, view: Viewpoint): readonly CacheTag[] => {
  const { edition, filter } = membership;
  const whole = tagOf[moving](edition);
  const [group = []] = groupsOf(membership, view);
  if (filter.breaking === true) return [movingKey(moving, edition, { isBreaking: true }), ...coversOf(whole)];
  if (group.length === 0 || group.length > MAX_JOINT) return [whole];
  const keys = group.map(({ section, tag, author, kind }) =>
    movingKey(moving, edition, kind === undefined ? { target: (author ?? tag ?? section) as string } : { kind }),
  );
  return [...keys, ...coversOf(whole)];
};

/** The narrowest tags that cover a listing: what must change for it to hold other articles, or hold them otherwise. */
export const listTagsOf = (query: ListingQuery, view: Viewpoint): readonly CacheTag[] => {
  const isByUpdate = query.order === 'UPDATED_DESC' || query.filter.updatedAfter !== undefined;
  return [...membershipTagsOf(query, view), ...(isByUpdate ? movingTagsOf('updated', query, view) : [])];
};

/** The narrowest tags that cover how many articles a list holds. */
export const countTagsOf = (query: Membership, view: Viewpoint): readonly CacheTag[] =>
  listTagsOf({ ...query, order: 'PUBLISHED_DESC' }, view);

/** The narrowest tags that cover what is found: words and their weight, and what the filter narrows them to. */
export const searchTagsOf = ({ edition, filter }: SearchQuery, view: Viewpoint): readonly CacheTag[] => {
  const membership: Membership = { edition, scope: { of: 'edition' }, filter };
  const isNarrowed = groupsOf(membership, view).length > 0 || filter.breaking !== undefined;
  return [
    ...movingTagsOf('search', membership, view),
    ...(isNarrowed ? membershipTagsOf(membership, view) : []),
    ...(filter.updatedAfter === undefined ? [] : movingTagsOf('updated', membership, view)),
  ];
};
