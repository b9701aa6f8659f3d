import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import type { Database } from '../../src/database/database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { createPostgresTestUrl, createTestDatabase, databaseKinds, MIGRATIONS } from '../support/test-database.ts';

const COUNT_TABLES = `SELECT count(*)::int AS count FROM information_schema.tables WHERE table_name LIKE 'planet%'`;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'masthead-migrations-'));
});
afterEach(() => rm(directory, { recursive: true }));

const write = (name: string, sql: string) => writeFile(join(directory, name), sql);

describe.each(databaseKinds)('migrate, %s', (kind) => {
  let database: Database;
  beforeEach(async () => {
    database = await createTestDatabase(kind);
  });
  afterEach(() => database.close());

  it('applies each file once, in order', async () => {
    await write('0002-moons.sql', 'CREATE TABLE planet_moons (planet text REFERENCES planets (name));');
    await write(
      '0001-planets.sql',
      "CREATE TABLE planets (name text PRIMARY KEY); INSERT INTO planets VALUES ('Mars');",
    );

    expect((await migrate(database, directory)).applied).toEqual(['0001-planets.sql', '0002-moons.sql']);
    expect((await migrate(database, directory)).applied).toEqual([]);
    expect(await database.query('SELECT name FROM planets')).toEqual([{ name: 'Mars' }]);
  });

  it('leaves nothing of a file that fails, keeps the files before it, and names it', async () => {
    await write('0001-planets.sql', 'CREATE TABLE planets (name text PRIMARY KEY)');
    await write('0002-broken.sql', 'CREATE TABLE planet_rings (width integer); SELECT no_such_function()');

    await expect(migrate(database, directory)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: 'Migration 0002-broken.sql could not be applied (SQLSTATE 42883)',
    });
    expect(await database.query(COUNT_TABLES)).toEqual([{ count: 1 }]);

    await write('0002-broken.sql', 'CREATE TABLE planet_rings (width integer)');
    expect((await migrate(database, directory)).applied).toEqual(['0002-broken.sql']);
  });

  it('refuses a file that was changed after it was applied', async () => {
    await write('0001-planets.sql', 'CREATE TABLE planets (name text)');
    await migrate(database, directory);
    await write('0001-planets.sql', 'CREATE TABLE planets (name text, mass float)');

    await expect(migrate(database, directory)).rejects.toMatchObject({
      message: expect.stringMatching(/^Migration 0001-planets\.sql is not the file that was applied/),
    });
  });

  it('runs on a database that a newer release has migrated, and says which files it does not know', async () => {
    expect(await migrate(database, directory)).toEqual({
      applied: [],
      newer: expect.arrayContaining(['0001-content.sql']),
    });
  });

  it('has applied the project’s own files to every test database', async () => {
    expect(await migrate(database, MIGRATIONS)).toEqual({ applied: [], newer: [] });
  });

  it.each([
    ['planets.sql', 'Migration planets.sql is not named NNNN-name.sql'],
    ['0001-stars.sql', 'Migrations 0001-planets.sql and 0001-stars.sql have one number'],
  ])('refuses a directory with %s', async (name, message) => {
    await write('0001-planets.sql', 'SELECT 1');
    await write(name, 'SELECT 1');
    await expect(migrate(database, directory)).rejects.toThrow(new TypeError(message));
  });
});

describe('migrate, from several processes', () => {
  it('applies each file once when they start together', async () => {
    const { url, drop } = await createPostgresTestUrl();
    const databases = Array.from({ length: 4 }, () => createPostgresDatabase({ url }));
    for (const number of [1, 2, 3]) await write(`000${number}-planet.sql`, `CREATE TABLE planet_${number} (name text)`);

    const migrated = await Promise.all(databases.map((database) => migrate(database, directory)));

    const applied = migrated.flatMap((outcome) => outcome.applied);
    expect(applied.toSorted()).toEqual(['0001-planet.sql', '0002-planet.sql', '0003-planet.sql']);
    await Promise.all(databases.map((database) => database.close()));
    await drop();
  });

  it('gives up with a reason when another one holds the lock for too long, where it has something to apply', async () => {
    const { url, drop } = await createPostgresTestUrl();
    const database = createPostgresDatabase({ url });
    await write('0001-planets.sql', 'CREATE TABLE planets (name text)');
    await migrate(database, directory);
    await database.transaction(async (transaction) => {
      await transaction.query('SELECT pg_advisory_xact_lock(7061997342)');
      // As a command of the release before does while a newer one makes an index.
      expect(await migrate(database, directory, { lockWaitMs: 50 })).toMatchObject({ applied: [] });
      await write('0002-moons.sql', 'CREATE TABLE moons (name text)');
      await expect(migrate(database, directory, { lockWaitMs: 50 })).rejects.toMatchObject({
        code: 'STORE_TIMEOUT',
        message: 'Another process has been migrating the database for over 0.05 s',
      });
    });
    await database.close();
    await drop();
  });
});
