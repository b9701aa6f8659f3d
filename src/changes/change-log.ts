import type { Database, Queryable } from '../database/database.ts';
import type { TombstoneOrder } from '../content/tombstones.ts';
import { CHANGE_COLUMNS_SQL, mapChange, type ChangeRow } from './change-row.ts';
import type { Change } from './change.ts';
import { LAPSE_ALL_SQL, LAPSE_UNKNOWN_SQL } from './leases.ts';
import { recordTombstones } from './tombstone-table.ts';

/** Which log stands there, and how much of it. Epochs are never compared by order: another one is another log. */
export interface LogHead {
  readonly epoch: string;
  /** Of the last change. */
  readonly sequence: number;
  /** Changes up to here may be missing from the log. */
  readonly trimmedTo: number;
  /** Whether the database was promoted, or restored elsewhere, since the epoch was made: acknowledged changes may be gone. */
  readonly isMoved: boolean;
}

/** The durable, ordered record of what happened to which content. */
export interface ChangeLog {
  head(): Promise<LogHead>;
  /** Changes after `sequence`, in order, at most `limit`; the head is read in the same snapshot. */
  after(sequence: number, limit: number): Promise<LogHead & { readonly changes: readonly Change[] }>;
  /** The sequence before the first change recorded in the last `seconds`; the head's when there is none. */
  sequenceBefore(seconds: number): Promise<number>;
  /**
   * Moves what lies in the outbox into the log, giving each row its sequence.
   *
   * @param isPatient waits for whoever moves rows just now; otherwise theirs is left to them.
   * Articles that are taken back go first, each with what lies there of it before: a takedown waits behind no import.
   *
   * @returns how many were moved, at most `limit`; 0: the outbox is empty, or somebody else is at it.
   */
  relay(limit: number, isPatient?: boolean): Promise<number>;
  /**
   * Replaces epoch `old`, unless somebody has: whatever was kept under it is worth nothing. Who trusted it stops within
   * a lease; until then nothing is acknowledged.
   *
   * @param degradedSeconds how long a process cut off from this database may go on; named in acknowledgements meanwhile.
   * @returns the epoch that stands now.
   */
  replaceEpoch(old: string, degradedSeconds?: number): Promise<string>;
  /** Calls back when the outbox or the log may have grown; also after a lost connection came back. */
  onNews(callback: () => void): Promise<() => Promise<void>>;
}

/** Articles taken back that one relay takes first. */
const URGENT_LIMIT = 50;

/** The server and its timeline. Fails on a standby: the log is read from the primary. */
const LINEAGE_SQL = `(SELECT system_identifier FROM pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)`;

/** Waits for the log, and says whether it is still on the server it was written on. */
export const LOCK_HEAD_SQL = `SELECT lineage IS NOT NULL AND lineage <> ${LINEAGE_SQL} AS is_moved FROM change_log_head FOR UPDATE`;

const HEAD_SQL = `h.epoch, h.sequence AS head, h.trimmed_to, h.lineage IS DISTINCT FROM ${LINEAGE_SQL} AS is_moved`;

interface HeadRow {
  readonly [column: string]: unknown;
  readonly epoch: string;
  readonly head: string;
  readonly trimmed_to: string;
  readonly is_moved: boolean;
}

const mapHead = (row: HeadRow | undefined): LogHead => {
  if (row === undefined) throw new TypeError('change_log_head is empty: the migrations make its row');
  return {
    epoch: row.epoch,
    sequence: Number(row.head),
    trimmedTo: Number(row.trimmed_to),
    isMoved: row.is_moved,
  };
};

/** `ChangeLog.replaceEpoch`, with whatever else `transaction` does: who takes the new epoch up sees that too. */
export const replaceEpochIn = async (transaction: Queryable, old: string, degradedSeconds: number): Promise<string> => {
  const [head] = await transaction.query<{ readonly epoch: string }>('SELECT epoch FROM change_log_head FOR UPDATE');
  if (head === undefined || head.epoch !== old) return head?.epoch ?? '';
  const [made] = await transaction.query<{ readonly epoch: string }>(
    `UPDATE change_log_head SET epoch = gen_random_uuid(), epoch_since = clock_timestamp(), lineage = ${LINEAGE_SQL}
     RETURNING epoch`,
  );
  // Who held a lease may be cut off from this database, and answer from before until its degraded window ends.
  await transaction.query(LAPSE_ALL_SQL);
  await transaction.query(LAPSE_UNKNOWN_SQL, [degradedSeconds]);
  await transaction.query(`SELECT pg_notify('changes', '')`);
  return made?.epoch ?? '';
};

