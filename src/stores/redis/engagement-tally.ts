import { randomUUID } from 'node:crypto';
import type { Instant } from '../../clock.ts';
import { HOUR_MS } from '../../content/counter.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { EngagementEvent } from '../engagement-store.ts';
import type { HourlyEngagement } from '../postgres/add-engagement.ts';

/** Keeps what was counted of an edition, for good; told again with the same `once`, when it may have been kept, once. */
export type SaveCounted = (edition: EditionCode, counted: readonly HourlyEngagement[], once: string) => Promise<void>;

export interface EngagementTallyOptions {
  readonly edition: EditionCode;
  readonly save: SaveCounted;
  readonly saveFailed: (error: unknown) => void;
  /** Articles and hours that are remembered until they are saved. */
  readonly limit: number;
}

/** What Redis has counted of one edition and SQL does not know yet. */
export interface EngagementTally {
  add(event: EngagementEvent): void;
  /** Writes what was added since the last time. */
  save(): Promise<void>;
  /** The same for the last time, and once more if that fails; gives how many events are in SQL no more than before. */
  close(): Promise<number>;
}

/** A tally per edition: where the database of one cannot be written to, those of the others are. */
export const createEngagementTally = ({
  edition,
  save: saveCounted,
  saveFailed,
  limit,
}: EngagementTallyOptions): EngagementTally => {
  const counted = new Map<string, HourlyEngagement>();
  /** As it was told the first time: what is counted meanwhile is another piece. */
  let unsaved: { readonly hours: readonly HourlyEngagement[]; readonly once: string } | undefined;
  let saving: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    while (unsaved !== undefined || counted.size > 0) {
      if (unsaved === undefined) {
        unsaved = { hours: [...counted.values()], once: randomUUID() };
        counted.clear();
      }
      try {
        await saveCounted(edition, unsaved.hours, unsaved.once);
        unsaved = undefined;
      } catch (error) {
        saveFailed(error);
        return;
      }
    }
  };
  const save = (): Promise<void> => (saving ??= write().finally(() => (saving = undefined)));

  return {
    add({ id, kind, at }) {
      const hour: Instant = Math.floor(at / HOUR_MS) * HOUR_MS;
      const key = `${id} ${hour}`;
      // SQL has been away for long: what lies in Redis is not in danger.
      if (counted.size >= limit && !counted.has(key)) return;
      const { views, shares } = counted.get(key) ?? { views: 0, shares: 0 };
      const [view, share] = [Number(kind === 'VIEW'), Number(kind === 'SHARE')];
      counted.set(key, { id, edition, hour, views: views + view, shares: shares + share });
    },
    save,
    async close() {
      await saving;
      await save();
      if (unsaved !== undefined) await save();
      const lost = [...(unsaved?.hours ?? []), ...counted.values()];
      return lost.reduce((sum, { views, shares }) => sum + views + shares, 0);
    },
  };
};
