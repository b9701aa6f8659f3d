import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { inject } from 'vitest';
import { createEmbeddedDatabase } from '../../src/database/create-embedded-database.ts';
import type { Database } from '../../src/database/database.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { sqlStateOf } from '../../src/database/store-failure.ts';

/** Where the migrations of the content tables lie. */
export const MIGRATIONS = resolve(import.meta.dirname, '../../src/stores/postgres/migrations');

/** For `describe.each`: everything that speaks SQL runs on both. */
export const databaseKinds = ['postgres', 'embedded'] as const;

export type DatabaseKind = (typeof databaseKinds)[number];

export interface TestDatabaseOptions {
  /** As of the factories: called once per statement sent. */
  readonly observe?: (statement: string) => void;
}

/** A PostgreSQL database of a test's own, and what removes it. */
interface TestUrl {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** A fresh, migrated database of its own; `close` also removes it. */
export const createTestDatabase = async (kind: DatabaseKind, options: TestDatabaseOptions = {}): Promise<Database> => {
  if (kind === 'embedded')
    return await createEmbeddedDatabase({ ...PATIENT, ...options, snapshotFile: await ensureSnapshot() });
  return openDropped(await createPostgresTestUrl(), options);
};

/** A database as the release left it that came before the migration `name`; `close` also removes it. */
export const createDatabaseBefore = async (kind: DatabaseKind, name: string): Promise<Database> => {
  const database =
    kind === 'embedded' ? await createEmbeddedDatabase(PATIENT) : openDropped(await createUrlFrom('template1'), {});
  const directory = await mkdtemp(join(tmpdir(), 'masthead-migrations-'));
  try {
    for (const earlier of readdirSync(MIGRATIONS).filter((file) => file < name))
      await copyFile(join(MIGRATIONS, earlier), join(directory, earlier));
    await migrate(database, directory);
  } finally {
    await rm(directory, { recursive: true });
  }
  return database;
};

/** The address of a fresh, migrated PostgreSQL database, and what removes it. */
export const createPostgresTestUrl = async (): Promise<TestUrl> => await createUrlFrom(await ensureTemplate());

/** What a machine with much to do may take: who is about limits opens a database with its own. */
const PATIENT = { statementTimeoutMs: 60_000, acquireTimeoutMs: 60_000 };

const createUrlFrom = async (template: string): Promise<TestUrl> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer((server) => server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    url: addressOf(name),
    drop: () => onServer(async (server) => void (await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
};

const openDropped = ({ url, drop }: TestUrl, options: TestDatabaseOptions): Database => {
  const database = createPostgresDatabase({ url, ...PATIENT, ...options });
  return {
    ...database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
};

const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';

let snapshot: Promise<string> | undefined;

/** A migrated data directory to start from, 0.3 s instead of 3; kept between runs beside other temporary files. */
const ensureSnapshot = (): Promise<string> => {
  snapshot ??= createSnapshot();
  return snapshot;
};

const engineVersion = (): string => {
  const file = resolve(import.meta.dirname, '../../node_modules/@electric-sql/pglite/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
};

const createSnapshot = async (): Promise<string> => {
  const file = join(tmpdir(), `${migrationsName()}-${engineVersion()}.tar`);
  if (existsSync(file)) return file;
  const directory = await mkdtemp(join(tmpdir(), 'masthead-snapshot-'));
  try {
    const database = await createEmbeddedDatabase({ directory: join(directory, 'database') });
    await migrate(database, MIGRATIONS);
    await database.close();
    const engine = await PGlite.create(join(directory, 'database'));
    const dump = await engine.dumpDataDir('none');
    await engine.close();
    // Under its name only when whole: test files start at once.
    await writeFile(join(directory, 'dump.tar'), dump.stream());
    await rename(join(directory, 'dump.tar'), file);
  } finally {
    await rm(directory, { recursive: true });
  }
  return file;
};

let template: Promise<string> | undefined;

const ensureTemplate = (): Promise<string> => {
  template ??= createTemplate();
  return template;
};

/** One per state of the migrations, shared by every test file and every run on this server. */
const createTemplate = async (): Promise<string> => {
  const name = migrationsName();
  const exists = await onServer((server) => server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]));
  if (exists.length > 0) return name;

  // Built under another name: whoever finds the template finds it migrated.
  const draft = `draft_${randomUUID().replaceAll('-', '')}`;
  await onServer((server) => server.query(`CREATE DATABASE ${draft}`));
  const database = createPostgresDatabase({ url: addressOf(draft), maxConnections: 1 });
  await migrate(database, MIGRATIONS);
  await database.close();
  try {
    await onServer((server) => server.query(`ALTER DATABASE ${draft} RENAME TO ${name}`));
  } catch (error) {
    if (![DUPLICATE_DATABASE, UNIQUE_VIOLATION].includes(sqlStateOf(error) ?? '')) throw error;
    await onServer((server) => server.query(`DROP DATABASE ${draft}`));
  }
  return name;
};

/** Changes with every migration, so that no test runs on yesterday's tables. */
const migrationsName = (): string => {
  const digest = createHash('sha256');
  for (const name of readdirSync(MIGRATIONS).toSorted())
    digest.update(name).update(readFileSync(join(MIGRATIONS, name)));
  return `masthead_${digest.digest('hex').slice(0, 16)}`;
};

const addressOf = (databaseName: string): string => {
  const address = new URL(inject('postgresUrl'));
  address.pathname = `/${databaseName}`;
  return address.href;
};

const onServer = async <T>(work: (server: Database) => Promise<T>): Promise<T> => {
  const server = createPostgresDatabase({
    url: inject('postgresUrl'),
    maxConnections: 1,
    // Copying a template waits for the server's disk when many test files start at once.
    statementTimeoutMs: 60_000,
    acquireTimeoutMs: 20_000,
  });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
};
