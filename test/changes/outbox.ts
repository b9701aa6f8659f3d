import type { CacheTag } from '../../src/content/tags.ts';
import type { Queryable } from '../../src/database/database.ts';

/** Puts a change into the outbox, as whoever writes content does in the content's own transaction. */
export const putIntoOutbox = async (
  queryable: Queryable,
  tags: readonly CacheTag[],
  kind: 'UPDATE' | 'KILL' | 'RIGHTS_CHANGE' = 'UPDATE',
): Promise<void> => {
  await queryable.query(
    `INSERT INTO outbox (kind, article_id, edition, tags, version, occurred_at)
     VALUES ($1, 'art_en_x', 'EN', $2::text[], 1, '2026-11-23T12:00:00Z')`,
    [kind, tags],
  );
};
