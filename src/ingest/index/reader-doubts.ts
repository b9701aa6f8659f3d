import type { Clock, Instant } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Doubt } from '../../stores/indexed/read-stories.ts';
import type { IndexedDesk } from './indexed-desk.ts';
import type { Indexer } from './indexer.ts';
import { scheduleRelooks } from './relooks.ts';

export interface ReaderDoubtsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly desk: IndexedDesk;
  readonly indexer: Pick<Indexer, 'look'>;
}

/** What readers have found otherwise than it is known. */
export interface ReaderDoubts {
  /** Returns at once; a story that many readers meet is looked at once. */
  note(sourceId: string, doubt: Doubt): void;
  /** Looks at what was noted since. What fails is forgotten: the next reader notes it again. */
  resolve(): Promise<void>;
}

/** Noted at a time; readers meet the rest again. */
const MAX_DOUBTS = 1_000;
/** Remembered so that they are not noted again at once. */
const MAX_REMEMBERED = 10_000;

/** The doubts of this process' readers. */
export const createReaderDoubts = ({ database, clock, desk, indexer }: ReaderDoubtsOptions): ReaderDoubts => {
  const noted = new Map<string, Doubt>();
  /** Until when a story is not noted again, oldest first. */
  const quiet = new Map<string, Instant>();
  const lagMs = Math.max(1, desk.lagSeconds) * 1_000;

  return {
    note(sourceId, doubt) {
      const key = `${doubt} ${sourceId}`;
      const now = clock.now();
      if ((quiet.get(key) ?? 0) > now || noted.size >= MAX_DOUBTS) return;
      quiet.delete(key);
      quiet.set(key, now + lagMs);
      const [oldest] = quiet.keys();
      if (quiet.size > MAX_REMEMBERED && oldest !== undefined) quiet.delete(oldest);
      noted.set(sourceId, doubt);
    },
    async resolve() {
      if (noted.size === 0) return;
      const doubts = [...noted];
      noted.clear();
      // Asked at once it would say the same: it may be behind.
      const older = doubts.filter(([, doubt]) => doubt === 'older').map(([sourceId]) => sourceId);
      const at = clock.now() + lagMs;
      await scheduleRelooks(
        database,
        desk,
        older.map((sourceId) => ({ sourceId, at, liftedAt: null })),
      );
      const others = doubts.filter(([, doubt]) => doubt !== 'older').map(([sourceId]) => sourceId);
      if (others.length > 0) await indexer.look(others, { reason: 'reader' });
    },
  };
};
