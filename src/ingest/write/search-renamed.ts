import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import { analyseStored } from './analyse-stored.ts';
import type { BatchWrites } from './batch-writes.ts';

interface MemberRow extends Row {
  readonly article_id: ArticleId;
}

/** Articles whose texts are in memory at a time. */
const ARTICLES_AT_ONCE = 500;

/**
 * Lets search find articles by the new names of their tags. Comes after the articles of the batch: their rows were made
 * line by line, with the names of that line.
 */
export const searchRenamed = async (transaction: Queryable, { renamedTags }: BatchWrites): Promise<void> => {
  if (renamedTags.size === 0) return;
  const members = await transaction.query<MemberRow>(
    'SELECT DISTINCT article_id FROM memberships WHERE target = ANY($1) ORDER BY article_id',
    [[...renamedTags]],
  );
  const ids = members.map(({ article_id: id }) => id);
  for (let from = 0; from < ids.length; from += ARTICLES_AT_ONCE)
    await analyseStored(transaction, ids.slice(from, from + ARTICLES_AT_ONCE));
};
