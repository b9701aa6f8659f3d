import type { EditionCode } from '../../src/content/edition.ts';
import type { Queryable, Row } from '../../src/database/database.ts';
import { searchLanguageOf } from '../../src/search/analyse.ts';
import { parseQuery } from '../../src/search/parse-query.ts';
import { writeSearchQuery } from '../../src/stores/postgres/search-query.ts';

/** The source ids of stored articles that answer a query, seen or not. */
export const findStored = async (
  database: Queryable,
  edition: EditionCode,
  text: string,
): Promise<readonly string[]> => {
  const { query } = writeSearchQuery(parseQuery(searchLanguageOf(edition), text));
  const rows = await database.query<Row & { readonly source_id: string }>(
    'SELECT source_id FROM articles WHERE edition = $1 AND search @@ $2::tsquery ORDER BY source_id',
    [edition, query],
  );
  return rows.map(({ source_id: sourceId }) => sourceId);
};
