import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';

/** An article as far as the gateway's own store knows it: everything it is found by. */
export interface KnownArticle {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  readonly kind: string;
  readonly version: number;
  readonly translationGroup: string | null;
  /** Ids of the lists it stands in, those of sections above its own included: `memberships.target`. */
  readonly targets: readonly string[];
  /** Every slug it has or had. */
  readonly slugs: readonly string[];
  /** Every path, likewise. */
  readonly paths: readonly string[];
}

/**
 * The articles that are known among `ids`, as they are committed, all of one snapshot. No row is locked: a takedown must
 * not wait for an import that holds the article, and what the import changes it announces itself.
 */
export const loadKnownArticles = async (
  database: Queryable,
  ids: readonly ArticleId[],
): Promise<ReadonlyMap<ArticleId, KnownArticle>> => {
  if (ids.length === 0) return new Map();
  const rows = await database.query<Row & KnownArticle>(
    `SELECT a.id, a.edition, a.kind, a.version, a.translation_group AS "translationGroup",
            ARRAY(SELECT m.target FROM memberships m WHERE m.article_id = a.id ORDER BY m.target) AS targets,
            ARRAY(SELECT d.value FROM addresses d WHERE d.article_id = a.id AND d.form = 'slug' ORDER BY d.value) AS slugs,
            ARRAY(SELECT d.value FROM addresses d WHERE d.article_id = a.id AND d.form = 'path' ORDER BY d.value) AS paths
       FROM articles a
      WHERE a.id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
};
