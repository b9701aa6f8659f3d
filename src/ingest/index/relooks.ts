import type { Instant } from '../../clock.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { IndexedDesk } from './indexed-desk.ts';

/** A look to be noted. */
export interface NewRelook {
  readonly sourceId: string;
  readonly at: Instant;
  /** When the story was told to be there again; null: it was not. */
  readonly liftedAt: Instant | null;
}

/** A look that is due. */
export interface Relook {
  readonly sourceId: string;
  readonly at: Instant;
  /** Whether the story was told to be there again. */
  readonly lifts: boolean;
}

interface RelookRow extends Row {
  readonly source_id: string;
  readonly at: Date;
  readonly lifts: boolean;
}

/** For how long a look that was taken is left to whoever took it: longer than one takes. */
const TAKEN_SECONDS = 60;

/**
 * Notes that these stories are to be looked at again, at `at`; a restart forgets none of it. What was told to be gone since
 * it was told to be there again is not noted as such: its row is locked, so that a withdrawal comes before or finds it.
 */
export const scheduleRelooks = async (
  database: Queryable,
  { edition, sourceName }: IndexedDesk,
  relooks: readonly NewRelook[],
): Promise<void> => {
  if (relooks.length === 0) return;
  await database.query(
    `WITH noted AS (
       SELECT source_id, at, max(lifted_at) AS lifted_at FROM json_to_recordset($1::json)
           AS r (source_id text, at timestamptz, lifted_at timestamptz) GROUP BY source_id, at),
     standing AS MATERIALIZED (
       SELECT source_id, is_killed, gone_at FROM index_stories
        WHERE edition = $2 AND source = $3 AND source_id IN (SELECT source_id FROM noted WHERE lifted_at IS NOT NULL)
        ORDER BY article_id FOR SHARE)
     INSERT INTO index_relooks AS l (edition, source, source_id, at, lifts)
     SELECT $2, $3, source_id, at, lifted_at IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM standing s WHERE s.source_id = n.source_id AND s.is_killed AND s.gone_at >= n.lifted_at)
       FROM noted n
     ON CONFLICT (edition, source, source_id, at) DO UPDATE SET lifts = l.lifts OR excluded.lifts, taken_until = NULL`,
    [
      JSON.stringify(
        relooks.map(({ sourceId, at, liftedAt }) => ({
          source_id: sourceId,
          at: new Date(at).toISOString(),
          lifted_at: liftedAt === null ? null : new Date(liftedAt).toISOString(),
        })),
      ),
      edition,
      sourceName,
    ],
  );
};

/** These stories are told to be gone: looks noted before bring none of them back. */
export const forgetLifts = async (
  transaction: Queryable,
  { edition, sourceName }: IndexedDesk,
  sourceIds: readonly string[],
): Promise<void> => {
  await transaction.query(
    `UPDATE index_relooks SET lifts = false
      WHERE edition = $1 AND source = $2 AND source_id = ANY ($3::text[]) AND lifts`,
    [edition, sourceName, sourceIds],
  );
};

/** Takes up to `limit` looks that are due at `now`: no other process does, until this one is done or has died. */
export const takeRelooks = async (
  database: Queryable,
  { edition, sourceName }: IndexedDesk,
  now: Instant,
  limit: number,
): Promise<readonly Relook[]> => {
  const rows = await database.query<RelookRow>(
    `UPDATE index_relooks l SET taken_until = now() + $5 * interval '1 second'
      WHERE (l.edition, l.source, l.source_id, l.at) IN (
        SELECT edition, source, source_id, at FROM index_relooks
         WHERE edition = $1 AND source = $2 AND at <= $3::timestamptz AND (taken_until IS NULL OR taken_until < now())
         ORDER BY at LIMIT $4 FOR UPDATE SKIP LOCKED)
     RETURNING source_id, at, lifts`,
    [edition, sourceName, new Date(now), limit, TAKEN_SECONDS],
  );
  return rows.map(({ source_id: sourceId, at, lifts }) => ({ sourceId, at: at.getTime(), lifts }));
};

const keyed = ({ edition, sourceName }: IndexedDesk, relooks: readonly Relook[]): readonly unknown[] => [
  edition,
  sourceName,
  relooks.map(({ sourceId }) => sourceId),
  relooks.map(({ at }) => new Date(at)),
];

const THESE = `edition = $1 AND source = $2
  AND (source_id, at) IN (SELECT * FROM unnest($3::text[], $4::timestamptz[]))`;

/** They are done. */
export const finishRelooks = async (
  database: Queryable,
  desk: IndexedDesk,
  relooks: readonly Relook[],
): Promise<void> => {
  if (relooks.length > 0) await database.query(`DELETE FROM index_relooks WHERE ${THESE}`, keyed(desk, relooks));
};

/** They could not be done: whoever comes next takes them again. */
export const returnRelooks = async (
  database: Queryable,
  desk: IndexedDesk,
  relooks: readonly Relook[],
): Promise<void> => {
  if (relooks.length > 0)
    await database.query(`UPDATE index_relooks SET taken_until = NULL WHERE ${THESE}`, keyed(desk, relooks));
};
