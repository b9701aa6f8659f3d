import type { ArticleId } from '../../content/ids.ts';
import type { Queryable } from '../../database/database.ts';

/** Takes from these articles the addresses they stand at: they answer GONE until another takes them. */
export const releaseAddresses = async (transaction: Queryable, ids: readonly ArticleId[]): Promise<void> => {
  if (ids.length > 0)
    await transaction.query(
      'UPDATE addresses SET is_current = false WHERE is_current AND article_id = ANY ($1::text[])',
      [ids],
    );
};
