import type { Config } from '../config/load.ts';
import type { Environment } from '../config/schema.ts';
import type { PostgresStore, Store } from '../config/stores.ts';
import { createPostgresDatabase } from '../database/create-postgres-database.ts';
import type { Database } from '../database/database.ts';
import { routeByEdition, type StoresOf } from '../stores/federated/route-by-edition.ts';
import type { Stores } from '../stores/stores.ts';
import { guardDatabaseStores } from './guard-database-stores.ts';
import type { StoreTools } from './parts.ts';

export interface ConnectStoresOptions extends StoreTools {
  readonly config: Config;
  /** The gateway's own. */
  readonly database: Database;
}

/** The stores of the configuration, as they are read. */
export interface ConnectedStores {
  readonly storesOf: StoresOf;
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
export const connectStores = ({ config, database, ...tools }: ConnectStoresOptions): ConnectedStores => {
  const opened: Database[] = [];
  const connections = config.environment.DATABASE_POOL_SIZE;
  const own = guardDatabaseStores({ name: database.kind, database, connections, ...tools });
  const connect = (store: Store): Stores => {
    switch (store.kind) {
      case 'main':
        return own;
      case 'postgres': {
        const other = openStoreDatabase(store, config.environment);
        opened.push(other);
        return guardDatabaseStores({ name: store.name, database: other, connections: store.poolSize, ...tools });
      }
      case 'wordpress':
      case 'graphql':
        // What is indexed of them.
        return own;
    }
  };
  const holdings = config.stores
    .filter(({ editions }) => editions.length > 0)
    .map((store) => ({ editions: store.editions, stores: connect(store) }));
  return {
    storesOf: routeByEdition(holdings),
    async close() {
      for (const other of opened) await other.close();
    },
  };
};
