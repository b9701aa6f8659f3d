import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId, AuthorId, SectionId, TagId } from '../../content/ids.ts';
import { tagOf, type CacheTag } from '../../content/tags.ts';
import { visibilityOf } from '../../content/visibility.ts';
import type { StoredArticle } from './batch-state.ts';
import type { OutboxRow } from './batch-writes.ts';
import type { AddressChange } from './claim-addresses.ts';

/** Whether readers of `before` have to lose it: not by a right that is withheld, which has a word of its own. */
const isTakenBack = (before: StoredArticle, after: StoredArticle, now: Instant): boolean =>
  visibilityOf(before, { now }) === 'visible' && (visibilityOf(after, { now }) === 'gone' || after.publishedAt > now);

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

const listTag = (target: string): CacheTag | undefined => {
  switch (target.slice(0, 3)) {
    case 'sec':
      return tagOf.list.section(target as SectionId);
    case 'tag':
      return tagOf.list.tag(target as TagId);
    case 'aut':
      return tagOf.list.author(target as AuthorId);
    // The edition itself: its list has tags of its own.
    default:
      return undefined;
  }
};

/**
 * Everything that read the article as it was or will read it as it is: lists it leaves, enters or stays in, addresses
 * it had or has, articles whose former addresses it takes.
 */
export const changeTagsOf = (
  edition: EditionCode,
  states: readonly (StoredArticle | undefined)[],
  { losers, paths, slugs }: AddressChange,
): readonly CacheTag[] => {
  const tags = new Set<CacheTag>([tagOf.list.all(edition), tagOf.search(edition), tagOf.updated(edition)]);
  for (const state of states) {
    if (state === undefined) continue;
    tags.add(tagOf.article(state.id)).add(tagOf.list.kind(edition, state.kind));
    for (const target of state.targets) {
      const tag = listTag(target);
      if (tag !== undefined) tags.add(tag);
    }
    if (state.translationGroup !== null) tags.add(tagOf.group(state.translationGroup));
  }
  for (const id of losers) tags.add(tagOf.article(id satisfies ArticleId));
  for (const slug of slugs) tags.add(tagOf.slug(edition, 'article', slug));
  for (const path of paths) tags.add(tagOf.url(edition, path));
  return [...tags];
};
