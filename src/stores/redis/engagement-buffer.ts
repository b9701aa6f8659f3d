import { randomBytes, randomUUID } from 'node:crypto';
import type { Instant } from '../../clock.ts';
import { HOUR_MS } from '../../content/counter.ts';
import { batchesOf } from '../../content/batches-of.ts';
import type { EditionCode } from '../../content/edition.ts';
import { parseId } from '../../content/ids.ts';
import type { EngagementEvent, EngagementStore } from '../engagement-store.ts';
import type { HourlyEngagement } from '../postgres/add-engagement.ts';
import { createEngagementQueue, PIECE, type EngagementQueue } from './engagement-queue.ts';

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
  /** Keeps what was counted, for good; told again with the same `once`, when it may have been kept, once. */
  readonly save: (counted: readonly HourlyEngagement[], once: string) => Promise<void>;
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
  const queues = new Map<EditionCode, EngagementQueue>();
  const counted = new Map<string, HourlyEngagement>();
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
  const name = randomBytes(6).toString('base64url');
  let named = 0;
  const nextToken = (): string => `${name}${(named++).toString(36)}`;
  const queueOf = (edition: EditionCode): EngagementQueue => {
    const known = queues.get(edition) ?? createEngagementQueue({ store, counted: tally, nextToken });
    queues.set(edition, known);
    return known;
  };
  const add = (events: readonly EngagementEvent[]): readonly Promise<boolean>[] => {
    const parts = Map.groupBy(events.keys(), (index) => parseId(events[index]?.id ?? '').edition);
    // Of no edition: nobody could ask for it.
    const told = events.map(() => Promise.resolve(false));
    for (const [edition, indexes] of parts) {
      if (edition === undefined) continue;
      const answers = queueOf(edition).add(indexes.map((index) => events[index] as EngagementEvent));
      for (const [at, index] of indexes.entries()) told[index] = answers[at] as Promise<boolean>;
    }
    return told;
  };
  const size = (): number => [...queues.values()].reduce((sum, queue) => sum + queue.size(), 0);
  const flush = async (): Promise<void> => {
    await Promise.all([...queues.values()].map((queue) => queue.flush()));
  };
  const retries = setInterval(() => void flush(), retryMs).unref();

  /** As it was told the first time: what is counted meanwhile is another piece. */
  let unsaved: { readonly hours: readonly HourlyEngagement[]; readonly once: string } | undefined;
  const write = async (): Promise<void> => {
    while (unsaved !== undefined || counted.size > 0) {
      if (unsaved === undefined) {
        unsaved = { hours: [...counted.values()], once: randomUUID() };
        counted.clear();
      }
      try {
        await saveCounted(unsaved.hours, unsaved.once);
        unsaved = undefined;
      } catch (error) {
        observe.saveFailed(error);
        return;
      }
    }
  };
  const save = (): Promise<void> => (saving ??= write().finally(() => (saving = undefined)));
  const saves = setInterval(() => void save(), saveMs).unref();

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
      const left = [...queues.values()].flatMap((queue) => [...queue.takeAll()]);
      for (const piece of batchesOf(left, PIECE)) {
        // Once more, and no more: each carries `once`.
        const isTaken = await last
          .record(piece)
          .catch(() => last.record(piece))
          .catch(() => undefined);
        if (isTaken === undefined) observe.dropped(piece.length);
      }
      await saving;
      await save();
      if (unsaved !== undefined) await save();
      const lost = [...(unsaved?.hours ?? []), ...counted.values()];
      if (lost.length > 0) observe.lost(lost.reduce((sum, { views, shares }) => sum + views + shares, 0));
    },
  };
};
