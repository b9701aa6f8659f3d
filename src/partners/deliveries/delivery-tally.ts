import type { Manifest } from '../../content/manifest.ts';
import type { Queryable } from '../../database/database.ts';
import type { Deliveries, DeliveryRow, Followed, Given } from './delivery.ts';
import { saveDeliveries, savePlaces, type DeliveryBatch } from './save-deliveries.ts';

/** Counts what partners are given and writes it down in batches: no request waits for it. */
export interface DeliveryTally extends Deliveries {
  /** Writes down what is left. */
  close(): Promise<void>;
}

export interface DeliveryTallyOptions {
  readonly database: Queryable;
  /** Told of a batch that could not be written; it is kept. */
  readonly onFailure: (error: unknown) => void;
  /** Told of something that was given and is not recorded: the database was away for too long. */
  readonly onDropped: () => void;
  /** Told how many deliveries were written. */
  readonly onWritten?: (deliveries: number) => void;
  readonly everyMs?: number;
  /** Articles in what waits; from half of them on it is written at once. */
  readonly limitEntries?: number;
}

/** What a process that dies at once has not written down. */
export const EVERY_MS = 5_000;
/** 128 bytes each: 25 MB. */
const LIMIT_ENTRIES = 200_000;
/** A statement that is larger would keep others waiting. */
const BATCH_ENTRIES = 20_000;

/** What waits to be written. */
const createWaiting = () => {
  const deliveries = new Map<string, DeliveryRow>();
  const manifests = new Map<string, Manifest>();
  let entries = 0;
  return {
    entries: () => entries,
    isEmpty: () => deliveries.size === 0,
    /** False: it is new, and there is no room for it. */
    add(row: DeliveryRow, manifest: Manifest, limitEntries: number): boolean {
      const key = `${row.partner_id} ${row.via} ${row.digest}`;
      const known = deliveries.get(key);
      if (known !== undefined) {
        known.first_at = Math.min(known.first_at, row.first_at);
        known.last_at = Math.max(known.last_at, row.last_at);
        known.times += row.times;
        return true;
      }
      // The delivery itself counts as one.
      const more = 1 + (manifests.has(row.digest) ? 0 : manifest.entries.length);
      if (entries > 0 && entries + more > limitEntries) return false;
      entries += more;
      deliveries.set(key, row);
      manifests.set(row.digest, manifest);
      return true;
    },
    /** All of it, in pieces that are written one by one. */
    split(): readonly DeliveryBatch[] {
      const batches: { deliveries: DeliveryRow[]; manifests: Manifest[]; entries: number }[] = [];
      const byDigest = Map.groupBy(deliveries.values(), ({ digest }) => digest);
      for (const [digest, manifest] of manifests) {
        const rows = byDigest.get(digest) ?? [];
        const more = manifest.entries.length + rows.length;
        let last = batches.at(-1);
        if (last === undefined || last.entries + more > BATCH_ENTRIES)
          batches.push((last = { deliveries: [], manifests: [], entries: 0 }));
        last.deliveries.push(...rows);
        last.manifests.push(manifest);
        last.entries += more;
      }
      return batches;
    },
  };
};

const placeKey = ({ partnerId, editions }: Followed): string => `${partnerId} ${editions.join()}`;

export const createDeliveryTally = ({
  database,
  onFailure,
  onDropped,
  onWritten = () => undefined,
  everyMs = EVERY_MS,
  limitEntries = LIMIT_ENTRIES,
}: DeliveryTallyOptions): DeliveryTally => {
  let waiting = createWaiting();
  let places = new Map<string, Followed>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  /** Then it is tried again in its turn, however much waits. */
  let isFailing = false;

  const take = (row: DeliveryRow, manifest: Manifest): void => {
    if (!waiting.add(row, manifest, limitEntries)) onDropped();
  };
  const follow = (followed: Followed): void => {
    const key = placeKey(followed);
    const known = places.get(key);
    const isFurther = known === undefined || known.epoch !== followed.epoch || known.sequence < followed.sequence;
    if (isFurther) places.set(key, followed);
  };

  const writeBatch = async (batch: DeliveryBatch): Promise<boolean> => {
    try {
      await saveDeliveries(database, batch);
      onWritten(batch.deliveries.length);
      return true;
    } catch (error) {
      const byDigest = new Map(batch.manifests.map((manifest) => [manifest.digest, manifest]));
      for (const row of batch.deliveries) take(row, byDigest.get(row.digest) as Manifest);
      onFailure(error);
      return false;
    }
  };
  const writePlaces = async (): Promise<boolean> => {
    const moved = [...places.values()];
    if (moved.length === 0) return true;
    places = new Map();
    try {
      await savePlaces(database, moved);
      return true;
    } catch (error) {
      moved.forEach(follow);
      onFailure(error);
      return false;
    }
  };
  const write = async (): Promise<boolean> => {
    const batches = waiting.split();
    waiting = createWaiting();
    let isWritten = await writePlaces();
    for (const batch of batches) isWritten = (await writeBatch(batch)) && isWritten;
    return isWritten;
  };
  const writeAndGoOn = async (): Promise<void> => {
    isFailing = !(await write());
    writing = undefined;
    if (!waiting.isEmpty() || places.size > 0) writeSoon();
    // What came meanwhile may be as much again.
    writeEarly();
  };
  const writeNow = (): void => {
    clearTimeout(timer);
    timer = undefined;
    writing ??= writeAndGoOn();
  };
  /** What came during one write may have begun another. */
  const untilWritten = async (): Promise<void> => {
    if (writing === undefined) return;
    await writing;
    await untilWritten();
  };
  const writeSoon = (): void => {
    timer ??= setTimeout(writeNow, everyMs).unref();
  };
  const writeEarly = (): void => {
    if (!isFailing && writing === undefined && waiting.entries() * 2 >= limitEntries) writeNow();
  };

  return {
    given({ partnerId, manifest, via, at }: Given) {
      const { digest } = manifest;
      take({ partner_id: partnerId, via, digest, first_at: at, last_at: at, times: 1 }, manifest);
      writeSoon();
      writeEarly();
    },
    followed(followed) {
      follow(followed);
      writeSoon();
    },
    async close() {
      await untilWritten();
      clearTimeout(timer);
      await write();
    },
  };
};
