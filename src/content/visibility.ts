import type { Instant } from '../clock.ts';
import type { Article } from './entities.ts';
import type { Viewpoint } from './listing.ts';
import { isInScope } from './plan.ts';

/** `gone`: taken down or expired; `pending`: not yet published, or under embargo; `forbidden`: not this caller's to see. */
export type Visibility = 'visible' | 'gone' | 'pending' | 'forbidden';

type Dated = Pick<Article, 'publishedAt' | 'withdrawnAt' | 'rights'>;

const standingOf = ({ publishedAt, withdrawnAt, rights }: Dated, now: Instant, seesEmbargoed: boolean): Visibility => {
  const { embargoedUntil, expiresAt, syndication } = rights;
  if (withdrawnAt !== null || (expiresAt !== null && expiresAt <= now)) return 'gone';
  if (syndication === 'NONE') return 'forbidden';
  const isEmbargoed = embargoedUntil !== null && embargoedUntil > now && !seesEmbargoed;
  return publishedAt > now || isEmbargoed ? 'pending' : 'visible';
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
  const own = article.withdrawnAt === null ? [article.publishedAt, embargoedUntil, expiresAt, breakingEnd] : [];
  const ahead = [...own, lookAgainAt].filter((at) => at !== null && at > now) as Instant[];
  return ahead.length === 0 ? null : Math.min(...ahead);
};
