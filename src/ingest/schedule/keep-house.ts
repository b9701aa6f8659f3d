import { trimDeltas } from '../../changes/trim-deltas.ts';
import { KEEP_CHANGES_SECONDS, trimLog } from '../../changes/trim-log.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { analyseAnew } from '../analyse-anew.ts';
import { lockSchedule } from './announce-due.ts';
import { restoreSchedule, trimContent } from './trim-content.ts';

/**
 * Rows removed by table, instants put on the schedule that were missing there, and articles analysed anew that a process
 * of an older release had written meanwhile.
 */
export interface Kept {
  readonly changes: number;
  readonly requests: number;
  readonly deltas: number;
  readonly boundaries: number;
  readonly engagementHours: number;
  readonly engagementOnce: number;
  readonly engagementSalts: number;
  readonly restored: number;
  readonly analysed: number;
}

export interface KeepHouseOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** Default: a day. */
  readonly keepChangesSeconds?: number;
  /** Analyses what an older release has written meanwhile; default: in this turn, which then takes as long. */
  readonly analyse?: () => Promise<number>;
}

const STATEMENT_TIMEOUT_MS = 60_000;

/** Whether an hour has passed since anybody kept house; then this process does, and nobody else for an hour. */
const claim = (database: Database): Promise<boolean> =>
  database.transaction(async (transaction) => {
    if (!(await lockSchedule(transaction))) return false;
    const claimed = await transaction.query(
      `UPDATE housekeeping SET done_at = now() WHERE done_at <= now() - interval '1 hour' RETURNING 1`,
    );
    return claimed.length > 0;
  });

/**
 * Removes what nobody can ask for any more, once an hour over all processes, in short transactions: retention is
 * described in `docs/operations/retention.md`.
 *
 * @returns null when it was not this process' turn.
 */
export const keepHouse = async ({
  database,
  clock,
  keepChangesSeconds = KEEP_CHANGES_SECONDS,
  analyse = () => analyseAnew(database, { clock }),
}: KeepHouseOptions): Promise<Kept | null> => {
  if (!(await claim(database))) return null;
  const content = await trimContent(database, clock.now());
  const log = await trimLog(database, { keepSeconds: keepChangesSeconds });
  const deltas = await trimDeltas(database);
  const restored = await database.transaction((transaction) => restoreSchedule(transaction, clock.now()), {
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  const analysed = await analyse();
  return { ...content, ...log, deltas, restored, analysed };
};
