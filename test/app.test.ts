import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../src/app.ts';
import { systemClock } from '../src/clock.ts';
import { createPostgresDatabase } from '../src/database/create-postgres-database.ts';
import type { Database } from '../src/database/database.ts';
import { loadDemo } from '../src/demo/load-demo.ts';
import { runQuery } from './support/run-query.ts';
import { createTestConfig } from './support/test-app.ts';
import { createPostgresTestUrl } from './support/test-database.ts';

const POOL = 2;
const LOCK = 4711;

describe('createApp', () => {
  let database: Database;
  let logDatabase: Database;
  let holder: Database;
  let app: App;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const created = await createPostgresTestUrl();
    ({ drop } = created);
    database = createPostgresDatabase({ url: created.url, maxConnections: POOL });
    logDatabase = createPostgresDatabase({ url: created.url, maxConnections: 1 });
    holder = createPostgresDatabase({ url: created.url, maxConnections: 1 });
    const config = createTestConfig();
    await loadDemo(database, config.editions, systemClock);
    app = await createApp(config, database, { logDatabase });
    await app.changes.start();
  });

  afterAll(async () => {
    await app?.close();
    for (const each of [holder, logDatabase, database]) await each?.close();
    await drop?.();
  });

  it('goes on trusting what it kept while readers hold every connection', async () => {
    const query = '{ edition(code: EN) { articles(first: 3) { nodes { id } } } }';
    await runQuery(app, query);
    await holder.transaction(async (transaction) => {
      await transaction.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      const slow = Array.from({ length: POOL }, () =>
        database.query('SELECT pg_advisory_xact_lock_shared($1)', [LOCK]).catch(() => undefined),
      );
      // Reads the log to its end now: behind those readers it would wait for them.
      await app.changes.step();
      const { headers } = await runQuery(app, query);
      expect(headers['cache-status']).toMatch(/^masthead; hit/);
      void Promise.all(slow);
    });
  });
});
