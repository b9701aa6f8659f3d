import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Row } from '../../../src/database/database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { createDatabaseBefore, MIGRATIONS } from '../../support/test-database.ts';

const OPERATIONS = 'docs/operations/postgres.md';
const INDEXES_SQL = `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition, pg_relation_filenode(indexrelid) AS file
  FROM pg_index WHERE indrelid = 'articles'::regclass AND indexrelid::regclass::text IN ('articles_by_search', 'articles_by_words')`;

interface IndexRow extends Row {
  readonly name: string;
  readonly definition: string;
  readonly file: number;
}

/** What an operator is told to type beforehand. */
const readCommand = async (): Promise<string> => {
  const [, command] =
    /(CREATE INDEX CONCURRENTLY articles_by_words [^`]+)```/.exec(await readFile(OPERATIONS, 'utf8')) ?? [];
  if (command === undefined) throw new Error(`no command in ${OPERATIONS}`);
  return command;
};

describe('the migration to words by week', () => {
  let database: Database;
  beforeEach(async () => {
    database = await createDatabaseBefore('postgres', '0030');
  });
  afterEach(() => database.close());

  it('takes the index that an operator has made beforehand, which is the one it makes', async () => {
    await database.query(await readCommand());
    const made = (await database.query<IndexRow>(INDEXES_SQL)).find(({ name }) => name === 'articles_by_words');
    await migrate(database, MIGRATIONS);
    const [taken, ...others] = await database.query<IndexRow>(INDEXES_SQL);
    expect(others).toEqual([]);
    expect(taken).toMatchObject({ name: 'articles_by_search', file: made?.file });

    const other = await createDatabaseBefore('postgres', '0030');
    try {
      await migrate(other, MIGRATIONS);
      const [own] = await other.query<IndexRow>(INDEXES_SQL);
      expect(own?.definition).toBe(taken?.definition);
    } finally {
      await other.close();
    }
  });

  it.each([
    [
      'was ended before it was whole',
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'articles_by_words'::regclass",
    ],
    ['is another one', 'DROP INDEX articles_by_words; CREATE INDEX articles_by_words ON articles USING gin (search)'],
  ])('says so when that %s, and goes on once it is away', async (_how, change) => {
    await database.query(await readCommand());
    await database.query(change);
    await expect(migrate(database, MIGRATIONS)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message:
        'Migration 0030-words-by-week.sql could not be applied: the index articles_by_words is not whole, or another one: wait until it is made, or DROP INDEX CONCURRENTLY articles_by_words, then start again',
    });
    await database.query('DROP INDEX articles_by_words');
    await migrate(database, MIGRATIONS);
    expect(await database.query(INDEXES_SQL)).toMatchObject([{ name: 'articles_by_search' }]);
  });
});
