import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../clock.ts';
import { breakingKeysOf, listKeysBetween, listKeysOf, movingKeysOf, type Listed } from '../../content/list-keys.ts';
import type { EditionCode } from '../../content/edition.ts';
import { tagOf, type CacheTag } from '../../content/tags.ts';
import { publicVisibilityOf } from '../../content/visibility.ts';
import type { AddressHolder, StoredArticle } from './batch-state.ts';
import type { OutboxRow } from './batch-writes.ts';
import type { AddressChange } from './claim-addresses.ts';

/** Whether readers of `before` have to lose it: not by a right that is withheld, which has a word of its own. */
const isTakenBack = (before: StoredArticle, after: StoredArticle, now: Instant): boolean =>
  publicVisibilityOf(before, now) === 'visible' &&
  (after.publishedAt > now || (after.rights.expiresAt !== null && after.rights.expiresAt <= now));

/** The one word for what happened at `now`: what takes back outweighs what is said, and that what is put right. */
export const pickChangeKind = (
  before: StoredArticle | undefined,
  after: StoredArticle,
  now: Instant,
): OutboxRow['kind'] => {
  const wasWithdrawn = before !== undefined && before.withdrawnAt !== null;
  if (after.withdrawnAt !== null && !wasWithdrawn) return 'KILL';
  if (before === undefined || (wasWithdrawn && after.withdrawnAt === null)) return 'PUBLISH';
  if (isTakenBack(before, after, now)) return 'KILL';
  if (!isDeepStrictEqual(before.rights, after.rights)) return 'RIGHTS_CHANGE';
  return after.correctionCount > before.correctionCount ? 'CORRECTION' : 'UPDATE';
};

const addressTag = ({ edition, form, value }: Pick<AddressHolder, 'edition' | 'form' | 'value'>): CacheTag =>
  form === 'slug' ? tagOf.slug(edition, 'article', value) : tagOf.url(edition, value);

/** When readers may see it, whatever they are told it is. */
const spanOf = ({ publishedAt, rights }: StoredArticle) => ({
  from: Math.max(publishedAt, rights.embargoedUntil ?? publishedAt),
  until: rights.expiresAt ?? Infinity,
});

/** Whether lists that hold both hold them at the same place and at the same time. */
const isInPlace = (before: StoredArticle, after: StoredArticle): boolean =>
  before.publishedAt === after.publishedAt &&
  isDeepStrictEqual(spanOf(before), spanOf(after)) &&
  (before.rights.syndication === 'NONE') === (after.rights.syndication === 'NONE');

const ceasesAt = ({ breaking, breakingUntil }: StoredArticle): Instant | null => (breaking ? breakingUntil : null);

/** Clocks of machines differ by less. */
const SKEW_MS = 5 * 60_000;

/** What of the change is seen where the article is not shown itself. */
const listedTags = (before: StoredArticle | undefined, after: StoredArticle, now: Instant): readonly CacheTag[] => {
  const [was, is] = [before, after].map((state) => (state?.withdrawnAt === null ? state : undefined));
  const present = [was, is].filter((state) => state !== undefined);
  if (present.length === 0) return [];
  if (was === undefined || is === undefined || !isInPlace(was, is))
    return [...listKeysOf(present, now), ...movingKeysOf('updated', present), ...movingKeysOf('search', present)];
  const lists = [
    ...listKeysBetween(was, is, now),
    ...(ceasesAt(was) === ceasesAt(is) ? [] : breakingKeysOf(present, now)),
  ];
  // Nobody sees it yet, whatever its embargo. The lists it comes into have to learn when it will be seen; there, they end
  // by themselves then.
  if (is.publishedAt > now + SKEW_MS) return lists;
  return [
    ...lists,
    ...(was.updatedAt === is.updatedAt ? [] : movingKeysOf('updated', present)),
    ...(was.digest.text === is.digest.text ? [] : movingKeysOf('search', present)),
  ];
};

/**
 * Exactly what reads another answer now: whoever shows the article, or looked for it; lists it enters, leaves or is moved
 * in; searches that weigh its words; addresses that lead elsewhere, and articles whose former addresses it takes.
 */
export const exactChangeTagsOf = (
  before: StoredArticle | undefined,
  after: StoredArticle,
  { changed, losers }: Pick<AddressChange, 'changed' | 'losers'>,
  now: Instant,
): readonly CacheTag[] => {
  const groups = [before, after].map((state) => state?.translationGroup ?? null);
  const isRegrouped = groups[0] !== groups[1];
  return [
    ...new Set([
      tagOf.article(after.id),
      ...listedTags(before, after, now),
      ...groups.flatMap((group) => (group === null || !isRegrouped ? [] : [tagOf.group(after.edition, group)])),
      ...losers.map(tagOf.article),
      ...changed.map(addressTag),
    ]),
  ];
};

/** What is known of an article whose every reader is to be told. */
export type ToldArticle = Listed & Pick<StoredArticle, 'id' | 'translationGroup'>;

/**
 * Everything that read the article as it was or will read it as it is: every list it stands in, every address it has or
 * had. For what comes or goes as a whole; `exactChangeTagsOf` says less of an edit.
 *
 * @param now absent: even lists of the archive are told.
 */
export const changeTagsOf = (
  edition: EditionCode,
  states: readonly (ToldArticle | undefined)[],
  { losers, paths, slugs }: Pick<AddressChange, 'losers' | 'paths' | 'slugs'> & Partial<AddressChange>,
  now: Instant = Infinity,
): readonly CacheTag[] => {
  const present = states.filter((state) => state !== undefined);
  const tags = new Set([
    ...listKeysOf(present, now),
    ...movingKeysOf('updated', present),
    ...movingKeysOf('search', present),
  ]);
  for (const { id, translationGroup } of present) {
    tags.add(tagOf.article(id));
    if (translationGroup !== null) tags.add(tagOf.group(edition, translationGroup));
  }
  for (const id of losers) tags.add(tagOf.article(id));
  for (const value of slugs) tags.add(addressTag({ edition, form: 'slug', value }));
  for (const value of paths) tags.add(addressTag({ edition, form: 'path', value }));
  return [...tags];
};
