import type { Instant } from '../clock.ts';
import type { EditionCode } from './edition.ts';
import { tagOf, type CacheTag } from './tags.ts';

/** What decides in which lists an article stands. */
export interface Listed {
  readonly edition: EditionCode;
  /** Absent: it may be breaking news. */
  readonly breaking?: boolean;
  /** Absent: it may be of the archive. */
  readonly publishedAt?: Instant;
  readonly kind: string;
  /** Ids of its sections with their ancestors, of its tags and authors; that of the edition may be among them. */
  readonly targets: readonly string[];
}

/** Articles that have all of these: at most one section, one tag and one author. Nothing: all of the edition. */
export interface Conjunction {
  readonly section?: string | undefined;
  readonly tag?: string | undefined;
  readonly author?: string | undefined;
  readonly kind?: string | undefined;
  readonly isBreaking?: boolean;
}

const BREAKING = ':breaking';

/** Letters of an id in the name of several: 50 bits, and two that are taken for one end an answer too many. */
const SHORT_ID_LETTERS = 10;

const shortOf = (id: string): string => id.slice(0, 1) + id.slice(-SHORT_ID_LETTERS);

const nameOf = (edition: EditionCode, targets: readonly string[]): string =>
  targets.length === 1 ? (targets[0] as string) : `${edition.toLowerCase()}:${targets.map(shortOf).join('+')}`;

/** The tag of the list of all articles that have what `conjunction` names. */
export const listKey = (
  edition: EditionCode,
  { section, tag, author, kind, isBreaking = false }: Conjunction,
): CacheTag => {
  const targets = [section, tag, author].filter((id) => id !== undefined);
  const suffix = isBreaking ? BREAKING : '';
  if (targets.length > 0) return `list:${nameOf(edition, targets)}${kind === undefined ? '' : `:${kind}`}${suffix}`;
  return `${kind === undefined ? tagOf.list.all(edition) : tagOf.list.kind(edition, kind)}${suffix}`;
};

/**
 * Conjunctions an article is named by at most: three sections, five tags and an author make 48. One with more is named
 * by single lists, and ends all joint ones: those are few, and every name is kept in the log.
 */
const MAX_CONJUNCTIONS = 64;

/** Every joint list of the edition: ended by articles with too many sections, tags and authors to name them all. */
export const wideKey = (edition: EditionCode): CacheTag => `list:${edition.toLowerCase()}:wide`;

/** Every list of the edition, whatever it holds: nothing that happens to one article ends them all, only who says so. */
export const everyKey = (edition: EditionCode): CacheTag => `lists:${edition.toLowerCase()}:all`;

/** Every list of the edition that holds nothing published in the last two days. */
export const archiveKey = (edition: EditionCode): CacheTag => `list:${edition.toLowerCase()}:archive`;

const groupsOf = ({ targets }: Listed) => {
  const of = (prefix: string): readonly string[] => targets.filter((id) => id.startsWith(prefix));
  return { sections: of('sec_'), tags: of('tag_'), authors: of('aut_') };
};

const isWide = (listed: Listed): boolean => {
  const { sections, tags, authors } = groupsOf(listed);
  return (sections.length + 1) * (tags.length + 1) * (authors.length + 1) > MAX_CONJUNCTIONS;
};

const placesOf = (listed: Listed): readonly Conjunction[] => {
  const { sections, tags, authors } = groupsOf(listed);
  if (isWide(listed))
    return [
      {},
      ...sections.map((section) => ({ section })),
      ...tags.map((tag) => ({ tag })),
      ...authors.map((author) => ({ author })),
    ];
  return [undefined, ...sections].flatMap((section) =>
    [undefined, ...tags].flatMap((tag) => [undefined, ...authors].map((author) => ({ section, tag, author }))),
  );
};

/** The lists that `listed` stands in, whatever they are narrowed by. */
const keysOf = (listed: Listed | undefined): ReadonlySet<CacheTag> => {
  if (listed === undefined) return new Set();
  const { edition, kind } = listed;
  const flags = (listed.breaking ?? true) ? [false, true] : [false];
  return new Set(
    placesOf(listed).flatMap((place) =>
      flags.flatMap((isBreaking) => [
        listKey(edition, { ...place, isBreaking }),
        listKey(edition, { ...place, kind, isBreaking }),
      ]),
    ),
  );
};

