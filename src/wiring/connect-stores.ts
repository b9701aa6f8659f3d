import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { Environment } from '../config/schema.ts';
import type { PostgresStore, Store } from '../config/stores.ts';
import { createPostgresDatabase } from '../database/create-postgres-database.ts';
import type { Database } from '../database/database.ts';
import { routeByEdition, type StoresOf } from '../stores/federated/route-by-edition.ts';
import { guardOfDatabase } from '../stores/guarded/guard-settings.ts';
import type { Stores } from '../stores/stores.ts';
import type { IndexState } from '../ingest/index/index-keeper.ts';
import type { Logger } from '../telemetry/logger.ts';
import { guardDatabaseStores } from './guard-database-stores.ts';
import { indexDesk, type IndexedDeskParts } from './index-desk.ts';
import type { StoreTools } from './parts.ts';

export interface ConnectStoresOptions extends StoreTools {
  readonly config: Config;
  /** The gateway's own. */
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The stores of the configuration, as they are read. */
export interface ConnectedStores {
  readonly storesOf: StoresOf;
  /** Those that are read by id, with their indexes. */
  readonly desks: readonly IndexedDeskParts[];
  /** How their indexes stand, by the name of the store. */
  states(): Readonly<Record<string, IndexState>>;
  /** Begins to keep the indexes. */
  start(): void;
  /** Lets go of what was opened for them; the gateway's own database stays open. */
  close(): Promise<void>;
}

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

/** Connects every store of the configuration; one that is away costs its own editions, and only when they are read. */
export const connectStores = ({ config, database, clock, logger, ...tools }: ConnectStoresOptions): ConnectedStores => {
  const opened: Database[] = [];
  const desks: IndexedDeskParts[] = [];
  const own = guardDatabaseStores({
    name: database.kind,
    database,
    settings: guardOfDatabase(config.environment.DATABASE_POOL_SIZE),
    ...tools,
  });
  const connect = (store: Store): Stores => {
    switch (store.kind) {
      case 'main':
        return own;
      case 'postgres': {
        const other = openStoreDatabase(store, config.environment);
        opened.push(other);
        const { name, poolSize: connections, retries, breaker } = store;
        const settings = { ...guardOfDatabase(connections), retries, breaker };
        return guardDatabaseStores({ name, database: other, settings, ...tools });
      }
      case 'wordpress':
      case 'graphql': {
        const desk = indexDesk({ config, store, database, index: own, clock, logger, ...tools });
        desks.push(desk);
        return desk.stores;
      }
    }
  };
  const holdings = config.stores
    .filter(({ editions }) => editions.length > 0)
    .map((store) => ({ editions: store.editions, stores: connect(store) }));
  return {
    storesOf: routeByEdition(holdings),
    desks,
    states: () => Object.fromEntries(desks.map(({ store, keeper }) => [store.name, keeper.state()])),
    start: () => desks.forEach(({ keeper }) => keeper.start()),
    async close() {
      await Promise.all(desks.map(({ keeper }) => keeper.close()));
      for (const other of opened) await other.close();
    },
  };
};
