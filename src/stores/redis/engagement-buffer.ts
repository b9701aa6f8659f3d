import type { Instant } from '../../clock.ts';
import { parseId } from '../../content/ids.ts';
import type { EngagementEvent, EngagementStore } from '../engagement-store.ts';
import type { HourlyEngagement } from '../postgres/add-engagement.ts';

/** Told of what becomes of events. */
export interface BufferObserver {
  /** So many were let go of: the buffer was full. */
  dropped(events: number): void;
  /** What was counted could not be written to SQL: it is tried again. */
  saveFailed(error: unknown): void;
}

export interface EngagementBufferOptions {
  /** Where events are counted; it may be away. Each carries `once`: told again, it is counted once. */
  readonly store: Pick<EngagementStore, 'record'>;
  /** Keeps what was counted, for good. */
  readonly save: (counted: readonly HourlyEngagement[]) => Promise<void>;
  /** Where events go at the end that the store did not take. */
  readonly last: Pick<EngagementStore, 'record'>;
  readonly observe: BufferObserver;
  readonly limit?: number;
  readonly retryMs?: number;
  readonly saveMs?: number;
}

export interface EngagementBuffer extends Pick<EngagementStore, 'record'> {
  /** Writes what was counted since the last time. Done by itself every `saveMs`. */
  save(): Promise<void>;
  /** Events that wait for the store. */
  size(): number;
  /** Hands everything on that is still here. */
  close(): Promise<void>;
}

/** Some 300 bytes each. */
const EVENT_LIMIT = 20_000;
const PIECE = 500;
const HOUR_MS = 60 * 60_000;

interface Waiting {
  readonly event: EngagementEvent;
  readonly tell: (isCounted: boolean) => void;
}

/**
 * Takes events while their store is away, within a bound, and counts them when it is back; what the store has counted is
 * written to SQL once a minute. Nobody waits for a store that is known to be away: the answer is then that it was taken.
 */
export const createEngagementBuffer = ({
  store,
  save: saveCounted,
  last,
  observe,
  limit = EVENT_LIMIT,
  retryMs = 1_000,
  saveMs = 60_000,
}: EngagementBufferOptions): EngagementBuffer => {
  const waiting: Waiting[] = [];
  const counted = new Map<string, HourlyEngagement>();
  let isAway = false;
  let isFlushing = false;
  let flushed = Promise.resolve();
  let saving: Promise<void> | undefined;

  const tally = ({ id, kind, at }: EngagementEvent): void => {
    const { edition } = parseId(id);
    if (edition === undefined) return;
    const hour: Instant = Math.floor(at / HOUR_MS) * HOUR_MS;
    const key = `${id} ${hour}`;
    // SQL has been away for long: what lies in Redis is not in danger.
    if (counted.size >= limit && !counted.has(key)) return;
    const { views, shares } = counted.get(key) ?? { views: 0, shares: 0 };
    const [view, share] = [Number(kind === 'VIEW'), Number(kind === 'SHARE')];
    counted.set(key, { id, edition, hour, views: views + view, shares: shares + share });
  };
  const settle = (piece: readonly Waiting[], isCounted: readonly boolean[]): void => {
    for (const [index, { event, tell }] of piece.entries()) {
      if (isCounted[index] === true) tally(event);
      tell(isCounted[index] === true);
    }
  };

  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const piece = waiting.slice(0, PIECE);
      try {
        const isCounted = await store.record(piece.map(({ event }) => event));
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
  const startFlush = (): Promise<void> => {
    if (isFlushing) return flushed;
    isFlushing = true;
    // Over at once where nothing waits, and before anybody can add to what it has just found empty.
    return (flushed = flush());
  };
  const retries = setInterval(() => waiting.length > 0 && void startFlush(), retryMs).unref();

  const write = async (): Promise<void> => {
    const piece = [...counted.values()];
    counted.clear();
    if (piece.length === 0) return;
    try {
      await saveCounted(piece);
    } catch (error) {
      observe.saveFailed(error);
      for (const { id, edition, hour, views, shares } of piece) {
        const key = `${id} ${hour}`;
        const later = counted.get(key) ?? { views: 0, shares: 0 };
        counted.set(key, { id, edition, hour, views: views + later.views, shares: shares + later.shares });
      }
    }
  };
  const save = (): Promise<void> => (saving ??= write().finally(() => (saving = undefined)));
  const saves = setInterval(() => void save(), saveMs).unref();

  return {
    async record(events) {
      const room = Math.max(0, limit - waiting.length);
      if (events.length > room) observe.dropped(events.length - room);
      const told = events.slice(0, room).map((event) => {
        const { promise, resolve } = Promise.withResolvers<boolean>();
        waiting.push({ event, tell: resolve });
        return promise;
      });
      if (isAway) for (const { tell } of waiting.slice(-told.length)) tell(true);
      else void startFlush();
      return [...(await Promise.all(told)), ...events.slice(room).map(() => false)];
    },
    save,
    size: () => waiting.length,
    async close() {
      clearInterval(retries);
      clearInterval(saves);
      await startFlush();
      const left = waiting.splice(0);
      try {
        for (let at = 0; at < left.length; at += PIECE)
          await last.record(left.slice(at, at + PIECE).map(({ event }) => event));
      } catch (error) {
        observe.saveFailed(error);
        observe.dropped(left.length);
      }
      await saving;
      await save();
    },
  };
};
