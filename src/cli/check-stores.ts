import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { IndexedStore, PostgresStore } from '../config/stores.ts';
import type { Database } from '../database/database.ts';
import { readPending } from '../database/migrate.ts';
import { sqlStateOf } from '../database/store-failure.ts';
import { StoreError } from '../errors.ts';
import { migrationsDirectory } from '../stores/postgres/migrations-directory.ts';
import { openStoreDatabase } from '../wiring/connect-stores.ts';
import { createSource } from '../wiring/create-source.ts';
import { findOut, type Finding } from './finding.ts';

type Seen = Omit<Finding, 'part'>;

const ACCESS_DENIED: ReadonlySet<string> = new Set(['28P01', '28000']);
const NO_DATABASE = '3D000';

/** Why a PostgreSQL cannot be used, as its SQLSTATE or the network says it; nothing of its address but its name. */
const explain = (error: unknown): string => {
  const sqlState = sqlStateOf(error);
  if (sqlState === undefined) {
    const cause = error instanceof StoreError ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
    return `it did not answer${code === undefined ? '' : ` (${code})`}`;
  }
  if (ACCESS_DENIED.has(sqlState)) return 'it refuses the user or the password';
  if (sqlState === NO_DATABASE) return 'there is no database of that name';
  return `it refuses us (SQLSTATE ${sqlState})`;
};

/** Its server's version, and whether the tables in it are ours, of this release. */
const describeTables = async (database: Database, { editions }: PostgresStore): Promise<Seen> => {
  const [row] = await database.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  const version = `PostgreSQL ${row?.version ?? 'of unknown version'}`;
  const { applied, pending } = await readPending(database, migrationsDirectory);
  if (pending.length === 0) {
    const [count] = await database.query<{ articles: string }>(
      'SELECT count(*) AS articles FROM articles WHERE edition = ANY ($1::text[])',
      [editions],
    );
    return { state: 'ok', detail: `${version}, tables up to date, ${count?.articles ?? 0} articles` };
  }
  const what = applied === 0 ? 'no tables yet' : `${pending.length} migrations to come`;
  return { state: 'ok', detail: `${version}, ${what}: the next start makes them` };
};

const checkPostgres = async (store: PostgresStore, { environment }: Config): Promise<Seen> => {
  const database = openStoreDatabase(store, environment);
  try {
    return await describeTables(database, store);
  } catch (error) {
    return { state: 'failed', detail: explain(error) };
  } finally {
    await database.close();
  }
};

const checkSource = async (store: IndexedStore, clock: Clock): Promise<Seen> => {
  const { isWorking, detail } = await createSource(store, { clock }).probe();
  return { state: isWorking ? 'ok' : 'failed', detail };
};

/** Every store beside the gateway's own database, all asked at once: whether it can be used, and for which editions. */
export const checkStores = async (config: Config, clock: Clock): Promise<readonly Finding[]> =>
  await Promise.all(
    config.stores.flatMap((store) =>
      store.kind === 'main'
        ? []
        : [
            findOut(`store ${store.name}`, async () => {
              const seen = await (store.kind === 'postgres' ? checkPostgres(store, config) : checkSource(store, clock));
              return { ...seen, detail: `${store.editions.join(', ')}: ${seen.detail}` };
            }),
          ],
    ),
  );
