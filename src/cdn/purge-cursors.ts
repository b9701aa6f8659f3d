import { createHash } from 'node:crypto';
import type { Database } from '../database/database.ts';

/** Place in the history of a log: everything up to it. Where `allAsked` is higher, everything must go once more. */
export interface PurgeMark {
  readonly epoch: string;
  readonly sequence: number;
  readonly allAsked: number;
}

/** How far one pass has come. */
export interface PurgeCursor {
  /** null: nothing was purged yet. */
  readonly epoch: string | null;
  readonly sequence: number;
  readonly allDone: number;
}

export interface PurgeState {
  readonly pass: string;
  readonly cursor: PurgeCursor;
  /** Where the cursor is to go. */
  readonly mark: PurgeMark;
  /** Since when the oldest change that was not purged stands in the log; 0: none. */
  readonly behindSeconds: number;
}

/** How far a CDN has been purged, in SQL: shared by every process. */
export interface PurgeCursors {
  /** Makes rows for `passes`; asks for everything to go when answers were made with another `build` before. */
  open(passes: readonly string[], build: string): Promise<void>;
  /** Asks for everything to go if others make answers with another build than `build` by now. */
  leave(build: string): Promise<void>;
  look(): Promise<readonly PurgeState[]>;
  /**
   * The cursor, when nobody else purges just now; renewed by `advance`, over after `holdMs`. It spares others the work
   * and guards nothing: purging twice does no harm, and a cursor only moves on.
   */
  claim(pass: string, owner: string, holdMs: number): Promise<PurgeCursor | undefined>;
  /** Moves the cursor on. False: somebody else has been there already. */
  advance(pass: string, owner: string, mark: PurgeMark, holdMs: number): Promise<boolean>;
  release(pass: string, owner: string): Promise<void>;
  /** Calls back when a cursor has moved. */
  onMoved(callback: () => void): Promise<() => Promise<void>>;
}

interface CursorRow {
  readonly [column: string]: unknown;
  readonly epoch: string | null;
  readonly sequence: string;
  readonly all_done: string;
}

interface StateRow extends CursorRow {
  readonly pass: string;
  readonly all_asked: string;
  readonly head_epoch: string;
  readonly head: string;
  readonly behind_seconds: number;
}

const mapCursor = (row: CursorRow): PurgeCursor => ({
  epoch: row.epoch,
  sequence: Number(row.sequence),
  allDone: Number(row.all_done),
});

/** Whether everything up to `mark` is gone. */
export const covers = (cursor: PurgeCursor, mark: PurgeMark): boolean =>
  cursor.epoch === mark.epoch && cursor.sequence >= mark.sequence && cursor.allDone >= mark.allAsked;

/** What a CDN is known by: a digest, because its purge address may hold a secret. A new token is no new CDN. */
export const targetOf = (url: string): string => createHash('sha256').update(url).digest('hex');

/** @param target digest of the purge address: another CDN has another history. */
export const createPurgeCursors = (database: Database, target: string): PurgeCursors => ({
  async open(passes, build) {
    await database.query(
      `INSERT INTO cdn_purges AS p (target, pass, build) SELECT $1, pass, $3 FROM unnest($2::text[]) AS pass
       ON CONFLICT (target, pass) DO UPDATE SET build = EXCLUDED.build, all_asked = p.all_asked + 1
        WHERE p.build <> EXCLUDED.build`,
      [target, passes, build],
    );
  },

  async leave(build) {
    await database.query('UPDATE cdn_purges SET all_asked = all_asked + 1 WHERE target = $1 AND build <> $2', [
      target,
      build,
    ]);
  },

  async look() {
    const rows = await database.query<StateRow>(
      `SELECT h.epoch AS head_epoch, h.sequence AS head, p.pass, p.epoch, p.sequence, p.all_asked, p.all_done,
              coalesce((SELECT extract(epoch FROM clock_timestamp() - c.recorded_at)::float8 FROM change_log c
                         WHERE c.sequence > p.sequence ORDER BY c.sequence LIMIT 1), 0) AS behind_seconds
         FROM change_log_head h, cdn_purges p WHERE p.target = $1`,
      [target],
    );
    return rows.map((row) => ({
      pass: row.pass,
      cursor: mapCursor(row),
      mark: { epoch: row.head_epoch, sequence: Number(row.head), allAsked: Number(row.all_asked) },
      behindSeconds: row.behind_seconds,
    }));
  },

  async claim(pass, owner, holdMs) {
    const [row] = await database.query<CursorRow>(
      `UPDATE cdn_purges SET owner = $3, owned_until = clock_timestamp() + make_interval(secs => $4)
        WHERE target = $1 AND pass = $2 AND (owner IS NULL OR owner = $3 OR owned_until < clock_timestamp())
       RETURNING epoch, sequence, all_done`,
      [target, pass, owner, holdMs / 1000],
    );
    return row === undefined ? undefined : mapCursor(row);
  },

  async advance(pass, owner, { epoch, sequence, allAsked }, holdMs) {
    const moved = await database.query(
      `WITH moved AS (
         UPDATE cdn_purges
            SET epoch = $4, sequence = CASE WHEN epoch = $4 THEN greatest(sequence, $5) ELSE $5 END,
                all_done = greatest(all_done, $6),
                owned_until = CASE WHEN owner = $3 THEN clock_timestamp() + make_interval(secs => $7) ELSE owned_until END
          WHERE target = $1 AND pass = $2 AND (epoch IS DISTINCT FROM $4 OR sequence < $5 OR all_done < $6)
         RETURNING pass
       )
       SELECT pg_notify('cdn_purged', pass) FROM moved`,
      [target, pass, owner, epoch, sequence, allAsked, holdMs / 1000],
    );
    return moved.length > 0;
  },

  async release(pass, owner) {
    await database.query('UPDATE cdn_purges SET owner = NULL WHERE target = $1 AND pass = $2 AND owner = $3', [
      target,
      pass,
      owner,
    ]);
  },

  onMoved: (callback) => database.listen('cdn_purged', callback),
});
