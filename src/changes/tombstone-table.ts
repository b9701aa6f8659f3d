import type { Queryable } from '../database/database.ts';
import type { TombstoneOrder } from '../content/tombstones.ts';

type Lay = Extract<TombstoneOrder, { order: 'lay' }>;

/** Carries out `orders`, the last one of each article, in the transaction that gives them their place in the log. */
export const recordTombstones = async (transaction: Queryable, orders: readonly TombstoneOrder[]): Promise<void> => {
  if (orders.length === 0) return;
  const last = [...new Map(orders.map((order) => [order.articleId, order])).values()];
  await transaction.query('DELETE FROM tombstones WHERE article_id = ANY ($1)', [
    last.map(({ articleId }) => articleId),
  ]);
  await transaction.query(
    `INSERT INTO tombstones (article_id, edition, slugs, paths)
     SELECT "articleId", edition, slugs, paths FROM json_to_recordset($1::json)
       AS r ("articleId" text, edition text, slugs text[], paths text[])`,
    [JSON.stringify(last.filter(({ order }) => order === 'lay'))],
  );
};

/** Every tombstone that lies. */
export const loadTombstones = async (database: Queryable): Promise<readonly Lay[]> =>
  database.query<Lay & { readonly [column: string]: unknown }>(
    `SELECT 'lay' AS order, article_id AS "articleId", edition, slugs, paths FROM tombstones`,
  );
