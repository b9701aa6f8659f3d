import type { Instant } from '../../clock.ts';
import type { Queryable } from '../../database/database.ts';
import { ANALYSER_VERSION } from '../../search/analyse.ts';
import {
  searchedBodyOf,
  writeSearchVector,
  type SearchedBody,
  type SearchedTexts,
} from '../../stores/postgres/search-vector.ts';
import { indexedMarksSql } from '../../stores/postgres/article-marks.ts';
import { plainSql } from '../../stores/postgres/visible.ts';
import { oldestBoundary } from '../schedule/oldest-boundary.ts';
import { writeDigest } from './article-digest.ts';
import type { ArticleWrite, BatchWrites } from './batch-writes.ts';

/** Columns of `articles` that are written, with their types. */
const COLUMNS: Readonly<Record<string, string>> = {
  id: 'text',
  edition: 'text',
  kind: 'text',
  source: 'text',
  source_id: 'text',
  slug: 'text',
  path: 'text',
  language: 'text',
  kicker: 'text',
  headline: 'text',
  standfirst: 'text',
  byline: 'text',
  author_ids: 'text[]',
  section_ids: 'text[]',
  tag_ids: 'text[]',
  sources: 'jsonb',
  published_at: 'timestamptz',
  updated_at: 'timestamptz',
  version: 'integer',
  breaking: 'boolean',
  breaking_until: 'timestamptz',
  lead: 'jsonb',
  media: 'jsonb',
  body: 'jsonb',
  body_text: 'text',
  word_count: 'integer',
  corrections: 'jsonb',
  syndication: 'text',
  rights_holder: 'text',
  usage_terms: 'text',
  embargoed_until: 'timestamptz',
  expires_at: 'timestamptz',
  seo: 'jsonb',
  translation_group: 'text',
  withdrawn_at: 'timestamptz',
  content_digest: 'text',
  search: 'tsvector',
  search_version: 'integer',
};

const IDENTITY: ReadonlySet<string> = new Set(['id', 'edition', 'source', 'source_id']);

const names = Object.keys(COLUMNS);
const record = Object.entries(COLUMNS).map((column) => column.join(' '));
const updated = names.filter((name) => !IDENTITY.has(name));

const SAVE_ARTICLES = `INSERT INTO articles (${names.join(', ')})
SELECT ${names.map((name) => `r.${name}`).join(', ')}
  FROM json_to_recordset($1::json) AS r (${record.join(', ')})
ON CONFLICT (id) DO UPDATE SET ${updated.map((name) => `${name} = excluded.${name}`).join(', ')}`;

const withSearch = ({ row }: ArticleWrite) => {
  const texts = { ...row, tagNames: row['tag_names'], bodyText: row['body_text'] } as unknown as SearchedTexts &
    SearchedBody;
  return {
    ...row,
    search: writeSearchVector({ ...texts, bodyText: searchedBodyOf(texts) }),
    search_version: ANALYSER_VERSION,
  };
};

const saveRows = async (transaction: Queryable, articles: readonly ArticleWrite[]): Promise<void> => {
  await transaction.query(SAVE_ARTICLES, [JSON.stringify(articles.map(withSearch))]);
};

const saveMemberships = async (transaction: Queryable, articles: readonly ArticleWrite[]): Promise<void> => {
  const rows = articles.flatMap(({ row, targets }) =>
    targets.map((target) => ({
      target,
      article_id: row.id,
      kind: row['kind'],
      published_at: row['published_at'],
      updated_at: row['updated_at'],
    })),
  );
  await transaction.query(
    `INSERT INTO memberships (target, article_id, kind, published_at, updated_at, is_plain, marks)
     SELECT r.target, r.article_id, r.kind, r.published_at, r.updated_at, ${plainSql('a')}, ${indexedMarksSql('a')}
       FROM json_to_recordset($1::json)
         AS r (target text, article_id text, kind text, published_at timestamptz, updated_at timestamptz)
       JOIN articles a ON a.id = r.article_id`,
    [JSON.stringify(rows)],
  );
};

