import type { Change } from '../changes/change.ts';
import type { ChangeLog } from '../changes/change-log.ts';
import { PurgeError, type PurgeClient } from './purge-client.ts';
import { covers, type PurgeCursor, type PurgeCursors, type PurgeMark, type PurgeState } from './purge-cursors.ts';
import { EVERYTHING_KEY, purgeKeysOf } from './surrogate-keys.ts';

/** When a pass purges a change. */
export interface PassRule {
  readonly name: string;
  /** After the change was seen, and after every process has taken it in where `isAcknowledged`. */
  readonly delayMs: number;
  readonly isAcknowledged: boolean;
}

export interface PurgePassOptions {
  readonly rule: PassRule;
  readonly cursors: PurgeCursors;
  readonly log: Pick<ChangeLog, 'after'>;
  readonly client: PurgeClient;
  /** Names this process while it purges. */
  readonly owner: string;
  /** Resolves when no process answers from before the change any more; rejects when that cannot be known. */
  readonly acknowledge: (mark: PurgeMark) => Promise<unknown>;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly random: () => number;
  readonly onFailure: (error: unknown) => void;
  readonly onPurged: () => void;
}

/** One pass over the log: every change is purged once more, at the time its rule says. */
export interface PurgePass {
  /** Takes notice of where the cursor stands and where it is to go. */
  see(state: PurgeState): void;
  /** Ends what runs. */
  close(): Promise<void>;
}

const READ_LIMIT = 200;
/** Further behind than this everything goes at once: an archive that was imported is no reason for a million purges. */
const CHANGES_LIMIT = 10_000;
/** Marks on their way to being due; more wait to be seen again. */
const RIPENING_LIMIT = 64;
/** Beyond the deadline of a request: a process that died while it purged holds the others up for so long. */
const HOLD_MS = 10_000;
const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 30_000;

const keysOf = (changes: readonly Change[]): readonly string[] => [
  ...new Set([...new Set(changes.flatMap(({ tags }) => tags))].flatMap(purgeKeysOf)),
];

const isNewer = (mark: PurgeMark, than: PurgeMark | undefined): boolean =>
  than === undefined || mark.epoch !== than.epoch || mark.sequence > than.sequence || mark.allAsked > than.allAsked;

/** A pass, at rest until something is seen. */
export const createPurgePass = ({
  rule,
  cursors,
  log,
  client,
  owner,
  acknowledge,
  wait,
  random,
  onFailure,
  onPurged,
}: PurgePassOptions): PurgePass => {
  const closing = new AbortController();
  const { signal } = closing;
  const closed = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('The purger was closed'))),
  );
  closed.catch(() => undefined);
  const running = new Set<Promise<void>>();
  let ripening = 0;
  /** The latest mark that ripens or has ripened. */
  let seen: PurgeMark | undefined;
  /** Everything up to here may be purged now. */
  let due: PurgeMark | undefined;
  let isWorking = false;
  let failures = 0;

  const purgeEverything = async (mark: PurgeMark): Promise<boolean> => {
    await client.purge([EVERYTHING_KEY], signal);
    return await cursors.advance(rule.name, owner, mark, HOLD_MS);
  };

  const isLost = (cursor: PurgeCursor, mark: PurgeMark): boolean =>
    cursor.epoch !== mark.epoch || cursor.allDone < mark.allAsked || mark.sequence - cursor.sequence > CHANGES_LIMIT;

  /** Purges from `cursor` to `mark`, moving the cursor after each reading. */
  const purgeTo = async (cursor: PurgeCursor, mark: PurgeMark): Promise<void> => {
    if (isLost(cursor, mark)) {
      await purgeEverything(mark);
      return;
    }
    for (let position = cursor.sequence; position < mark.sequence;) {
      const read = await log.after(position, READ_LIMIT);
      // Another log by now: it is seen, and everything goes.
      if (read.epoch !== mark.epoch) return;
      if (read.trimmedTo > position) {
        await purgeEverything(mark);
        return;
      }
      const changes = read.changes.filter(({ sequence }) => sequence <= mark.sequence);
      await client.purge(keysOf(changes), signal);
      position = changes.at(-1)?.sequence ?? mark.sequence;
      if (!(await cursors.advance(rule.name, owner, { ...mark, sequence: position }, HOLD_MS))) return;
    }
  };

  const work = async (mark: PurgeMark): Promise<void> => {
    const cursor = await cursors.claim(rule.name, owner, HOLD_MS);
    // Somebody else purges; whether they came to the end is seen at the next look.
    if (cursor === undefined) return;
    try {
      if (!covers(cursor, mark)) await purgeTo(cursor, mark);
    } finally {
      await cursors.release(rule.name, owner);
    }
    onPurged();
  };

  const backOff = async (reason: unknown): Promise<void> => {
    failures += 1;
    onFailure(reason);
    const most = Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));
    const asked = reason instanceof PurgeError ? reason.retryAfterMs : 0;
    // Processes that failed together do not come back together.
    const delayMs = Math.max(asked, most / 2 + (random() * most) / 2);
    await Promise.allSettled([wait(delayMs, signal)]);
  };

  const keep = (promise: Promise<void>): void => {
    running.add(promise);
    void promise.finally(() => running.delete(promise));
  };

  const drain = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    for (let done: PurgeMark | undefined; !signal.aborted;) {
      const mark = due;
      if (mark === undefined || mark === done) break;
      try {
        await work(mark);
        failures = 0;
        done = mark;
      } catch (error) {
        if (!signal.aborted) await backOff(error);
      }
    }
    isWorking = false;
  };

  const ripen = async (mark: PurgeMark): Promise<void> => {
    try {
      if (rule.isAcknowledged) await Promise.race([acknowledge(mark), closed]);
      if (rule.delayMs > 0) await wait(rule.delayMs, signal);
    } catch (error) {
      // Seen again at the next look.
      if (seen === mark) seen = undefined;
      if (!signal.aborted) onFailure(error);
      return;
    }
    if (isNewer(mark, due)) due = mark;
    await drain();
  };

  return {
    see({ cursor, mark }) {
      if (signal.aborted || covers(cursor, mark)) return;
      if (isNewer(mark, seen) && ripening < RIPENING_LIMIT) {
        seen = mark;
        ripening += 1;
        keep(ripen(mark).finally(() => (ripening -= 1)));
      } else if (due !== undefined && !covers(cursor, due)) keep(drain());
    },
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
};
