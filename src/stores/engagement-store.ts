import type { Instant } from '../clock.ts';
import type { Counter, EngagementKind, EngagementWindow } from '../content/counter.ts';
import type { EditionCode } from '../content/edition.ts';
import type { ArticleId } from '../content/ids.ts';

/** Ids a ranking gives beyond its limit. */
export const RANKING_SPARE = 20;

/** `trending` weighs what happened by its age; `mostRead` counts views in a window. */
export type RankingRequest =
  | { readonly by: 'trending'; readonly edition: EditionCode; readonly limit: number }
  | {
      readonly by: 'mostRead';
      readonly edition: EditionCode;
      readonly limit: number;
      readonly window: EngagementWindow;
    };

/** One view or share. */
export interface EngagementEvent {
  readonly id: ArticleId;
  readonly kind: EngagementKind;
  /** Counted in its hour. */
  readonly at: Instant;
  /** The same for what is the same event told again within minutes: it is counted once. Absent: each counts. */
  readonly once?: string;
  /** Beside `once`, of whoever tells it: told again with the same token, it is said again that it was counted. */
  readonly token?: string;
}

/** Counters of what readers do. Batching and failure as in `ArticleStore`. */
export interface EngagementStore {
  /**
   * Counts events, and says of each whether it was counted now or had been before. The caller has checked that the
   * articles exist; an event that may be told again after a failure carries `once`.
   */
  record(events: readonly EngagementEvent[]): Promise<readonly boolean[]>;
  /** One number per request, 0 where nothing was counted. */
  counts(requests: readonly Counter[], now: Instant): Promise<readonly number[]>;
  /**
   * Ids of the best articles per request, best first, ties by id: `limit` (1 to 100) and up to `RANKING_SPARE` more,
   * because some may no longer be visible. The reader of the ids leaves those out and cuts.
   */
  rankings(requests: readonly RankingRequest[], now: Instant): Promise<readonly (readonly ArticleId[])[]>;
}
