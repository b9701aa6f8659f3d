import { EDITION_CODES, type EditionCode } from '../../../src/content/edition.ts';
import type { Database, Row } from '../../../src/database/database.ts';
import { writePieces } from './archive-pieces.ts';
import { ARCHIVE, type Archive } from './archive-places.ts';
import { articlesSql, DELTAS_SQL, hangingSql, PIECES_SQL, taxonomySql } from './archive-sql.ts';

export interface ArchiveOptions extends Archive {
  /** Articles are dealt to them in turn. Default: all. */
  readonly editions?: readonly EditionCode[];
  /** Of a body. Default: five, some 1,800 letters. */
  readonly paragraphs?: number;
}

/** So many articles are written by one statement, and so many statements run at a time. */
const CHUNK = 20_000;
const LANES = 2;
/** An index over a million articles. */
const TIMEOUT_MS = 30 * 60_000;
/** The more of it, the fewer times an index is merged. */
const WORK_MEMORY = '512MB';

interface IndexRow extends Row {
  readonly name: string;
  readonly definition: string;
}

/** Indexes that only make reading faster: written once, at the end, they take a fraction of the time. */
const INDEXES_SQL = `SELECT i.indexname AS name, i.indexdef AS definition FROM pg_indexes i
  WHERE i.schemaname = current_schema() AND i.tablename IN ('articles', 'memberships', 'boundaries', 'addresses')
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)`;

/**
 * Fills an empty, migrated database with the same archive every time, written by the database itself. What is newest is dense: see
 * `ageSecondsOf`. Tags are as unlike each other as in life, the first on one article in three, the last on a few. Every article has
 * its lists, addresses, and the search vector that an import would have given it.
 */
export const writeArchive = async (
  database: Database,
  { articles, now, editions = EDITION_CODES, paragraphs = 5 }: ArchiveOptions,
): Promise<void> => {
  // Of each million rows with a reference, as many looks at the table referred to: here nothing can dangle.
  const quickly = 'SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = ';
  const run = (text: string, values?: readonly unknown[]): Promise<void> =>
    database.transaction(
      async (transaction) => {
        await transaction.query(`${quickly}'${WORK_MEMORY}'`);
        await transaction.query(text, values);
      },
      { statementTimeoutMs: TIMEOUT_MS },
    );

  await run(PIECES_SQL.create);
  for (const edition of editions) {
    const pieces = writePieces(edition, { paragraphs, tags: ARCHIVE.tags });
    await run(PIECES_SQL.fill, [JSON.stringify(pieces)]);
  }
  await run('ANALYZE archive_pieces');
  for (const text of taxonomySql(editions)) await run(text);
  const indexes = await database.query<IndexRow>(INDEXES_SQL);
  for (const { name } of indexes) await run(`DROP INDEX ${name}`);
  const starts = Array.from({ length: Math.ceil(articles / CHUNK) }, (_, place) => place * CHUNK).values();
  const writeChunks = async (): Promise<void> => {
    for (const from of starts) await run(articlesSql(editions, { from, to: Math.min(from + CHUNK, articles), now }));
  };
  await Promise.all(Array.from({ length: LANES }, writeChunks));
  for (const text of hangingSql(now)) await run(text);
  for (const { definition } of indexes) await run(definition);
  await run(PIECES_SQL.drop);
  await run(DELTAS_SQL);
  // A vacuum cannot run in a transaction, nor through an index-only scan without one.
  for (const table of ['articles', 'memberships', 'boundaries', 'addresses', 'tags', 'authors', 'sections', 'deltas'])
    await database.query(`VACUUM (ANALYZE) ${table}`);
};
