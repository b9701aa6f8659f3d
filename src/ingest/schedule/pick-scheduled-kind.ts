import type { Instant } from '../../clock.ts';
import type { Article } from '../../content/entities.ts';
import { publicVisibilityOf } from '../../content/visibility.ts';

/** What decides how an article changes by itself. */
export type Scheduled = Pick<Article, 'publishedAt' | 'withdrawnAt' | 'rights' | 'breaking' | 'breakingUntil'>;

/** What time alone does to an article. */
export type ScheduledKind = 'PUBLISH' | 'EMBARGO_LIFT' | 'KILL' | 'UPDATE';

/** As for a caller who may see everything: some may, and those who may not are told nothing by a tag. */
const isVisible = (article: Scheduled, now: Instant): boolean =>
  publicVisibilityOf({ ...article, rights: { ...article.rights, syndication: 'FULL' } }, now) === 'visible';

/** As for those who see what is under embargo before its end. */
const withoutEmbargo = ({ rights, ...article }: Scheduled): Scheduled => ({
  ...article,
  rights: { ...rights, embargoedUntil: null },
});

const pickFor = (article: Scheduled, at: Instant): ScheduledKind | null => {
  if (!isVisible(article, at - 1)) {
    if (!isVisible(article, at)) return null;
    return article.rights.embargoedUntil === at ? 'EMBARGO_LIFT' : 'PUBLISH';
  }
  if (!isVisible(article, at)) return 'KILL';
  return article.breaking && article.breakingUntil === at ? 'UPDATE' : null;
};

/**
 * The one word for what readers see of `article` when it becomes `at`: it comes, it goes, or it is breaking news no
 * longer. Null when nobody sees anything: it was withdrawn before, or it does not change then at all. Under embargo it is
 * what those see who have it before. What comes and goes at once is nothing, and what comes at the end of its embargo has
 * left it.
 */
export const pickScheduledKind = (article: Scheduled, at: Instant): ScheduledKind | null =>
  pickFor(article, at) ?? pickFor(withoutEmbargo(article), at);
