import type { Instant } from '../clock.ts';
import type { Article } from './entities.ts';
import type { Viewpoint } from './listing.ts';
import { isInScope } from './plan.ts';

/**
 * `gone`: it would be seen, had it not been taken down or expired; `pending`: not yet published, or under embargo; `forbidden`:
 * not this caller's to see.
 */
export type Visibility = 'visible' | 'gone' | 'pending' | 'forbidden';

type Dated = Pick<Article, 'publishedAt' | 'withdrawnAt' | 'rights'>;

const standingOf = ({ publishedAt, withdrawnAt, rights }: Dated, now: Instant, seesEmbargoed: boolean): Visibility => {
  const { embargoedUntil, expiresAt, syndication } = rights;
  // First: of what was never to be seen nobody learns that it is gone, and of what is to be seen later not yet.
  if (syndication === 'NONE') return 'forbidden';
  const isEmbargoed = embargoedUntil !== null && embargoedUntil > now && !seesEmbargoed;
  if (publishedAt > now || isEmbargoed) return 'pending';
  return withdrawnAt !== null || (expiresAt !== null && expiresAt <= now) ? 'gone' : 'visible';
};

/** How an article stands for everybody at `now`. */
export const publicVisibilityOf = (article: Dated, now: Instant): Visibility => standingOf(article, now, false);

/** How it stands for who may have all that is embargoed. */
export const earliestVisibilityOf = (article: Dated, now: Instant): Visibility => standingOf(article, now, true);

/** How an article stands for whoever looks from `view`. The SQL of `stores/postgres/visible.ts` says the same. */
export const visibilityOf = (
  article: Dated & Pick<Article, 'edition' | 'kind' | 'sectionIds'>,
  view: Viewpoint,
): Visibility =>
  // Of what a plan does not hold it does not even say that it is gone.
  isInScope(article, view) ? standingOf(article, view.now, view.plan?.embargoed ?? false) : 'forbidden';

/** The next instant at which `article` changes by itself for a reader; null: none. */
export const nextBoundaryOf = (article: Article, now: Instant): Instant | null => {
  const { lookAgainAt = null } = article;
  const { embargoedUntil, expiresAt } = article.rights;
  const breakingEnd = article.breaking ? article.breakingUntil : null;
  // Withdrawn before it was to be seen, it is not there until then, and gone from then on.
  const own = article.withdrawnAt === null ? [expiresAt, breakingEnd] : [];
  const ahead = [article.publishedAt, embargoedUntil, ...own, lookAgainAt].filter(
    (at) => at !== null && at > now,
  ) as Instant[];
  return ahead.length === 0 ? null : Math.min(...ahead);
};
