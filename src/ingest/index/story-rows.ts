import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import { articleIdOf, type IndexedDesk } from './indexed-desk.ts';

/** A story as it stood when it was last looked at. */
export interface StoryRow {
  readonly articleId: ArticleId;
  readonly sourceId: string;
  /** Of the look that began last. */
  readonly look: string;
  /** Null: no look has found it yet, or none could read it. */
  readonly modifiedAt: Instant | null;
  readonly lookedAt: Instant | null;
  readonly isPresent: boolean;
  readonly goneAt: Instant | null;
  readonly isKilled: boolean;
  readonly badReason: string | null;
}

interface RawRow extends Row {
  readonly article_id: ArticleId;
  readonly source_id: string;
  readonly look: string;
  readonly modified_at: Date | null;
  readonly looked_at: Date | null;
  readonly is_present: boolean;
  readonly gone_at: Date | null;
  readonly is_killed: boolean;
  readonly bad_reason: string | null;
}

const COLUMNS = 'article_id, source_id, look, modified_at, looked_at, is_present, gone_at, is_killed, bad_reason';

const mapRow = (row: RawRow): StoryRow => ({
  articleId: row.article_id,
  sourceId: row.source_id,
  look: row.look,
  modifiedAt: row.modified_at?.getTime() ?? null,
  lookedAt: row.looked_at?.getTime() ?? null,
  isPresent: row.is_present,
  goneAt: row.gone_at?.getTime() ?? null,
  isKilled: row.is_killed,
  badReason: row.bad_reason,
});

/**
 * Says that these stories are looked at from now on, before their source is asked. Whoever began before and has not
 * written yet finds out by it: what was read then may be older.
 *
 * @returns how each stands, in their order, `look` being this one's.
 */
export const beginLook = async (
  database: Queryable,
  desk: IndexedDesk,
  sourceIds: readonly string[],
): Promise<readonly StoryRow[]> => {
  const records = sourceIds.map((sourceId) => ({ article_id: articleIdOf(desk, sourceId), source_id: sourceId }));
  const rows = await database.query<RawRow>(
    `WITH begun AS MATERIALIZED (SELECT nextval('index_looks') AS look)
     INSERT INTO index_stories AS s (article_id, edition, source, source_id, look)
     SELECT r.article_id, $2, $3, r.source_id, begun.look
       FROM begun, json_to_recordset($1::json) AS r (article_id text, source_id text)
      ORDER BY r.article_id
     ON CONFLICT (article_id) DO UPDATE SET look = excluded.look
     RETURNING ${COLUMNS.replaceAll(/\w+/g, 's.$&')}`,
    [JSON.stringify(records), desk.edition, desk.sourceName],
  );
  const bySourceId = new Map(rows.map((row) => [row.source_id, mapRow(row)]));
  return sourceIds.flatMap((sourceId) => bySourceId.get(sourceId) ?? []);
};

/** How stories stand, locked until the transaction ends. */
export const lockStories = async (
  transaction: Queryable,
  ids: readonly ArticleId[],
): Promise<ReadonlyMap<ArticleId, StoryRow>> => {
  const rows = await transaction.query<RawRow>(
    `SELECT ${COLUMNS} FROM index_stories WHERE article_id = ANY ($1::text[]) ORDER BY article_id FOR UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.article_id, mapRow(row)]));
};

/** How every story of a desk stands, or those of `sourceIds`. */
export const loadStories = async (
  database: Queryable,
  { edition, sourceName }: IndexedDesk,
  sourceIds?: readonly string[],
): Promise<readonly StoryRow[]> => {
  const narrowed = sourceIds === undefined ? '' : 'AND source_id = ANY ($3::text[])';
  const values = [edition, sourceName, ...(sourceIds === undefined ? [] : [sourceIds])];
  const rows = await database.query<RawRow>(
    `SELECT ${COLUMNS} FROM index_stories WHERE edition = $1 AND source = $2 ${narrowed}`,
    values,
  );
  return rows.map(mapRow);
};

const iso = (instant: Instant | null): string | null => (instant === null ? null : new Date(instant).toISOString());

const isUnknown = ({ modifiedAt, isPresent, isKilled }: StoryRow): boolean =>
  modifiedAt === null && !isPresent && !isKilled;

/** Writes how stories stand now; what was never found is forgotten, unless it was told to be gone. */
export const saveStories = async (transaction: Queryable, rows: readonly StoryRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const records = rows.map((row) => ({
    article_id: row.articleId,
    modified_at: iso(row.modifiedAt),
    looked_at: iso(row.lookedAt),
    is_present: row.isPresent,
    gone_at: iso(row.goneAt),
    is_killed: row.isKilled,
    bad_reason: row.badReason,
  }));
  await transaction.query(
    `UPDATE index_stories s SET modified_at = r.modified_at, looked_at = r.looked_at, is_present = r.is_present,
            gone_at = r.gone_at, is_killed = r.is_killed, bad_reason = r.bad_reason
       FROM json_to_recordset($1::json) AS r (article_id text, modified_at timestamptz, looked_at timestamptz,
            is_present boolean, gone_at timestamptz, is_killed boolean, bad_reason text)
      WHERE s.article_id = r.article_id`,
    [JSON.stringify(records)],
  );
  const strangers = rows.filter(isUnknown).map(({ articleId }) => articleId);
  if (strangers.length > 0)
    await transaction.query('DELETE FROM index_stories WHERE article_id = ANY ($1::text[])', [strangers]);
};
