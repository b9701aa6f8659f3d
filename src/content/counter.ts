import type { ArticleId } from './ids.ts';

export const ENGAGEMENT_KINDS = ['VIEW', 'SHARE'] as const;
export type EngagementKind = (typeof ENGAGEMENT_KINDS)[number];

export const HOUR_MS = 60 * 60_000;
/** Whole hours, the running one included. */
export const WINDOW_HOURS = { HOUR: 1, DAY: 24, WEEK: 168, MONTH: 720 } as const;
export type EngagementWindow = keyof typeof WINDOW_HOURS;

/** What is counted of an article, and over how long. */
export interface Counter {
  readonly id: ArticleId;
  readonly kind: EngagementKind;
  /** Null: all time. */
  readonly window: EngagementWindow | null;
}

/** What tells one counter from all others. */
export const counterKey = ({ id, kind, window }: Counter): string => `${id}:${kind}:${window}`;

/** GraphQL's integers end here. */
const SHOWN_LIMIT = 2 ** 31 - 1;

/** `count` as readers are told it. */
export const shownCount = (count: number): number => Math.min(count, SHOWN_LIMIT);
