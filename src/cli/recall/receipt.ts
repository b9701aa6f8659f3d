import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { TakedownOrder } from '../../ingest/takedown-orders.ts';
import type { Kill } from '../../syndication/recall/load-kill.ts';
import type { Recipient } from '../../syndication/recall/load-recipients.ts';
import type { ReRead } from './re-read.ts';

/** Who may still answer from before, by the layer. */
export interface Pending {
  readonly process: string;
  readonly until: Instant;
}

/** What has become of an article that was taken back, layer by layer, as of now. */
export interface Receipt {
  readonly article: {
    readonly id: ArticleId;
    readonly edition: string;
    /** Null: the gateway's own database has no row of it. */
    readonly headline: string | null;
    readonly url: string | null;
  };
  /** The order that lies; null: none does. It came from its publishing system, or was put back since: `orders` say. */
  readonly order: Pick<TakedownOrder, 'reason' | 'orderedAt'> | null;
  /** Every order about it, the latest first. */
  readonly orders: readonly TakedownOrder[];
  /** Null: nobody took it back. */
  readonly kill: Kill | null;
  readonly at: Instant;
  readonly processes: {
    /** Those that follow the log. */
    readonly following: readonly string[];
    readonly pending: readonly Pending[];
    readonly waitedMs: number;
  };
  /** `read`: what it holds was asked for, and is not answered. `away`: it did not answer. */
  readonly redis: 'read' | 'away' | 'not configured' | 'not read';
  readonly cdn: { readonly state: 'purged' | 'pending' | 'not configured'; readonly until: Instant | null };
  readonly reads: readonly ReRead[];
  /** Places that gave no answer at all, though nobody named them. */
  readonly unreached: readonly string[];
  /** Endpoints that were being sent to at the KILL by a process that has not said since what it gave them. */
  readonly underWay: readonly { readonly endpoint: string; readonly partnerId: string }[];
  readonly partners: readonly Recipient[];
}

/** Whether nobody answers from before, and nothing of it was seen wherever was looked. */
export const isGoneEverywhere = ({ kill, processes, cdn, reads }: Receipt): boolean =>
  kill !== null &&
  processes.pending.length === 0 &&
  cdn.state !== 'pending' &&
  reads.every(({ reads: all }) => all.every(({ outcome }) => outcome === 'gone'));

/** Partners that were given it, or may have been, and have not shown that they know. */
export const findSilent = ({ partners, underWay }: Pick<Receipt, 'partners' | 'underWay'>): readonly Recipient[] =>
  partners.filter(
    ({ partnerId, holdings, acknowledged }) =>
      acknowledged === null && (holdings.length > 0 || underWay.some((round) => round.partnerId === partnerId)),
  );
