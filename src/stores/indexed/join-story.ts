import type { Instant } from '../../clock.ts';
import type { Article, Rights } from '../../content/entities.ts';
import type { StoryReading } from './story-reading.ts';

const STRICTNESS = { FULL: 0, EXCERPT: 1, NONE: 2 } as const;

const later = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);
const earlier = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

/** What both allow. Holder and terms are the source's. */
const stricterOf = (indexed: Rights, told: Rights): Rights => ({
  ...told,
  syndication: STRICTNESS[indexed.syndication] > STRICTNESS[told.syndication] ? indexed.syndication : told.syndication,
  embargoedUntil: later(indexed.embargoedUntil, told.embargoedUntil),
  expiresAt: earlier(indexed.expiresAt, told.expiresAt),
});

/** Whether the source withholds more of it than the index knows. */
export const isStricter = (indexed: Article, { rights, publishedAt }: StoryReading, now: Instant): boolean =>
  STRICTNESS[rights.syndication] > STRICTNESS[indexed.rights.syndication] ||
  publishedAt > Math.max(now, indexed.publishedAt) ||
  (rights.embargoedUntil !== null && rights.embargoedUntil > Math.max(now, indexed.rights.embargoedUntil ?? now)) ||
  (rights.expiresAt !== null && rights.expiresAt <= now);

/**
 * An article where the index has it, as its source tells it. The instants it is sorted by stay the index's, as cursors
 * are made of them; one that the source has put off is withheld until then.
 */
export const joinStory = (indexed: Article, reading: StoryReading, now: Instant): Article => {
  const { publishedAt, rights, ...told } = reading;
  const both = stricterOf(indexed.rights, rights);
  const isPutOff = publishedAt > Math.max(now, indexed.publishedAt);
  return {
    ...indexed,
    ...told,
    rights: isPutOff ? { ...both, embargoedUntil: later(both.embargoedUntil, publishedAt) } : both,
  };
};

/** `indexed` as gone, for the source does not have it now: perhaps it is behind, so it is looked for again. */
export const hideStory = (indexed: Article, now: Instant, lookAgainAt: Instant): Article => ({
  ...indexed,
  withdrawnAt: indexed.withdrawnAt ?? now,
  lookAgainAt,
});
