import type { EngagementEvent, EngagementStore } from '../engagement-store.ts';

export interface EngagementQueueOptions {
  readonly store: Pick<EngagementStore, 'record'>;
  /** Told of each event that the store has counted, once. */
  readonly counted: (event: EngagementEvent) => void;
  /** A name that no other event has, in any process. */
  readonly nextToken: () => string;
}

/** Events of one edition on their way to the store. */
export interface EngagementQueue {
  /** Whether each was counted; where the store is known to be away, that it was taken. */
  add(events: readonly EngagementEvent[]): readonly Promise<boolean>[];
  /** Tells the store what waits; over at once where nothing does. */
  flush(): Promise<void>;
  size(): number;
  /** Takes away everything that waits. */
  takeAll(): readonly EngagementEvent[];
}

/** The store takes so many at once, or none: what is told in one call is counted whole. */
export const PIECE = 500;

interface Waiting {
  readonly event: EngagementEvent;
  readonly token: string;
  readonly tell: (isCounted: boolean) => void;
}

/** A queue per edition: where the counters of one cannot be reached, or are not there yet, the others go on. */
export const createEngagementQueue = ({ store, counted, nextToken }: EngagementQueueOptions): EngagementQueue => {
  const waiting: Waiting[] = [];
  let isAway = false;
  let isFlushing = false;
  let flushed = Promise.resolve();

  const settle = (piece: readonly Waiting[], isCounted: readonly boolean[]): void => {
    for (const [index, { event, tell }] of piece.entries()) {
      if (isCounted[index] === true) counted(event);
      tell(isCounted[index] === true);
    }
  };
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const piece = waiting.slice(0, PIECE);
      try {
        // Told again with the same token: what was counted and never answered is counted by us all the same.
        const isCounted = await store.record(piece.map(({ event, token }) => ({ ...event, token })));
        isAway = false;
        waiting.splice(0, piece.length);
        settle(piece, isCounted);
      } catch {
        isAway = true;
        // Taken, and counted later: whoever waits has waited long enough.
        for (const { tell } of waiting) tell(true);
        break;
      }
    }
    isFlushing = false;
  };
  const flush = (): Promise<void> => {
    if (isFlushing) return flushed;
    isFlushing = true;
    // Over at once where nothing waits, and before anybody can add to what it has just found empty.
    return (flushed = run());
  };

  return {
    add(events) {
      const told = events.map((event) => {
        const { promise, resolve } = Promise.withResolvers<boolean>();
        waiting.push({ event, token: nextToken(), tell: resolve });
        if (isAway) resolve(true);
        return promise;
      });
      if (!isAway) void flush();
      return told;
    },
    flush,
    size: () => waiting.length,
    takeAll: () => waiting.splice(0).map(({ event }) => event),
  };
};