const DAY_MS = 86_400_000;
/** A list is archive when it holds nothing newer; an article, a day before: clocks of machines differ by less. */
export const ARCHIVE_AGE_MS = 2 * DAY_MS;

const withCoarse = (
  keys: readonly CacheTag[],
  states: readonly (Listed | undefined)[],
  now: Instant,
): readonly CacheTag[] => {
  if (keys.length === 0) return [];
  const present = states.filter((listed) => listed !== undefined);
  return [
    ...keys,
    ...present.filter(isWide).map(({ edition }) => wideKey(edition)),
    ...present
      .filter(({ publishedAt = -Infinity }) => publishedAt < now - ARCHIVE_AGE_MS + DAY_MS)
      .map(({ edition }) => archiveKey(edition)),
  ];
};

/** The lists that hold an article as it was or as it is: all of them change when it comes, goes or moves in them. */
export const listKeysOf = (states: readonly (Listed | undefined)[], now: Instant): readonly CacheTag[] =>
  withCoarse([...new Set(states.flatMap((listed) => [...keysOf(listed)]))], states, now);

/** Most edits move nothing, and naming every list takes longer than all the rest of them. */
const standsAlike = (before: Listed, after: Listed): boolean =>
  before.kind === after.kind &&
  before.breaking === after.breaking &&
  before.targets.length === after.targets.length &&
  new Set([...before.targets, ...after.targets]).size === after.targets.length;

/** The lists that an article enters or leaves while it keeps its place in the order of those it stays in. */
export const listKeysBetween = (before: Listed, after: Listed, now: Instant): readonly CacheTag[] => {
  if (standsAlike(before, after)) return [];
  const [was, is] = [keysOf(before), keysOf(after)];
  const moved = [...[...was].filter((key) => !is.has(key)), ...[...is].filter((key) => !was.has(key))];
  return withCoarse(moved, [before, after], now);
};

/** The lists of breaking news that hold an article as it was or as it is: they change when it ceases at another instant. */
export const breakingKeysOf = (states: readonly Listed[], now: Instant): readonly CacheTag[] => {
  const keys = new Set(states.flatMap((listed) => [...keysOf(listed)]));
  return withCoarse(
    [...keys].filter((key) => key.endsWith(BREAKING)),
    states,
    now,
  );
};

/** One target, one kind, or breaking news: any of what narrows a list covers it when nobody enters or leaves. */
export type Narrowing = { readonly target: string } | { readonly kind: string } | { readonly isBreaking: true };

/** Of what: everything sorted or filtered by `updatedAt`, or everything that is found by words. */
export type Moving = 'updated' | 'search';

/** The tag of what moves in lists without anybody entering or leaving, among the articles of `narrowing`. */
export const movingKey = (moving: Moving, edition: EditionCode, narrowing: Narrowing): CacheTag => {
  if ('target' in narrowing) return `${moving}:${narrowing.target}`;
  return `${moving}:${edition.toLowerCase()}${'kind' in narrowing ? `:kind:${narrowing.kind}` : BREAKING}`;
};

/** Everything of one kind that holds an article as it was or as it is, and moves with it. */
export const movingKeysOf = (moving: Moving, states: readonly Listed[]): readonly CacheTag[] => [
  ...new Set(
    states.flatMap(({ edition, kind, targets, breaking = true }) => [
      tagOf[moving](edition),
      movingKey(moving, edition, { kind }),
      ...(breaking ? [movingKey(moving, edition, { isBreaking: true })] : []),
      ...targets.filter((id) => !id.startsWith('edn_')).map((target) => movingKey(moving, edition, { target })),
    ]),
  ),
];

/** The tag of what is sorted or filtered by `updatedAt` among all articles of one target or kind. */
export const updatedKey = (edition: EditionCode, narrowing: Narrowing): CacheTag =>
  movingKey('updated', edition, narrowing);

/**
 * What ends besides `tag` when somebody names it by hand: narrower lists and searches of the same articles, which only
 * those who know the article that has changed can tell apart.
 */
export const coversOf = (tag: CacheTag): readonly CacheTag[] => {
  if (tag.startsWith('list:')) return [`lists:${tag.slice('list:'.length)}`];
  return tag.startsWith('search:') || tag.startsWith('updated:') ? [`lists:${tag}`] : [];
};
