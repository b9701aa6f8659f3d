/**
 * Requests per second of the gateway beside a bare route that sends the same bytes, in one run:
 *
 *   node test/bench/requests.ts [seconds per row]
 *
 * `DATABASE_URL` names a PostgreSQL that holds the demo newsroom or may be filled with it; absent: embedded, in memory.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import autocannon from 'autocannon';
import fastify from 'fastify';
import { createApp } from '../../src/app.ts';
import { readRelease } from '../../src/config/read-release.ts';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createEmbeddedDatabase } from '../../src/database/create-embedded-database.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';

const SECONDS = Number(process.argv[2] ?? 5);
const CONNECTIONS = 32;

const operation = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, `../../src/http/playground/operations/${name}.graphql`), 'utf8');

/** A listing nobody has asked for before: its filter is another instant every time. */
const COLD_LISTING = `query ($before: DateTime!) { edition(code: EN) { articles(first: 20, filter: { publishedBefore: $before }) {
  nodes { id headline url publishedAt section { id name } authors { id name } tags { id name } } } } }`;

const config = loadConfig({
  variables: { ...process.env, PORT: '0', LOG_LEVEL: 'error' },
  demoFile: demoConfigFile,
});
const url = config.environment.DATABASE_URL;
const database = url === undefined ? await createEmbeddedDatabase({}) : createPostgresDatabase({ url });
await migrate(database, migrationsDirectory);
await loadDemo(database, config.editions, systemClock);
const app = await createApp(config, database);
const port = await app.start();
const endpoint = `http://127.0.0.1:${port}/graphql`;

const bodyOf = (query: string, variables: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ query, variables });
const articlePage = bodyOf(operation('article-page'), { edition: 'EN', slug: 'grain-corridor-talks-resume' });
const headers = { 'content-type': 'application/json' };
const sample = await fetch(endpoint, { method: 'POST', headers, body: articlePage });
const bytes = Buffer.from(await sample.arrayBuffer());
const etag = sample.headers.get('etag') ?? '';

const bare = fastify();
bare.post('/graphql', (_, reply) => reply.type('application/json').send(bytes));
const reference = `${await bare.listen({ port: 0, host: '127.0.0.1' })}/graphql`;

let instant = Date.parse('2030-01-01T00:00:00Z');
const coldBody = (): string =>
  bodyOf(COLD_LISTING, { before: new Date((instant += 1000)).toISOString().replace('.000', '') });

const measure = async (options: Partial<autocannon.Options> & { readonly url: string }) => {
  const { requests, latency, non2xx, errors } = await autocannon({
    method: 'POST',
    headers,
    connections: CONNECTIONS,
    duration: SECONDS,
    ...options,
  });
  return { perSecond: requests.average, p99: latency.p99, refused: non2xx + errors };
};

const rows: readonly (readonly [string, Partial<autocannon.Options> & { readonly url: string }])[] = [
  ['bare Fastify, the same bytes', { url: reference, body: articlePage }],
  ['article page, kept', { url: endpoint, body: articlePage }],
  ['article page, kept, 304', { url: endpoint, body: articlePage, headers: { ...headers, 'if-none-match': etag } }],
  [
    'listing of 20, never asked before',
    { url: endpoint, requests: [{ setupRequest: (request) => ({ ...request, body: coldBody() }) }] },
  ],
];

const [cpu] = cpus();
console.log(`masthead ${readRelease()}, Node ${process.version}, ${database.kind}, ${cpus().length} × ${cpu?.model}`);
console.log(
  `${CONNECTIONS} connections, ${SECONDS} s a row; ${bytes.length} bytes an article page; client on the same cores`,
);
let base = 0;
for (const [name, options] of rows) {
  const { perSecond, p99, refused } = await measure(options);
  if (base === 0) base = perSecond;
  const share = (perSecond / base).toFixed(3);
  console.log(
    `${name.padEnd(36)} ${perSecond.toFixed(0).padStart(7)}/s  ${share} of bare  p99 ${p99} ms  refused ${refused}`,
  );
}
await bare.close();
await app.close();
await database.close();
