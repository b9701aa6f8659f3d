import type { Viewpoint } from '../../content/listing.ts';

/** What of a plan decides the text of a statement; the rest of it is in the parameters. */
export interface Sight {
  /** What is under embargo is seen. */
  readonly seesEmbargoed: boolean;
  /** Only what stands in the plan's sections is seen: `plan_sections` of a request, null where its edition is had whole. */
  readonly isBySection: boolean;
}

/** How everybody sees, and whoever holds a plan of whole editions without what is embargoed. */
export const PLAIN_SIGHT: Sight = { seesEmbargoed: false, isBySection: false };

/** How the holder of a plan sees. */
export const sightOf = ({ plan }: Pick<Viewpoint, 'plan'>): Sight =>
  plan === null ? PLAIN_SIGHT : { seesEmbargoed: plan.embargoed, isBySection: plan.sections !== null };

/** `make` for each way of seeing, called once. */
export const bySight = <Value>(make: (sight: Sight) => Value): ((sight: Sight) => Value) => {
  const made = new Map<string, Value>();
  return (sight) => {
    const key = `${sight.seesEmbargoed}:${sight.isBySection}`;
    const found = made.get(key) ?? make(sight);
    made.set(key, found);
    return found;
  };
};

/**
 * SQL that is true for an article that may be seen at the instant `now`: what `content/visibility.ts` calls visible, but for
 * the edition, kinds and sections of a plan, which are conditions of the list (`listing-filter.ts`).
 */
export const visibleSql = (
  article: string,
  now: string,
  { seesEmbargoed }: Pick<Sight, 'seesEmbargoed'> = PLAIN_SIGHT,
): string =>
  [
    `${article}.withdrawn_at IS NULL`,
    `${article}.published_at <= ${now}`,
    ...(seesEmbargoed ? [] : [`(${article}.embargoed_until IS NULL OR ${article}.embargoed_until <= ${now})`]),
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
