import type { Instant } from '../clock.ts';
import type { Article } from './entities.ts';
import type { Viewpoint } from './listing.ts';

/** `gone`: taken down or expired; `pending`: not yet published, or under embargo; `forbidden`: not this caller's to see. */
export type Visibility = 'visible' | 'gone' | 'pending' | 'forbidden';

/** How an article stands at `now`. The SQL of `stores/postgres/visible.ts` says the same. */
export const visibilityOf = (
  article: Pick<Article, 'publishedAt' | 'withdrawnAt' | 'rights'>,
  { now }: Viewpoint,
): Visibility => {
  const { embargoedUntil, expiresAt, syndication } = article.rights;
  if (article.withdrawnAt !== null || (expiresAt !== null && expiresAt <= now)) return 'gone';
  if (syndication === 'NONE') return 'forbidden';
  return article.publishedAt > now || (embargoedUntil !== null && embargoedUntil > now) ? 'pending' : 'visible';
};

/** The next instant at which `article` changes by itself for a reader; null: none. */
export const nextBoundaryOf = (article: Article, now: Instant): Instant | null => {
  const { lookAgainAt = null } = article;
  const { embargoedUntil, expiresAt } = article.rights;
  const breakingEnd = article.breaking ? article.breakingUntil : null;
  const own = article.withdrawnAt === null ? [article.publishedAt, embargoedUntil, expiresAt, breakingEnd] : [];
  const ahead = [...own, lookAgainAt].filter((at) => at !== null && at > now) as Instant[];
  return ahead.length === 0 ? null : Math.min(...ahead);
};
