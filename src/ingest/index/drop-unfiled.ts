import type { EditionCode } from '../../content/edition.ts';
import { tagOf, type CacheTag } from '../../content/tags.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { OutboxRow } from '../write/batch-writes.ts';
import { entryKey } from './taxonomy-documents.ts';

/** Something stories were filed under that its source no longer has. */
export interface Leftover extends Row {
  readonly of: 'sections' | 'tags' | 'authors';
  readonly id: string;
  /** Its path or slug. */
  readonly name: string;
  readonly group: string | null;
}

const TYPES = { sections: 'section', tags: 'tag', authors: 'author' } as const;

/** What of `edition` is written, and not among `had`: all that its source has, by `entryKey`. */
export const findLeftovers = async (
  database: Queryable,
  edition: EditionCode,
  had: ReadonlySet<string>,
): Promise<readonly Leftover[]> => {
  const rows = await database.query<Leftover & { readonly spelling_key: string }>(
    `SELECT 'sections' AS of, id, path AS name, translation_group AS group, spelling_key FROM sections WHERE edition = $1
     UNION ALL SELECT 'tags', id, slug, translation_group, spelling_key FROM tags WHERE edition = $1
     UNION ALL SELECT 'authors', id, slug, translation_group, spelling_key FROM authors WHERE edition = $1`,
    [edition],
  );
  return rows.filter((row) => !had.has(entryKey(TYPES[row.of], row.spelling_key)));
};

/** What the source calls the stories that are still filed under `leftovers`, and may be seen. */
export const findFiled = async (database: Queryable, leftovers: readonly Leftover[]): Promise<readonly string[]> => {
  if (leftovers.length === 0) return [];
  const rows = await database.query<{ source_id: string }>(
    `SELECT DISTINCT a.source_id FROM memberships m JOIN articles a ON a.id = m.article_id
      WHERE m.target = ANY ($1::text[]) AND a.withdrawn_at IS NULL`,
    [leftovers.map(({ id }) => id)],
  );
  return rows.map(({ source_id: sourceId }) => sourceId);
};

const tagsOf = (edition: EditionCode, { of, id, name, group }: Leftover): readonly CacheTag[] => {
  const grouped = group === null ? [] : [tagOf.group(edition, group)];
  switch (of) {
    case 'sections':
      return [tagOf.section(id as never), tagOf.edition(edition), tagOf.url(edition, name)];
    case 'tags':
      return [tagOf.tag(id as never), tagOf.slug(edition, 'tag', name), tagOf.list.tags(edition), ...grouped];
    case 'authors':
      return [tagOf.author(id as never), tagOf.slug(edition, 'author', name), tagOf.list.authors(edition), ...grouped];
  }
};

/**
 * Removes those of `leftovers` that no article which may be seen is filed under, inside `transaction`.
 *
 * @returns what is to be told of it.
 */
export const dropUnfiled = async (
  transaction: Queryable,
  edition: EditionCode,
  leftovers: readonly Leftover[],
): Promise<readonly OutboxRow[]> => {
  const ids = leftovers.map(({ id }) => id);
  if (ids.length === 0) return [];
  const filed = await transaction.query<{ target: string }>(
    `SELECT DISTINCT m.target FROM memberships m JOIN articles a ON a.id = m.article_id
      WHERE m.target = ANY ($1::text[]) AND a.withdrawn_at IS NULL`,
    [ids],
  );
  const kept = new Set(filed.map(({ target }) => target));
  const dropped = leftovers.filter(({ id }) => !kept.has(id));
  for (const table of ['memberships', 'boundaries'])
    await transaction.query(`DELETE FROM ${table} WHERE target = ANY ($1::text[])`, [dropped.map(({ id }) => id)]);
  for (const table of ['sections', 'tags', 'authors'] as const)
    await transaction.query(`DELETE FROM ${table} WHERE id = ANY ($1::text[])`, [
      dropped.filter(({ of }) => of === table).map(({ id }) => id),
    ]);
  return dropped.map((leftover) => ({
    kind: 'TAXONOMY',
    articleId: null,
    edition,
    tags: tagsOf(edition, leftover),
    version: null,
  }));
};
