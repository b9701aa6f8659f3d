import { randomBytes } from 'node:crypto';
import { batchesOf } from '../../content/batches-of.ts';
import type { EditionCode } from '../../content/edition.ts';
import { parseId } from '../../content/ids.ts';
import type { EngagementEvent, EngagementStore } from '../engagement-store.ts';
import { createEngagementQueue, PIECE, type EngagementQueue } from './engagement-queue.ts';
import { createEngagementTally, type EngagementTally, type SaveCounted } from './engagement-tally.ts';

/** Told of what becomes of events. */
export interface BufferObserver {
  /** So many were let go of: the buffer was full, or at the end neither store took them. */
  dropped(events: number): void;
  /** What was counted could not be written to SQL: it is tried again. */
  saveFailed(error: unknown): void;
  /** At the end so many were counted and are not in SQL. */
  lost(events: number): void;
}

export interface EngagementBufferOptions {
  /**
   * Where events are counted, told of one edition at a time; it may be away, or answer too late to be heard. Each carries
   * `once`: told again, it is counted once, and by whose `token` it was is said again.
   */
  readonly store: Pick<EngagementStore, 'record'>;
  readonly save: SaveCounted;
  /** Where events go at the end that the store did not take, of one edition at a time. */
  readonly last: Pick<EngagementStore, 'record'>;
  readonly observe: BufferObserver;
  readonly limit?: number;
  readonly retryMs?: number;
  readonly saveMs?: number;
}

export interface EngagementBuffer extends Pick<EngagementStore, 'record'> {
  /** Writes what was counted of `edition`, or of all, since the last time. Done by itself every `saveMs`. */
  save(edition?: EditionCode): Promise<void>;
  /** Events that wait for the store. */
  size(): number;
  /** Hands everything on that is still here. */
  close(): Promise<void>;
}

/** Some 300 bytes each. */
const EVENT_LIMIT = 20_000;

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
  const parts = new Map<EditionCode, { readonly queue: EngagementQueue; readonly tally: EngagementTally }>();
  const name = randomBytes(6).toString('base64url');
  let named = 0;
  const nextToken = (): string => `${name}${(named++).toString(36)}`;
  const queueOf = (edition: EditionCode): EngagementQueue => {
    const known = parts.get(edition);
    if (known !== undefined) return known.queue;
    const tally = createEngagementTally({ edition, save: saveCounted, saveFailed: observe.saveFailed, limit });
    const queue = createEngagementQueue({ store, counted: tally.add, nextToken });
    parts.set(edition, { queue, tally });
    return queue;
  };
  const add = (events: readonly EngagementEvent[]): readonly Promise<boolean>[] => {
    const indexesOf = Map.groupBy(events.keys(), (index) => parseId(events[index]?.id ?? '').edition);
    // Of no edition: nobody could ask for it.
    const told = events.map(() => Promise.resolve(false));
    for (const [edition, indexes] of indexesOf) {
      if (edition === undefined) continue;
      const answers = queueOf(edition).add(indexes.map((index) => events[index] as EngagementEvent));
      for (const [at, index] of indexes.entries()) told[index] = answers[at] as Promise<boolean>;
    }
    return told;
  };
  const size = (): number => [...parts.values()].reduce((sum, { queue }) => sum + queue.size(), 0);
  const flush = async (): Promise<void> => {
    await Promise.all([...parts.values()].map(({ queue }) => queue.flush()));
  };
  const save = async (edition?: EditionCode): Promise<void> => {
    if (edition !== undefined) await parts.get(edition)?.tally.save();
    else await Promise.all([...parts.values()].map(({ tally }) => tally.save()));
  };
  const retries = setInterval(() => void flush(), retryMs).unref();
  const saves = setInterval(() => void save(), saveMs).unref();

  /** Once more, and no more: each carries `once`. */
  const handOn = async (left: readonly EngagementEvent[]): Promise<void> => {
    for (const piece of batchesOf(left, PIECE)) {
      const isTaken = await last
        .record(piece)
        .catch(() => last.record(piece))
        .catch(() => undefined);
      if (isTaken === undefined) observe.dropped(piece.length);
    }
  };

  return {
    async record(events) {
      const room = Math.max(0, limit - size());
      if (events.length > room) observe.dropped(events.length - room);
      const told = add(events.slice(0, room));
      return [...(await Promise.all(told)), ...events.slice(room).map(() => false)];
    },
    save,
    size,
    async close() {
      clearInterval(retries);
      clearInterval(saves);
      await flush();
      const closing = [...parts.values()].map(async ({ queue, tally }) => {
        await handOn(queue.takeAll());
        return tally.close();
      });
      const lost = (await Promise.all(closing)).reduce((sum, events) => sum + events, 0);
      if (lost > 0) observe.lost(lost);
    },
  };
};
