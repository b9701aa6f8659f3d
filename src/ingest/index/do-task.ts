import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { claimTask, failTask, leaveTask, type IndexTask, type TaskRow } from './index-tasks.ts';
import type { IndexedDesk } from './indexed-desk.ts';

export interface DoTaskOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly desk: IndexedDesk;
  /** Ended by it, a task is left as it is; otherwise it has failed. */
  readonly signal?: AbortSignal;
}

/**
 * Does a task that no other process is at. `work` is given how far it has come, and finishes it.
 *
 * @returns false when another process is at it.
 */
export const doTask = async (
  { database, clock, desk, signal }: DoTaskOptions,
  task: IndexTask,
  work: (place: TaskRow) => Promise<void>,
): Promise<boolean> => {
  const place = await claimTask(database, desk, task);
  if (place === undefined) return false;
  try {
    await work(place);
    return true;
  } catch (error) {
    const end =
      signal?.aborted === true ? leaveTask(database, desk, task) : failTask(database, desk, task, clock.now());
    await end.catch(() => undefined);
    throw error;
  }
};
