import type { Instant } from '../clock.ts';
import type { ArticleId } from '../content/ids.ts';
import type { Queryable } from '../database/database.ts';

/** That an article was taken down by hand, or put back. */
export interface TakedownOrder {
  readonly articleId: ArticleId;
  readonly kind: 'lay' | 'lift';
  /** For whoever runs the gateway; null: nobody said. */
  readonly reason: string | null;
  readonly orderedAt: Instant;
}

/** Writes an order down; with what it does, where that is one transaction. */
export const saveOrder = async (
  database: Queryable,
  { articleId, kind, reason, orderedAt }: TakedownOrder,
): Promise<void> => {
  await database.query('INSERT INTO takedown_orders (article_id, kind, reason, ordered_at) VALUES ($1, $2, $3, $4)', [
    articleId,
    kind,
    reason,
    new Date(orderedAt),
  ]);
};

/** Every order about `articleId`, the latest first. */
export const loadOrders = async (database: Queryable, articleId: ArticleId): Promise<readonly TakedownOrder[]> => {
  const rows = await database.query<{
    readonly kind: 'lay' | 'lift';
    readonly reason: string | null;
    readonly ordered_at: Date;
  }>('SELECT kind, reason, ordered_at FROM takedown_orders WHERE article_id = $1 ORDER BY number DESC', [articleId]);
  return rows.map(({ kind, reason, ordered_at: orderedAt }) => ({
    articleId,
    kind,
    reason,
    orderedAt: orderedAt.getTime(),
  }));
};
