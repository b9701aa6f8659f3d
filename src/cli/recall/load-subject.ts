import type { Instant } from '../../clock.ts';
import { urlOf } from '../../content/addresses.ts';
import type { Edition } from '../../content/edition.ts';
import { parseId, type ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';

/** An article that is to be gone, as far as the gateway's own database knows it. */
export interface Subject {
  readonly id: ArticleId;
  readonly edition: Edition;
  /** Null: it lies in a store that the database has no row of. */
  readonly known: {
    readonly headline: string;
    readonly slug: string;
    readonly url: string;
    readonly publishedAt: Instant;
    /** Of its primary section. */
    readonly sectionPath: string | null;
  } | null;
}

interface SubjectRow extends Row {
  readonly headline: string;
  readonly slug: string;
  readonly path: string;
  readonly published_at: Date;
  readonly section_path: string | null;
}

/** @throws {CommandError} when it is of no edition that is served. */
export const loadSubject = async (
  database: Queryable,
  id: ArticleId,
  editions: readonly Edition[],
): Promise<Subject> => {
  const edition = editions.find(({ code }) => code === parseId(id).edition);
  if (edition === undefined) throw new CommandError('The article is of no edition that is served here', EXIT.failed);
  const [row] = await database.query<SubjectRow>(
    `SELECT a.headline, a.slug, a.path, a.published_at, s.path AS section_path
       FROM articles a LEFT JOIN sections s ON s.id = a.section_ids[1] WHERE a.id = $1`,
    [id],
  );
  if (row === undefined) return { id, edition, known: null };
  const { headline, slug, path, published_at: publishedAt, section_path: sectionPath } = row;
  const url = urlOf.article(edition, { path });
  return { id, edition, known: { headline, slug, url, publishedAt: publishedAt.getTime(), sectionPath } };
};
