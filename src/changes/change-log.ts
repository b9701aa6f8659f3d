import type { Database } from '../database/database.ts';
import type { CacheTag } from '../content/tags.ts';
import type { Change } from './change.ts';

/** The durable, ordered record of what happened to which content. */
export interface ChangeLog {
  /** Which log this is and its last sequence. */
  head(): Promise<{ readonly epoch: string; readonly sequence: number }>;
  /** Changes after `sequence`, in order, at most `limit`; `epoch` is read in the same snapshot. */
  after(sequence: number, limit: number): Promise<{ readonly epoch: string; readonly changes: readonly Change[] }>;
  /**
   * Moves what lies in the outbox into the log, giving each row its sequence.
   *
   * @returns how many were moved, at most `limit`; fewer means the outbox is empty.
   */
  relay(limit: number): Promise<number>;
  /** Calls back when the outbox or the log may have grown; also after a lost connection came back. */
  onNews(callback: () => void): Promise<() => Promise<void>>;
}

interface ChangeRow {
  readonly [column: string]: unknown;
  readonly epoch: string;
  readonly sequence: string | null;
  readonly kind: string;
  readonly tags: CacheTag[];
  readonly occurred_at: Date;
}

/** The log in SQL. */
export const createChangeLog = (database: Database): ChangeLog => ({
  async head() {
    const [row] = await database.query<{ epoch: string; sequence: string }>(
      'SELECT epoch, sequence FROM change_log_head',
    );
    if (row === undefined) throw new TypeError('change_log_head is empty: the migrations make its row');
    return { epoch: row.epoch, sequence: Number(row.sequence) };
  },

  async after(sequence, limit) {
    const rows = await database.query<ChangeRow>(
      `SELECT h.epoch, c.sequence, c.kind, c.tags, c.occurred_at
         FROM change_log_head h
         LEFT JOIN LATERAL (SELECT * FROM change_log WHERE change_log.sequence > $1 ORDER BY change_log.sequence LIMIT $2) c ON true
        ORDER BY c.sequence`,
      [sequence, limit],
    );
    return {
      epoch: rows[0]?.epoch ?? '',
      changes: rows.flatMap((row) =>
        row.sequence === null
          ? []
          : [{ sequence: Number(row.sequence), kind: row.kind, tags: row.tags, occurredAt: row.occurred_at.getTime() }],
      ),
    };
  },

  relay: (limit) =>
    database.transaction(async (transaction) => {
      // A statement of its own: whoever waits here has its snapshot taken afterwards, so sequence order is commit order.
      await transaction.query('SELECT sequence FROM change_log_head FOR UPDATE');
      // Whatever rows are visible are taken, whatever their ids: an id given early may be committed late.
      const moved = await transaction.query(
        `WITH taken AS (
           DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT $1)
           RETURNING id, kind, article_id, edition, tags, version, occurred_at
         )
         INSERT INTO change_log (sequence, kind, article_id, edition, tags, version, occurred_at)
         SELECT h.sequence + row_number() OVER (ORDER BY t.id), t.kind, t.article_id, t.edition, t.tags, t.version, t.occurred_at
           FROM taken t, change_log_head h
         RETURNING sequence`,
        [limit],
      );
      if (moved.length > 0) {
        await transaction.query(`UPDATE change_log_head SET sequence = sequence + $1`, [moved.length]);
        await transaction.query(`SELECT pg_notify('changes', '')`);
      }
      return moved.length;
    }),

  async onNews(callback) {
    const stops = await Promise.all(['outbox', 'changes'].map((channel) => database.listen(channel, callback)));
    return async () => {
      await Promise.all(stops.map((stop) => stop()));
    };
  },
});
