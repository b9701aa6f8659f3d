import { Pool } from 'pg';
import type { ArticleRow, Block, NamedRow } from './rows.ts';

const pool = new Pool({ connectionString: process.env['DATABASE_URL'] });

/** Prepared once for each connection, under its name. */
const query = async <Row extends object>(
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> => (await pool.query<Row>({ name, text, values: [...values] })).rows;

const COLUMNS = ['id', 'edition', 'kind', 'path', 'kicker', 'headline', 'standfirst', 'published_at', 'updated_at']
  .concat(['author_ids', 'section_ids', 'tag_ids'])
  .map((column) => `a.${column}`)
  .join(', ');

const VISIBLE = `a.withdrawn_at IS NULL AND a.published_at <= now() AND a.syndication <> 'NONE'
  AND (a.embargoed_until IS NULL OR a.embargoed_until <= now())
  AND (a.expires_at IS NULL OR a.expires_at > now())`;

const LIST_SQL = `SELECT ${COLUMNS} FROM memberships m JOIN articles a ON a.id = m.article_id
WHERE m.target = $1 AND m.published_at < $2 AND ${VISIBLE}
ORDER BY m.published_at DESC, m.article_id DESC LIMIT $3`;

/** The newest visible articles of an edition published before an instant. */
export const listArticles = (edition: string, before: string, limit: number): Promise<readonly ArticleRow[]> =>
  query('list', LIST_SQL, [`edn_${edition.toLowerCase()}`, before, limit]);

const BY_SLUG_SQL = `SELECT ${COLUMNS} FROM addresses held JOIN articles a ON a.id = held.article_id
WHERE held.edition = $1 AND held.form = 'slug' AND held.value = $2 AND ${VISIBLE}`;

/** The visible article of an edition with a slug. */
export const findArticle = async (edition: string, slug: string): Promise<ArticleRow | null> =>
  (await query<ArticleRow>('by-slug', BY_SLUG_SQL, [edition, slug]))[0] ?? null;

/** The texts of articles. */
export const findBodies = (
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly body: readonly Block[] }[]> =>
  query('bodies', 'SELECT id, body FROM articles WHERE id = ANY ($1)', [ids]);

/** Sections, authors or tags by their ids. */
export const findNamed = (
  table: 'sections' | 'authors' | 'tags',
  ids: readonly string[],
): Promise<readonly NamedRow[]> =>
  query(table, `SELECT id, edition, name ${table === 'sections' ? ', path' : ''} FROM ${table} WHERE id = ANY ($1)`, [
    ids,
  ]);

const RELATED_SQL = `
SELECT subject.id AS subject_id, ${COLUMNS}
FROM articles subject
CROSS JOIN LATERAL (
  SELECT id, row_number() OVER (ORDER BY shared DESC, same_section DESC, published_at DESC, id DESC) AS place
  FROM (
    SELECT DISTINCT ON (c.id) c.id, c.published_at, c.section_ids[1] = subject.section_ids[1] AS same_section,
      (SELECT count(*) FROM unnest(c.tag_ids) AS t (id) WHERE t.id = ANY (subject.tag_ids)) AS shared
    FROM unnest(subject.tag_ids || subject.section_ids[1]) AS t (target)
    CROSS JOIN LATERAL (
      SELECT a.id, a.published_at, a.tag_ids, a.section_ids FROM memberships m JOIN articles a ON a.id = m.article_id
      WHERE m.target = t.target AND a.id <> subject.id AND ${VISIBLE}
      ORDER BY m.published_at DESC, m.article_id DESC LIMIT $2 + 50
    ) AS c
    ORDER BY c.id
  ) AS candidates
  ORDER BY place LIMIT $2
) AS best
JOIN articles a ON a.id = best.id
WHERE subject.id = ANY ($1)
ORDER BY subject.id, best.place`;

/** Articles that go with each of `ids`, best first. */
export const findRelated = (
  ids: readonly string[],
  limit: number,
): Promise<readonly (ArticleRow & { readonly subject_id: string })[]> => query('related', RELATED_SQL, [ids, limit]);
