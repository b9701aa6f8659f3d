import type { Instant } from '../../clock.ts';
import { breakingKeysOf } from '../../content/list-keys.ts';
import { tagOf, type CacheTag } from '../../content/tags.ts';
import { changeTagsOf } from '../write/change-of-article.ts';
import type { ScheduledArticle } from './load-scheduled.ts';
import type { ScheduledKind } from './pick-scheduled-kind.ts';

/**
 * Everything that read `article` before it changed by itself `at` this instant, or its absence, and everything that
 * reads it now: all it stands in and is found by, when it comes or goes. The end of breaking news moves nothing but who
 * is listed as such.
 */
export const scheduledTags = (article: ScheduledArticle, kind: ScheduledKind, at: Instant): readonly CacheTag[] => {
  if (kind === 'UPDATE') return [tagOf.article(article.id), ...breakingKeysOf([article], at)];
  const { edition, slugs, paths } = article;
  return changeTagsOf(edition, [article], { losers: [], slugs, paths }, at);
};
