import { spellingKey } from '../../content/spelling.ts';
import type { Queryable } from '../../database/database.ts';
import type { IndexedDesk } from './indexed-desk.ts';

/** Where a story wants to stand. */
export interface WantedPlace {
  readonly form: 'slug' | 'path';
  readonly value: string;
}

/** What the source calls the stories that stand at `places`. */
export const findRivals = async (
  database: Queryable,
  { edition, sourceName }: IndexedDesk,
  places: readonly WantedPlace[],
): Promise<readonly string[]> => {
  if (places.length === 0) return [];
  const rows = await database.query<{ source_id: string }>(
    `SELECT DISTINCT a.source_id
       FROM unnest($3::text[], $4::text[]) AS w (form, spelling_key)
       JOIN addresses d ON d.edition = $1 AND d.form = w.form AND d.spelling_key = w.spelling_key AND d.is_current
       JOIN articles a ON a.id = d.article_id AND a.source = $2`,
    [edition, sourceName, places.map(({ form }) => form), places.map(({ value }) => spellingKey(value))],
  );
  return rows.map(({ source_id: sourceId }) => sourceId);
};
