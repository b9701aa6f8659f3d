import type { Edition, EditionCode } from '../../content/edition.ts';
import type { Queryable, Row } from '../../database/database.ts';

/** A section that exists. */
export interface KnownSection {
  readonly edition: EditionCode;
  readonly path: string;
  readonly name: string;
  /** Display order, ascending; undefined: 0. */
  readonly position?: number;
}

/** The sections of `editions`, in display order: what subjects and categories of others are compared with. */
export const loadKnownSections = (
  database: Queryable,
  editions: readonly Edition[],
): Promise<readonly KnownSection[]> =>
  database.query<KnownSection & Row>(
    'SELECT edition, path, name, position FROM sections WHERE edition = ANY($1) ORDER BY edition, position, path',
    [editions.map(({ code }) => code)],
  );
