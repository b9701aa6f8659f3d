import type { Instant } from '../../clock.ts';
import type { Article } from '../../content/entities.ts';
import { publicVisibilityOf } from '../../content/visibility.ts';

/** What decides how an article changes by itself. */
export type Scheduled = Pick<Article, 'publishedAt' | 'withdrawnAt' | 'rights' | 'breaking' | 'breakingUntil'>;

/** What time alone does to an article. */
export type ScheduledKind = 'PUBLISH' | 'EMBARGO_LIFT' | 'KILL' | 'UPDATE';

/** As for a caller who may see everything: some may, and those who may not are told nothing by a tag. */
const visibilityAt = ({ rights, ...article }: Scheduled, now: Instant) =>
  publicVisibilityOf({ ...article, rights: { ...rights, syndication: 'FULL' } }, now);

/**
 * The one word for what readers see of `article` when it becomes `at`: it comes, it goes, or it is breaking news no
 * longer. Null when they see nothing: it is still under embargo, or was withdrawn before, or it does not change then at
 * all. What comes and goes at once is nothing, and what comes at the end of its embargo has left it.
 */
export const pickScheduledKind = (article: Scheduled, at: Instant): ScheduledKind | null => {
  const isVisible = visibilityAt(article, at) === 'visible';
  if (visibilityAt(article, at - 1) !== 'visible') {
    if (!isVisible) return null;
    return article.rights.embargoedUntil === at ? 'EMBARGO_LIFT' : 'PUBLISH';
  }
  if (!isVisible) return 'KILL';
  return article.breaking && article.breakingUntil === at ? 'UPDATE' : null;
};
