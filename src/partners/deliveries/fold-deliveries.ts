import type { Instant } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { sqlStateOf } from '../../database/store-failure.ts';

/** How many rows were removed. */
export interface FoldedDeliveries {
  readonly deliveries: number;
  readonly manifests: number;
  readonly heldVersions: number;
}

const DAY_MS = 86_400_000;
/** An answer that was not given for so long has changed. */
const FOLD_AFTER_MS = DAY_MS;
/** More than a year: what was republished then may still stand. */
const KEEP_MS = 400 * DAY_MS;
const BATCH_SIZE = 500;
const STATEMENT_TIMEOUT_MS = 60_000;

const FOREIGN_KEY_VIOLATION = '23503';

// Rows that somebody writes just now are left for the next time.
const FOLD_SQL = `
WITH old AS (
  DELETE FROM deliveries WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM deliveries WHERE last_at < $1::timestamptz ORDER BY last_at LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED))
  RETURNING partner_id, digest, via, first_at, last_at, times
), kept AS (
  INSERT INTO held_versions (article_id, partner_id, version, via, extent, first_at, last_at, times)
  SELECT i.article_id, o.partner_id, i.version, o.via, max(i.extent), min(o.first_at), max(o.last_at), sum(o.times)
    FROM old o JOIN manifests m ON m.digest = o.digest
   CROSS JOIN LATERAL unnest(m.article_ids, m.versions, m.extents) AS i (article_id, version, extent)
   GROUP BY i.article_id, o.partner_id, i.version, o.via
  ON CONFLICT (article_id, partner_id, version, via) DO UPDATE SET
    extent = greatest(held_versions.extent, excluded.extent),
    first_at = least(held_versions.first_at, excluded.first_at),
    last_at = greatest(held_versions.last_at, excluded.last_at),
    times = held_versions.times + excluded.times
)
SELECT FROM old`;

const MANIFESTS_SQL = `
DELETE FROM manifests WHERE ctid = ANY (ARRAY(
  SELECT m.ctid FROM manifests m WHERE NOT EXISTS (SELECT FROM deliveries d WHERE d.digest = m.digest)
   LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED))
RETURNING 1`;

const HELD_SQL = `
DELETE FROM held_versions WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM held_versions WHERE last_at < $1::timestamptz LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED))
RETURNING 1`;

const repeat = async (database: Database, sql: string, values: readonly unknown[]): Promise<number> => {
  for (let total = 0; ;) {
    const rows = await database.transaction((transaction) => transaction.query(sql, values), {
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    total += rows.length;
    if (rows.length < BATCH_SIZE) return total;
  }
};

/** A manifest that is given again at this very moment stays: the next time finds it. */
const removeManifests = async (database: Database): Promise<number> => {
  try {
    return await repeat(database, MANIFESTS_SQL, []);
  } catch (error) {
    if (sqlStateOf(error) === FOREIGN_KEY_VIOLATION) return 0;
    throw error;
  }
};

/**
 * Puts what was given longer than a day ago together by article and version, so that it grows with what is published and not
 * with what is answered; and removes what was given last more than 400 days ago.
 */
export const foldDeliveries = async (database: Database, now: Instant): Promise<FoldedDeliveries> => ({
  deliveries: await repeat(database, FOLD_SQL, [new Date(now - FOLD_AFTER_MS)]),
  manifests: await removeManifests(database),
  heldVersions: await repeat(database, HELD_SQL, [new Date(now - KEEP_MS)]),
});
