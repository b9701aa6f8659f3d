import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database, Queryable } from '../../../src/database/database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { createDatabaseBefore, MIGRATIONS } from '../../support/test-database.ts';

const ARTICLE_SQL = `INSERT INTO articles (id, edition, kind, source, source_id, slug, path, headline, section_ids, published_at, updated_at, content_digest)
  VALUES ($1, 'EN', 'NEWS', 'test', $1, $1, $1, $1, '{}', now(), now(), '')`;
const WAITING_SQL = `SELECT 1 AS one FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
const ENTRY_SQL = `INSERT INTO memberships (target, article_id, kind, published_at, updated_at) VALUES ('edn_en', $1, 'NEWS', now(), now())`;

describe('the migrations to marked memberships, beside an import of the release before', () => {
  let database: Database;
  let directory: string;
  beforeEach(async () => {
    database = await createDatabaseBefore('postgres', '0026');
    directory = await mkdtemp(join(tmpdir(), 'masthead-migrations-'));
    await database.query(ARTICLE_SQL, ['art_known']);
    await database.query(ENTRY_SQL, ['art_known']);
  });
  afterEach(async () => {
    await database.close();
    await rm(directory, { recursive: true });
  });

  const migrateUntil = async (last: string) => {
    for (const name of (await readdir(MIGRATIONS)).filter((file) => file.slice(0, 4) <= last))
      await copyFile(join(MIGRATIONS, name), join(directory, name));
    return await migrate(database, directory);
  };
  const isWaiting = async () =>
    await expect.poll(() => database.query(WAITING_SQL), { timeout: 20_000 }).toHaveLength(1);
  /** Begins an import, the migrations up to `last` once it has come as far as `first`, and goes on with `then`. */
  const beside = async (
    last: string,
    first: (transaction: Queryable) => Promise<unknown>,
    then: (transaction: Queryable) => Promise<unknown>,
  ) => {
    const { migrating } = await database.transaction(async (transaction) => {
      await first(transaction);
      const begun = migrateUntil(last);
      await isWaiting();
      await then(transaction);
      return { migrating: begun };
    });
    await migrating;
  };

  it('let it write new articles and then their lists', async () => {
    await beside(
      '0026',
      (transaction) => transaction.query(ARTICLE_SQL, ['art_new']),
      (transaction) => transaction.query(ENTRY_SQL, ['art_new']),
    );
    expect(await database.query('SELECT count(*)::integer FROM memberships')).toEqual([{ count: 2 }]);
  });

  it('let it write lists that it has read before the index was made', async () => {
    await migrateUntil('0027');
    await beside(
      '0028',
      (transaction) => transaction.query('SELECT FROM memberships'),
      (transaction) => transaction.query('DELETE FROM memberships'),
    );
    expect(await database.query('SELECT FROM memberships')).toEqual([]);
  });

  it('would wait in a circle if the old index went where the new one is made', async () => {
    const migrating = Promise.withResolvers<void>();
    const importing = database.transaction(async (transaction) => {
      await transaction.query('SELECT FROM memberships');
      const begun = database.transaction(async (migration) => {
        await migration.query('CREATE INDEX made ON memberships (target)');
        await migration.query('DROP INDEX memberships_by_published');
      });
      migrating.resolve(begun);
      await isWaiting();
      await transaction.query('DELETE FROM memberships');
    });
    const ends = await Promise.allSettled([importing, migrating.promise]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});
