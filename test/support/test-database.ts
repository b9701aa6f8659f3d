import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inject } from 'vitest';
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

/** A fresh, migrated database of its own; `close` also removes it. */
export const createTestDatabase = async (kind: DatabaseKind, options: TestDatabaseOptions = {}): Promise<Database> => {
  if (kind === 'embedded') throw new Error('lands with the embedded database');
  const { url, drop } = await createPostgresTestUrl();
  const database = createPostgresDatabase({ url, ...options });
  return {
    ...database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
};

/** The address of a fresh, migrated PostgreSQL database, and what removes it. */
export const createPostgresTestUrl = async (): Promise<{
  readonly url: string;
  readonly drop: () => Promise<void>;
}> => {
  const template = await ensureTemplate();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer((server) => server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    url: addressOf(name),
    drop: () => onServer(async (server) => void (await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
};

const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';

let template: Promise<string> | undefined;

const ensureTemplate = (): Promise<string> => {
  template ??= createTemplate();
  return template;
};

/** One per state of the migrations, shared by every test file and every run on this server. */
const createTemplate = async (): Promise<string> => {
  const digest = createHash('sha256');
  for (const name of readdirSync(MIGRATIONS).toSorted())
    digest.update(name).update(readFileSync(resolve(MIGRATIONS, name)));
  const name = `masthead_${digest.digest('hex').slice(0, 16)}`;
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
