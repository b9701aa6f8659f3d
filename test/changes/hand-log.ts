import type { Change, ChangeKind } from '../../src/changes/change.ts';
import type { ChangeLog } from '../../src/changes/change-log.ts';
import type { CacheTag } from '../../src/content/tags.ts';

/** A log in memory whose readings the test can stop, fail and replace. */
export interface HandLog extends ChangeLog {
  append(tags: readonly CacheTag[], kind?: ChangeKind, more?: Partial<Change>): void;
  /** Forgets changes up to `sequence`. */
  trim(sequence: number): void;
  /** The database was promoted, or restored elsewhere. */
  move(): void;
  /** Another log stands there from now on, as after a restore. */
  replace(epoch: string, sequence: number): void;
  /** Called before every reading; what it throws, the reading throws. */
  beforeRead: () => Promise<void>;
  /** The last sequence. */
  last(): number;
  /** How often it was read. */
  reads(): number;
}

/** An empty log. */
export const createHandLog = (): HandLog => {
  let epoch = 'epoch-1';
  let first = 0;
  let changes: Change[] = [];
  let reads = 0;
  let trimmedTo = 0;
  let isMoved = false;
  const head = () => ({ epoch, sequence: first + changes.length, trimmedTo, isMoved });
  const log: HandLog = {
    beforeRead: async () => undefined,
    last: () => head().sequence,
    reads: () => reads,
    append: (tags, kind = 'UPDATE', more = {}) => {
      const plain = { articleId: null, edition: null, version: null, isSoft: false, tombstone: null, occurredAt: 0 };
      changes.push({ ...plain, sequence: head().sequence + 1, kind, tags, ...more });
    },
    trim: (sequence) => {
      trimmedTo = sequence;
    },
    move: () => {
      isMoved = true;
    },
    replace: (name, sequence) => {
      [epoch, first, changes] = [name, sequence, []];
      trimmedTo = sequence;
    },
    head: async () => {
      await log.beforeRead();
      return head();
    },
    after: async (sequence, limit) => {
      const read = { ...head(), changes: changes.filter((change) => change.sequence > sequence).slice(0, limit) };
      reads += 1;
      await log.beforeRead();
      return read;
    },
    sequenceBefore: async () => trimmedTo,
    relay: async () => 0,
    replaceEpoch: async (old) => {
      if (old === epoch) [epoch, isMoved] = [`${epoch}+`, false];
      return epoch;
    },
    onNews: async () => async () => undefined,
  };
  return log;
};
