import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import type { Database } from '../../src/database/database.ts';
import type { Clock } from '../../src/clock.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { routeByEdition } from '../../src/stores/federated/route-by-edition.ts';
import { guardDatabaseStores } from '../../src/wiring/guard-database-stores.ts';
import { guardOfDatabase } from '../../src/stores/guarded/guard-settings.ts';
import type { Logger } from '../../src/telemetry/logger.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { createTestApp, createTestConfig, type TestApp } from '../support/test-app.ts';
import { createPostgresTestUrl, createTestDatabase } from '../support/test-database.ts';

/** A gateway of two stores: the Arabic edition lives in `beirut`, behind a wire that breaks; the others in `london`. */
export interface TwoStores {
  readonly app: TestApp;
  readonly wire: TcpProxy;
  /** Statements that were sent to `beirut` since it was last asked. */
  takeStatements(): readonly string[];
  close(): Promise<void>;
}

export const ADMIN_TOKEN = 'correct-horse-battery-staple';
/** How long `beirut` lets anyone wait, for a connection and for a statement. */
const PATIENCE_MS = 1_500;
const CONNECTIONS = 4;

/** Both stores hold the demo newsroom, and are well. */
export const openTwoStores = async ({
  clock,
  logger,
}: {
  readonly clock: Clock;
  readonly logger: Logger;
}): Promise<TwoStores> => {
  const { editions } = createTestConfig();
  const [london, away] = await Promise.all([createTestDatabase('postgres'), createPostgresTestUrl()]);
  const wire = await startTcpProxy(away.url);
  let statements: string[] = [];
  const beirut: Database = createPostgresDatabase({
    url: wire.url,
    maxConnections: CONNECTIONS,
    acquireTimeoutMs: PATIENCE_MS,
    statementTimeoutMs: PATIENCE_MS,
    observe: (statement) => statements.push(statement),
  });
  const filling = createPostgresDatabase({ url: away.url });
  await Promise.all([loadDemo(london, editions, clock), loadDemo(filling, editions, clock)]);
  await filling.close();

  const app = await createTestApp({
    clock,
    variables: { ADMIN_TOKEN, HOST: '127.0.0.1' },
    swap: {
      logger,
      openStores: (tools) =>
        routeByEdition([
          {
            editions: ['EN', 'ES'],
            stores: guardDatabaseStores({ ...tools, name: 'london', database: london, settings: guardOfDatabase(10) }),
          },
          {
            editions: ['AR'],
            stores: guardDatabaseStores({
              ...tools,
              name: 'beirut',
              database: beirut,
              settings: guardOfDatabase(CONNECTIONS),
            }),
          },
        ]),
    },
  });
  await app.start();
  return {
    app,
    wire,
    takeStatements() {
      const taken = statements;
      statements = [];
      return taken;
    },
    async close() {
      await app.close();
      await wire.pass();
      await beirut.close();
      await wire.close();
      await Promise.all([london.close(), away.drop()]);
    },
  };
};
