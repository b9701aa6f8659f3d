import type { Queryable } from '../../database/database.ts';
import { searchVectorSql } from '../../stores/postgres/search-vector.ts';
import type { BatchWrites } from './batch-writes.ts';

/**
 * Lets search find articles by the new names of their tags. Comes after the articles of the batch: their rows were made
 * line by line, with the names of that line.
 */
export const searchRenamed = async (transaction: Queryable, { renamedTags }: BatchWrites): Promise<void> => {
  if (renamedTags.size === 0) return;
  const vector = searchVectorSql({
    edition: 'a.edition',
    headline: 'a.headline',
    standfirst: 'a.standfirst',
    kicker: 'a.kicker',
    tagNames: `(SELECT string_agg(t.name, ' ') FROM tags t WHERE t.id = ANY(a.tag_ids))`,
    bodyText: 'a.body_text',
  });
  await transaction.query(
    `UPDATE articles a SET search = ${vector}
      WHERE a.id IN (SELECT article_id FROM memberships WHERE target = ANY($1))`,
    [[...renamedTags]],
  );
};
