import type { EditionCode } from '../content/edition.ts';
import type { Queryable } from '../database/database.ts';
import type { TombstoneOrder } from '../content/tombstones.ts';

const INSERT_SQL = 'INSERT INTO tombstones (article_id, edition, slugs, paths, is_copied)';
const LAID_SQL = `json_to_recordset($1::json) AS r ("articleId" text, edition text, slugs text[], paths text[])`;

type Lay = Extract<TombstoneOrder, { order: 'lay' }>;

/**
 * Carries out `orders`, the last one of each article, in the transaction that gives them their place in the log.
 *
 * @param isCopied whether they were given in the database of a store.
 */
export const recordTombstones = async (
  transaction: Queryable,
  orders: readonly TombstoneOrder[],
  isCopied = false,
): Promise<void> => {
  if (orders.length === 0) return;
  const last = [...new Map(orders.map((order) => [order.articleId, order])).values()];
  await transaction.query('DELETE FROM tombstones WHERE article_id = ANY ($1)', [
    last.map(({ articleId }) => articleId),
  ]);
  await transaction.query(`${INSERT_SQL} SELECT "articleId", edition, slugs, paths, $2::boolean FROM ${LAID_SQL}`, [
    JSON.stringify(last.filter(({ order }) => order === 'lay')),
    isCopied,
  ]);
};

/**
 * Makes `lying` all that is known of the tombstones of a store that holds `editions`. Those laid here stay whatever is
 * said there, with the addresses that are known there.
 */
export const replaceCopiedTombstones = async (
  transaction: Queryable,
  editions: readonly EditionCode[],
  lying: readonly Lay[],
): Promise<void> => {
  await transaction.query('DELETE FROM tombstones WHERE is_copied AND edition = ANY ($1)', [editions]);
  await transaction.query(
    `${INSERT_SQL} SELECT "articleId", edition, slugs, paths, true FROM ${LAID_SQL}
     ON CONFLICT (article_id) DO UPDATE SET slugs = excluded.slugs, paths = excluded.paths`,
    [JSON.stringify(lying.filter(({ edition }) => editions.includes(edition)))],
  );
};

/** Every tombstone that lies, as of a place in the log: of one snapshot. */
export interface LyingTombstones {
  /** Orders up to here are carried out. */
  readonly sequence: number;
  readonly lying: readonly Lay[];
}

/** What lies, and as of when. */
export const loadTombstones = async (database: Queryable): Promise<LyingTombstones> => {
  const rows = await database.query<{ readonly sequence: string; readonly stone: Lay | null }>(
    `SELECT h.sequence, CASE WHEN t.article_id IS NOT NULL THEN jsonb_build_object('order', 'lay', 'articleId', t.article_id,
            'edition', t.edition, 'slugs', t.slugs, 'paths', t.paths) END AS stone
       FROM change_log_head h LEFT JOIN tombstones t ON true`,
  );
  return {
    sequence: Number(rows[0]?.sequence ?? 0),
    lying: rows.flatMap(({ stone }) => (stone === null ? [] : [stone])),
  };
};
