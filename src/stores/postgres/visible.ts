/** SQL that is true for an article a reader may see at the instant `now`: what `content/visibility.ts` calls visible. */
export const visibleSql = (article: string, now: string): string =>
  [
    `${article}.withdrawn_at IS NULL`,
    `${article}.published_at <= ${now}`,
    `(${article}.embargoed_until IS NULL OR ${article}.embargoed_until <= ${now})`,
    `(${article}.expires_at IS NULL OR ${article}.expires_at > ${now})`,
    `${article}.syndication <> 'NONE'`,
  ].join(' AND ');

/** SQL that is true for an article that nothing hides once it is published: what `memberships.is_plain` may say of it. */
export const plainSql = (article: string): string =>
  [
    `${article}.withdrawn_at IS NULL`,
    `${article}.embargoed_until IS NULL`,
    `${article}.expires_at IS NULL`,
    `${article}.syndication <> 'NONE'`,
  ].join(' AND ');

/** SQL that is true while an article is breaking news at the instant `now`. */
export const breakingSql = (article: string, now: string): string =>
  `(${article}.breaking AND (${article}.breaking_until IS NULL OR ${article}.breaking_until > ${now}))`;
