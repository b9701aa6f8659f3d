import type { Instant } from '../../clock.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { IndexedDesk } from './indexed-desk.ts';

/** `sweep`: what was saved since the last one; `inventory`: everything that is there. */
export type IndexTask = 'sweep' | 'inventory';

/** How far a task has come. */
export interface TaskRow {
  readonly task: IndexTask;
  /** Of the sweep: the save up to which all is known, by the source's clock. */
  readonly reachedAt: Instant | null;
  /** Null: never yet. */
  readonly doneAt: Instant | null;
  /** Since when it fails; null: it does not. */
  readonly failedAt: Instant | null;
  /** Since when far more is missing than is believed at once. */
  readonly suspectedAt: Instant | null;
}

interface RawRow extends Row {
  readonly task: IndexTask;
  readonly reached_at: Date | null;
  readonly done_at: Date | null;
  readonly failed_at: Date | null;
  readonly suspected_at: Date | null;
}

const COLUMNS = 'task, reached_at, done_at, failed_at, suspected_at';

const mapRow = (row: RawRow): TaskRow => ({
  task: row.task,
  reachedAt: row.reached_at?.getTime() ?? null,
  doneAt: row.done_at?.getTime() ?? null,
  failedAt: row.failed_at?.getTime() ?? null,
  suspectedAt: row.suspected_at?.getTime() ?? null,
});

const NEVER = { reachedAt: null, doneAt: null, failedAt: null, suspectedAt: null } as const;

/** For so long a task belongs to who claimed it last and is heard of no more: longer than a page of it takes. */
const CLAIM_SECONDS = 120;

/** How the tasks of a desk stand, as all processes see it. */
export const loadTasks = async (
  database: Queryable,
  { edition, sourceName }: IndexedDesk,
): Promise<Readonly<Record<IndexTask, TaskRow>>> => {
  const rows = await database.query<RawRow>(
    `SELECT ${COLUMNS} FROM index_tasks WHERE edition = $1 AND source = $2 AND task IN ('sweep', 'inventory')`,
    [edition, sourceName],
  );
  const found = new Map(rows.map((row) => [row.task, mapRow(row)]));
  return {
    sweep: found.get('sweep') ?? { ...NEVER, task: 'sweep' },
    inventory: found.get('inventory') ?? { ...NEVER, task: 'inventory' },
  };
};

/** Makes a task this process' own, for as long as it is heard of; undefined: another is at it. */
export const claimTask = async (
  database: Queryable,
  { edition, sourceName }: IndexedDesk,
  task: IndexTask,
): Promise<TaskRow | undefined> => {
  const [row] = await database.query<RawRow>(
    `INSERT INTO index_tasks AS t (edition, source, task, claimed_until)
     VALUES ($1, $2, $3, now() + $4 * interval '1 second')
     ON CONFLICT (edition, source, task) DO UPDATE SET claimed_until = excluded.claimed_until
      WHERE t.claimed_until IS NULL OR t.claimed_until < now()
     RETURNING ${COLUMNS}`,
    [edition, sourceName, task, CLAIM_SECONDS],
  );
  return row === undefined ? undefined : mapRow(row);
};

const update = async (
  database: Queryable,
  { edition, sourceName }: IndexedDesk,
  task: IndexTask,
  change: readonly [assignments: string, ...values: readonly unknown[]],
): Promise<void> => {
  const [assignments, ...values] = change;
  await database.query(`UPDATE index_tasks SET ${assignments} WHERE edition = $1 AND source = $2 AND task = $3`, [
    edition,
    sourceName,
    task,
    ...values,
  ]);
};

const CLAIM_ON = `claimed_until = now() + interval '${CLAIM_SECONDS} seconds'`;

/** Says that this process is at it still; of a sweep, how far it has come. */
export const advanceTask = (
  database: Queryable,
  desk: IndexedDesk,
  task: IndexTask,
  reachedAt: Instant | null = null,
): Promise<void> =>
  reachedAt === null
    ? update(database, desk, task, [CLAIM_ON])
    : update(database, desk, task, [
        `reached_at = greatest(reached_at, $4::timestamptz), ${CLAIM_ON}`,
        new Date(reachedAt),
      ]);

/** It is done, as of `now`. `isSuspected`: with less than is believed at once, so that it has to be done once more. */
export const finishTask = (
  database: Queryable,
  desk: IndexedDesk,
  task: IndexTask,
  { now, isSuspected = false }: { readonly now: Instant; readonly isSuspected?: boolean },
): Promise<void> =>
  update(database, desk, task, [
    `done_at = $4::timestamptz, failed_at = NULL, claimed_until = NULL,
     suspected_at = CASE WHEN $5::boolean THEN coalesce(suspected_at, $4::timestamptz) END`,
    new Date(now),
    isSuspected,
  ]);

/** It could not be done: its place stays, and it is tried again. */
export const failTask = (database: Queryable, desk: IndexedDesk, task: IndexTask, now: Instant): Promise<void> =>
  update(database, desk, task, [
    `failed_at = coalesce(failed_at, $4::timestamptz), claimed_until = NULL`,
    new Date(now),
  ]);

/** It is left as it is, for whoever comes next. */
export const leaveTask = (database: Queryable, desk: IndexedDesk, task: IndexTask): Promise<void> =>
  update(database, desk, task, ['claimed_until = NULL']);

/** Lets a task be done as soon as it can: what it would find is known to be other than what is written. */
export const urgeTask = (database: Queryable, desk: IndexedDesk, task: IndexTask, now: Instant): Promise<void> =>
  update(database, desk, task, ['failed_at = coalesce(failed_at, $4::timestamptz)', new Date(now)]);

/** From where the first sweep begins. */
export const placeSweep = async (
  database: Queryable,
  { edition, sourceName }: IndexedDesk,
  reachedAt: Instant,
): Promise<void> => {
  await database.query(
    `INSERT INTO index_tasks AS t (edition, source, task, reached_at) VALUES ($1, $2, 'sweep', $3::timestamptz)
     ON CONFLICT (edition, source, task) DO UPDATE SET reached_at = coalesce(t.reached_at, excluded.reached_at)`,
    [edition, sourceName, new Date(reachedAt)],
  );
};
