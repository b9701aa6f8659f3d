// Run by error-disclosure.test.ts under every NODE_ENV: answers go to standard output, the log to standard error.
import { GraphQLError } from 'graphql';
import { createApp, type App } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import { demoConfigFile } from '../../../src/demo/demo-files.ts';
import { StoreError } from '../../../src/errors.ts';
import type { Stores } from '../../../src/stores/stores.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';

/** What no client may ever read; the log holds it. */
const SECRET = 'tell-tale: SELECT password FROM users at db.internal:5432, /srv/masthead/src/secret.ts:12:3';

const FAILURES: Readonly<Record<string, () => never>> = {
  error: () => {
    throw new Error(SECRET);
  },
  'error with a status, a code and extensions': () => {
    throw Object.assign(new Error(SECRET), { statusCode: 400, code: 'NOT_FOUND', extensions: { note: SECRET } });
  },
  'GraphQL error': () => {
    throw new GraphQLError(SECRET, { extensions: { code: 'NOT_FOUND', stacktrace: [SECRET] } });
  },
  'store error': () => {
    throw new StoreError('postgres', 'STORE_FAILED', { cause: new Error(SECRET) });
  },
  text: () => {
    throw SECRET; // oxlint-disable-line typescript/only-throw-error -- a library may
  },
};

/** Stores of which every call fails. */
const brokenStores = (fail: () => never): Stores => {
  const store = new Proxy({}, { get: (_target, name) => (name === 'held' ? undefined : async () => fail()) });
  return { articles: store, taxonomy: store, engagement: store } as Stores;
};

const config = loadConfig({ demoFile: demoConfigFile });
const database = createPostgresDatabase({ url: config.environment.DATABASE_URL ?? '' });

/** Another slug every time: what failed a moment ago speaks for whoever asks the same. */
let asked = 0;
const writeQuery = (): string =>
  `{ edition(code: EN) { sections { name } article(slug: "x${(asked += 1)}") { id } trending { id } } }`;

const askAll = async ({ server }: App, name: string): Promise<void> => {
  const headers = {
    'x-request-id': name.replaceAll(/\W+/g, '-'),
    authorization: `Bearer ${config.environment.ADMIN_TOKEN}`,
  };
  for (const url of ['/graphql', '/metrics', '/media/..%2f..%2fpackage.json', '/readyz', '/%']) {
    const response = await server.inject(
      url === '/graphql' ? { method: 'POST', url, headers, payload: { query: writeQuery() } } : { url, headers },
    );
    const { statusCode: status, headers: sent, body } = response;
    process.stdout.write(`${JSON.stringify({ name, url, status, headers: sent, body })}\n`);
  }
};

let fail = (): never => {
  throw new TypeError('chosen below');
};
let isStoreFound = true;
const metrics = createMetrics();
metrics.registry.metrics = async () => fail();
const broken = await createApp(config, database, {
  metrics,
  storesOf: () => (isStoreFound ? brokenStores(() => fail()) : fail()),
});
// Where there is a server: without a log to follow nothing else would be answered.
await broken.changes.start().catch(() => undefined);
for (const [name, failure] of Object.entries(FAILURES)) {
  fail = failure;
  isStoreFound = true;
  await askAll(broken, name);
  isStoreFound = false;
  await askAll(broken, `no store: ${name}`);
}
await broken.close();

// Connected once, where there is a server.
await database.query('SELECT 1').catch(() => undefined);
await database.close();
const closed = await createApp(config, database);
await askAll(closed, 'closed database');
await closed.close();
