import { untilOr, type Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { Environment } from '../config/schema.ts';
import type { IndexedStore as IndexedSetting, PostgresStore, Store } from '../config/stores.ts';
import { createPostgresDatabase } from '../database/create-postgres-database.ts';
import type { EditionCode } from '../content/edition.ts';
import type { Database, Queryable } from '../database/database.ts';
import type { ChangeHook } from '../http/verify-hook.ts';
import type { IndexKeeper, IndexState } from '../ingest/index/index-keeper.ts';
import { routeByEdition, type StoresOf } from '../stores/federated/route-by-edition.ts';
import { countStatements } from '../stores/guarded/count-calls.ts';
import { DEFAULT_GUARD, guardOfDatabase } from '../stores/guarded/guard-settings.ts';
import type { Stores } from '../stores/stores.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createSource } from './create-source.ts';
import { followStoreDatabase, type StoreDatabaseKeeping } from './follow-store-database.ts';
import { guardDatabaseStores } from './guard-database-stores.ts';
import { guardHttpClient } from './guard-http-client.ts';
import { indexStores, type IndexedStore } from './index-stores.ts';
import type { StoreTools } from './parts.ts';

export interface ConnectStoresOptions extends StoreTools {
  readonly config: Config;
  /** The gateway's own. */
  readonly database: Database;
  /** Not behind readers: what a store tells is looked up by it. */
  readonly hookDatabase: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Stores of stories beside those of the configuration: they hold their editions instead of it. */
  readonly indexedStores: readonly IndexedStore[];
}

/** The stores of the configuration, as they are read. */
export interface ConnectedStores {
  readonly storesOf: StoresOf;
  /** Past guard and count: the database that remembers what readers of an edition did, the gateway's own unless it lives in another. */
  readonly databaseOf: (edition: EditionCode) => Queryable;
  /** Who may sign what it reports. */
  readonly hooks: readonly ChangeHook[];
  readonly keepers: ReadonlyMap<string, IndexKeeper>;
  /** How the indexes stand, and whether changes of other databases are read, by the name of the store. */
  states(): Readonly<Record<string, IndexState>>;
  /** Begins to keep the indexes. */
  start(): void;
  /** Takes in what happened in other databases, as far as they let it within a moment, and keeps up with them from then on. */
  catchUp(): Promise<void>;
  /** Lets go of what was opened for them; the gateway's own database stays open. */
  close(): Promise<void>;
}

/** One copies its log, one keeps its schedule, one its words; listening takes connections of its own. */
const FOLLOWER_CONNECTIONS = 3;
const POOL_CLOSE_MS = 2_000;

/** A pool for another PostgreSQL, by its own name in errors. Connects on first use. */
export const openStoreDatabase = (
  { name, url, poolSize }: PostgresStore,
  { STATEMENT_TIMEOUT_MS }: Pick<Environment, 'STATEMENT_TIMEOUT_MS'>,
): Database =>
  createPostgresDatabase({
    name,
    url: url.reveal(),
    maxConnections: poolSize,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });

const isIndexed = (store: Store): store is IndexedSetting => store.kind === 'wordpress' || store.kind === 'graphql';

/** A store of stories with its source behind a guard. */
const connectSource = (store: IndexedSetting, { clock, guards, upstream }: ConnectStoresOptions): IndexedStore => {
  const { deadlineMs, retries, concurrency, queue, breaker } = store;
  const http = guardHttpClient({
    name: store.name,
    settings: { ...DEFAULT_GUARD, deadlineMs, retries, concurrency, queue, breaker },
    limitBytes: store.limitKilobytes * 1024,
    // Nothing is written there: a query of another graph goes by POST and is a reading all the same.
    isIdempotent: () => true,
    isJson: true,
    // As small as anything it is asked, and nobody's read.
    probe: (plain) => createSource(store, { clock, http: plain }).savedSince(clock.now(), null),
    guards,
    upstream,
  });
  const { name, source: sourceName, sweepSeconds, inventorySeconds, lagSeconds, hookSecret } = store;
  const [edition] = store.editions;
  const source = createSource(store, { clock, http });
  const hook = hookSecret === undefined ? {} : { hookSecret: hookSecret.reveal() };
  return { name, edition, source, sourceName, sweepSeconds, inventorySeconds, lagSeconds, ...hook };
};

/** Connects every store of the configuration; one that is away costs its own editions, and only when they are read. */
export const connectStores = (options: ConnectStoresOptions): ConnectedStores => {
  const { config, database, hookDatabase, clock, logger, metrics, guards, upstream } = options;
  const { environment } = config;
  const opened: Database[] = [];
  const followed = new Map<string, StoreDatabaseKeeping>();
  const own = guardDatabaseStores({
    name: database.kind,
    database,
    settings: guardOfDatabase(environment.DATABASE_POOL_SIZE),
    guards,
    upstream,
    isTold: () => true,
  });
  const indexed = indexStores({
    stores: [
      ...config.stores.filter(isIndexed).map((store) => connectSource(store, options)),
      ...options.indexedStores,
    ],
    editions: config.editions,
    database,
    reads: countStatements(database, () => upstream.begin(database.kind)),
    hookDatabase,
    index: own,
    clock,
    logger,
    metrics,
  });

  const connect = (
    store: Exclude<Store, IndexedSetting>,
  ): { readonly stores: Stores; readonly remembering: Queryable } => {
    if (store.kind === 'main') return { stores: own, remembering: database };
    const other = openStoreDatabase(store, environment);
    const from = openStoreDatabase({ ...store, poolSize: FOLLOWER_CONNECTIONS }, environment);
    opened.push(other, from);
    const keeping = followStoreDatabase({ store, from, to: hookDatabase, clock, environment, logger });
    followed.set(store.name, keeping);
    const { name, poolSize, retries, breaker } = store;
    const settings = { ...guardOfDatabase(poolSize), retries, breaker };
    const stores = guardDatabaseStores({
      name,
      database: other,
      settings,
      guards,
      upstream,
      isTold: keeping.isCurrent,
    });
    return { stores, remembering: other };
  };
  const taken = new Set(indexed.holdings.flatMap(({ editions }) => editions));
  const plain = config.stores
    .filter((store) => !isIndexed(store))
    .map((store) => ({ store, editions: store.editions.filter((edition) => !taken.has(edition)) }))
    .filter(({ editions }) => editions.length > 0)
    .map(({ store, editions }) => ({ editions, ...connect(store) }));
  const databases = new Map(
    plain.flatMap(({ editions, remembering }) => editions.map((edition) => [edition, remembering] as const)),
  );
  return {
    databaseOf: (edition) => databases.get(edition) ?? database,
    storesOf: routeByEdition([...plain, ...indexed.holdings]),
    hooks: indexed.hooks,
    keepers: indexed.keepers,
    states: () => ({
      ...indexed.states(),
      ...Object.fromEntries([...followed].map(([name, { isWell }]) => [name, isWell() ? 'ok' : 'failed'] as const)),
    }),
    async catchUp() {
      await Promise.all([...followed.values()].map((keeping) => keeping.start()));
    },
    start: indexed.start,
    async close() {
      await indexed.close();
      await Promise.all([...followed.values()].map((keeping) => keeping.close()));
      // A pool waits for what was lent; what hangs at a store keeps no process from stopping.
      await untilOr(Promise.all(opened.map((other) => other.close())), POOL_CLOSE_MS);
    },
  };
};
