import type { Queryable } from '../../database/database.ts';
import type { IndexedDesk } from './indexed-desk.ts';

/** What the source calls every story of it that is taken to be there, also those that were stored before it was asked. */
export const loadStanding = async (
  database: Queryable,
  { edition, sourceName }: IndexedDesk,
): Promise<readonly string[]> => {
  const rows = await database.query<{ source_id: string }>(
    `SELECT source_id FROM index_stories WHERE edition = $1 AND source = $2 AND is_present
     UNION SELECT a.source_id FROM articles a
      WHERE a.edition = $1 AND a.source = $2 AND a.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT FROM index_stories s WHERE s.article_id = a.id)`,
    [edition, sourceName],
  );
  return rows.map(({ source_id: sourceId }) => sourceId);
};
