import type { Change } from '../../src/changes/change.ts';
import type { ChangeLog } from '../../src/changes/change-log.ts';
import type { CacheTag } from '../../src/content/tags.ts';

/** A log in memory whose readings the test can stop, fail and replace. */
export interface HandLog extends ChangeLog {
  append(tags: readonly CacheTag[], kind?: string): void;
  /** Another log stands there from now on, as after a restore. */
  replace(epoch: string, sequence: number): void;
  /** Called before every reading; what it throws, the reading throws. */
  beforeRead: () => Promise<void>;
  /** How often it was read. */
  reads(): number;
}

/** An empty log. */
export const createHandLog = (): HandLog => {
  let epoch = 'epoch-1';
  let first = 0;
  let changes: Change[] = [];
  let reads = 0;
  const head = () => ({ epoch, sequence: first + changes.length });
  const log: HandLog = {
    beforeRead: async () => undefined,
    reads: () => reads,
    append: (tags, kind = 'UPDATE') => {
      changes.push({ sequence: head().sequence + 1, kind, tags, occurredAt: 0 });
    },
    replace: (name, sequence) => {
      [epoch, first, changes] = [name, sequence, []];
    },
    head: async () => {
      await log.beforeRead();
      return head();
    },
    after: async (sequence, limit) => {
      const read = { epoch, changes: changes.filter((change) => change.sequence > sequence).slice(0, limit) };
      reads += 1;
      await log.beforeRead();
      return read;
    },
    relay: async () => 0,
    onNews: async () => async () => undefined,
  };
  return log;
};