const saveBoundaries = async (
  transaction: Queryable,
  articles: readonly ArticleWrite[],
  now: Instant,
): Promise<void> => {
  const oldest = oldestBoundary(now);
  const rows = articles.flatMap(({ row, targets, boundaries }) =>
    boundaries
      .filter((at) => at >= oldest)
      .flatMap((at) => targets.map((target) => ({ target, at: new Date(at).toISOString(), article_id: row.id }))),
  );
  if (rows.length === 0) return;
  await transaction.query(
    `INSERT INTO boundaries (target, at, article_id)
     SELECT target, at, article_id FROM json_to_recordset($1::json) AS r (target text, at timestamptz, article_id text)`,
    [JSON.stringify(rows)],
  );
};

const saveAddresses = async (transaction: Queryable, { addresses }: BatchWrites): Promise<void> => {
  if (addresses.size === 0) return;
  const rows = [...addresses.values()].map(({ edition, form, value, articleId, isCurrent, since }) => ({
    edition,
    form,
    value,
    article_id: articleId,
    is_current: isCurrent,
    since: new Date(since).toISOString(),
  }));
  await transaction.query(
    `INSERT INTO addresses (edition, form, value, article_id, is_current, since)
     SELECT edition, form, value, article_id, is_current, since FROM json_to_recordset($1::json)
       AS r (edition text, form text, value text, article_id text, is_current boolean, since timestamptz)
     ON CONFLICT (edition, form, value) DO UPDATE
       SET article_id = excluded.article_id, is_current = excluded.is_current, since = excluded.since`,
    [JSON.stringify(rows)],
  );
};

const saveDigests = async (transaction: Queryable, { digests }: BatchWrites): Promise<void> => {
  if (digests.size === 0) return;
  await transaction.query(
    `UPDATE articles SET content_digest = r.digest
       FROM json_to_recordset($1::json) AS r (id text, digest text) WHERE articles.id = r.id`,
    [JSON.stringify([...digests].map(([id, digest]) => ({ id, digest: writeDigest(digest) })))],
  );
};

const saveChanged = async (transaction: Queryable, articles: readonly ArticleWrite[], now: Instant): Promise<void> => {
  await saveRows(transaction, articles);
  const known = articles.filter(({ isNew }) => !isNew).map(({ row }) => row.id);
  if (known.length > 0) {
    await transaction.query('DELETE FROM memberships WHERE article_id = ANY($1)', [known]);
    await transaction.query('DELETE FROM boundaries WHERE article_id = ANY($1)', [known]);
  }
  await saveMemberships(transaction, articles);
  await saveBoundaries(transaction, articles, now);
};

const saveWithdrawals = async (transaction: Queryable, { withdrawals }: BatchWrites): Promise<void> => {
  if (withdrawals.size === 0) return;
  const rows = [...withdrawals].map(([id, { withdrawnAt, version, digest }]) => ({
    id,
    withdrawn_at: new Date(withdrawnAt).toISOString(),
    version,
    content_digest: writeDigest(digest),
  }));
  await transaction.query(
    `UPDATE articles SET withdrawn_at = r.withdrawn_at, version = r.version, content_digest = r.content_digest
       FROM json_to_recordset($1::json) AS r (id text, withdrawn_at timestamptz, version integer, content_digest text)
      WHERE articles.id = r.id`,
    [JSON.stringify(rows)],
  );
};

/**
 * Writes the articles of a batch with their lists, boundaries and addresses, one statement per table.
 *
 * @param now - the batch's instant: boundaries too old for anybody to ask for are left out.
 */
export const saveArticles = async (transaction: Queryable, writes: BatchWrites, now: Instant): Promise<void> => {
  const articles = [...writes.articles.values()];
  if (articles.length > 0) await saveChanged(transaction, articles, now);
  await saveWithdrawals(transaction, writes);
  await saveAddresses(transaction, writes);
  // Behind the rows: a line may have changed in what is not seen after one that made its article in the same batch.
  await saveDigests(transaction, writes);
};