/** The log in SQL. */
export const createChangeLog = (database: Database): ChangeLog => ({
  async head() {
    // A new log takes the server it is first read on for its own.
    await database.query(`UPDATE change_log_head SET lineage = ${LINEAGE_SQL} WHERE lineage IS NULL`);
    const [row] = await database.query<HeadRow>(`SELECT ${HEAD_SQL} FROM change_log_head h`);
    return mapHead(row);
  },

  async after(sequence, limit) {
    const rows = await database.query<HeadRow & (ChangeRow | { readonly sequence: null })>(
      `SELECT ${HEAD_SQL}, ${CHANGE_COLUMNS_SQL}
         FROM change_log_head h
         LEFT JOIN LATERAL (SELECT * FROM change_log WHERE change_log.sequence > $1 ORDER BY change_log.sequence LIMIT $2) c ON true
        ORDER BY c.sequence`,
      [sequence, limit],
    );
    return {
      ...mapHead(rows[0]),
      changes: rows.flatMap((row) => (row.sequence === null ? [] : [mapChange(row as ChangeRow)])),
    };
  },

  async sequenceBefore(seconds) {
    const [row] = await database.query<{ readonly before: string }>(
      `SELECT coalesce(
         (SELECT min(sequence) - 1 FROM change_log WHERE recorded_at > now() - make_interval(secs => $1)),
         (SELECT sequence FROM change_log_head)) AS before`,
      [seconds],
    );
    return Number(row?.before);
  },

  async relay(limit, isPatient = false) {
    // Most steps find nothing: then nobody's lock is asked for.
    if ((await database.query('SELECT FROM outbox LIMIT 1')).length === 0) return 0;
    return database.transaction(async (transaction) => {
      // A statement of its own: whoever waits here has its snapshot taken afterwards, so sequence order is commit order.
      const held = await transaction.query(
        `SELECT sequence FROM change_log_head FOR UPDATE ${isPatient ? '' : 'SKIP LOCKED'}`,
      );
      if (held.length === 0) return 0;
      // Whatever rows are visible are taken, whatever their ids: an id given early may be committed late.
      const moved = await transaction.query<{ readonly sequence: string; readonly tombstone: TombstoneOrder | null }>(
        `WITH urgent AS MATERIALIZED (
           SELECT id FROM outbox
            WHERE article_id IN (
              SELECT article_id FROM outbox WHERE kind IN ('KILL', 'RIGHTS_CHANGE') ORDER BY id LIMIT ${URGENT_LIMIT})
            ORDER BY id LIMIT $1
         ), taken AS (
           DELETE FROM outbox WHERE id IN (
             SELECT id FROM urgent
             UNION ALL
             (SELECT id FROM outbox WHERE NOT EXISTS (SELECT FROM urgent) ORDER BY id LIMIT $1))
           RETURNING id, kind, article_id, edition, tags, version, occurred_at, is_soft, tombstone, facets
         )
         INSERT INTO change_log (sequence, kind, article_id, edition, tags, version, occurred_at, is_soft, tombstone, facets)
         SELECT h.sequence + row_number() OVER (ORDER BY t.id), t.kind, t.article_id, t.edition, t.tags, t.version,
                t.occurred_at, t.is_soft, t.tombstone, t.facets
           FROM taken t, change_log_head h
         RETURNING sequence, tombstone`,
        [limit],
      );
      if (moved.length > 0) {
        const orders = moved
          .toSorted((a, b) => Number(a.sequence) - Number(b.sequence))
          .flatMap(({ tombstone }) => (tombstone === null ? [] : [tombstone]));
        await recordTombstones(transaction, orders);
        await transaction.query(`UPDATE change_log_head SET sequence = sequence + $1`, [moved.length]);
        await transaction.query(`SELECT pg_notify('changes', '')`);
      }
      return moved.length;
    });
  },

  replaceEpoch: (old, degradedSeconds = 0) =>
    database.transaction((transaction) => replaceEpochIn(transaction, old, degradedSeconds)),

  async onNews(callback) {
    const stops: (() => Promise<void>)[] = [];
    try {
      for (const channel of ['outbox', 'changes']) stops.push(await database.listen(channel, callback));
    } catch (error) {
      await Promise.all(stops.map((stop) => stop()));
      throw error;
    }
    return async () => {
      await Promise.all(stops.map((stop) => stop()));
    };
  },
});
