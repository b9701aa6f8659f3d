/**
 * Answers out of the cache beside a bare `node:http` server that sends the same bytes under the same headers, in one run:
 *
 *   npm run bench:cache -- [rounds] [seconds per round] [rows, by a part of their name]
 *
 * Starts PostgreSQL (and Redis, where it is installed), fills it with the demo newsroom and 2,000 more articles, then
 * measures in pairs: bare, ours, bare, ours … Servers have one core, everything else another.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedis } from '../../scripts/find-programs.ts';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { startPostgres, startRedis } from '../support/services.ts';
import { describePairs, type Pair } from './cache/figures.ts';
import { importMadeUpArchive } from './cache/made-up-archive.ts';
import { readHits } from './cache/read-hits.ts';
import { rowsOf, type Row } from './cache/rows.ts';
import { describeLoad, describeMachine } from './rig/describe-machine.ts';
import type { BenchRequest } from './rig/load.ts';
import { measure, median } from './rig/measure.ts';
import { exitOnSignals, leaveServerCore } from './rig/processes.ts';
import { recordAnswer, type Recorded } from './rig/record.ts';
import { startServer, stopAll, type Server } from './rig/start-server.ts';

const [ROUNDS = 7, SECONDS = 2] = process.argv.slice(2, 4).map(Number);
const WANTED = process.argv[4] ?? '';
const ARTICLES = 2_000;
const WARM_UP_REQUESTS = 30_000;
const WARM_UP_ROUNDS = 10;
/** Young enough then to stay true for two more rounds. */
const RENEW_AFTER_MS = 60_000 - (4 * SECONDS + 10) * 1000;
const ADMIN_TOKEN = randomBytes(16).toString('hex');
let purges = 0;

exitOnSignals();
leaveServerCore();
const directory = mkdtempSync(join(tmpdir(), 'masthead-bench-'));
const postgres = await startPostgres();
const redis = findRedis() === undefined ? undefined : await startRedis();
const started: Server[] = [];

const fillDatabase = async (): Promise<void> => {
  const { editions } = loadConfig({ variables: {}, demoFile: demoConfigFile });
  const database = createPostgresDatabase({ url: postgres.url });
  await migrate(database, migrationsDirectory);
  await loadDemo(database, editions, systemClock);
  await importMadeUpArchive({ database, editions, clock: systemClock }, ARTICLES);
  await database.close();
};

const startGateway = async (variables: Readonly<Record<string, string>>): Promise<Server> => {
  const gateway = await startServer(['bin/masthead.js', 'start'], {
    DATABASE_URL: postgres.url,
    LOG_LEVEL: 'error',
    ADMIN_TOKEN,
    ...variables,
  });
  started.push(gateway);
  return gateway;
};

const RENEWALS = 5;
const isHit = ({ status, headers }: Recorded): boolean =>
  (status === 200 || status === 304) && headers.join().includes('hit');

let renewedAt = -Infinity;
/** Has every answer of `row` made anew, for those that count readers live for a minute; gives them as they are kept. */
const renew = async (port: number, { requests }: Row): Promise<readonly Recorded[]> => {
  purges += 1;
  const response = await fetch(`http://127.0.0.1:${port}/changes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: `bench-${purges}`, changes: [{ tags: ['edition:en'] }] }),
  });
  if (response.status !== 200) throw new TypeError(`The purge was answered ${response.status}`);
  renewedAt = performance.now();
  const answers: Recorded[] = [];
  // Once to make them; Redis, asked while it is slow, takes some of them only the next time.
  for (let time = 0; time < 2 || (time < RENEWALS && answers.some((answer) => !isHit(answer))); time += 1) {
    const left = [...requests.entries()];
    const work = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop())
        answers[next[0]] = await recordAnswer(port, next[1]);
    };
    await Promise.all(Array.from({ length: 8 }, work));
  }
  return answers;
};

/** A bare server with the answers that the gateway on `port` gives to `requests` now that it has them. */
const startBare = async (port: number, row: Row): Promise<{ readonly server: Server; readonly bytes: number }> => {
  const answers = await renew(port, row);
  const odd = answers.find((answer) => !isHit(answer));
  if (odd !== undefined) throw new TypeError(`Not out of the cache: ${odd.status} ${odd.headers.join()}`);
  const file = join(directory, 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  const redisUrl = row.tier === 'redis' && redis !== undefined ? [redis.url] : [];
  const server = await startServer(['test/bench/rig/replay-server.ts', file, ...redisUrl]);
  started.push(server);
  return { server, bytes: median(answers.map(({ body }) => Buffer.byteLength(body, 'base64'))) };
};

/** A server compiles what it runs often only after some time of running it. */
const warmUp = async (server: Server, requests: readonly BenchRequest[]): Promise<void> => {
  for (let sent = 0, rounds = 0; sent < WARM_UP_REQUESTS && rounds < WARM_UP_ROUNDS; rounds += 1)
    sent += (await measure(server, requests, SECONDS)).requests;
};

const comparePairs = async (row: Row, ours: Server): Promise<void> => {
  const { server: bare, bytes } = await startBare(ours.port, row);
  await warmUp(bare, row.requests);
  await warmUp(ours, row.requests);
  const pairs: Pair[] = [];
  let hits = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (performance.now() - renewedAt > RENEW_AFTER_MS) await renew(ours.port, row);
    const first = await measure(bare, row.requests, SECONDS);
    const hitsBefore = await readHits(ours.port, ADMIN_TOKEN, row);
    const second = await measure(ours, row.requests, SECONDS);
    hits += (await readHits(ours.port, ADMIN_TOKEN, row)) - hitsBefore;
    pairs.push({ bare: first, ours: second });
  }
  console.log(describePairs(row, { bytes, hits }, pairs));
  await bare.stop();
};

try {
  await fillDatabase();
  console.log(describeMachine(`${describeLoad}, ${ROUNDS} pairs of ${SECONDS} s a row`));
  const memory = await startGateway({ MEMORY_TIER_MEGABYTES: '512' });
  const shared =
    redis === undefined ? undefined : await startGateway({ MEMORY_TIER_MEGABYTES: '1', REDIS_URL: redis.url });
  if (shared === undefined) console.log('Redis is not installed: its rows are left out');
  for (const row of rowsOf(ARTICLES)) {
    if (!row.name.includes(WANTED)) continue;
    const ours = row.tier === 'memory' ? memory : shared;
    if (ours !== undefined) await comparePairs(row, ours);
  }
} finally {
  await stopAll(started);
  await postgres.stop();
  await redis?.stop();
  rmSync(directory, { recursive: true, force: true });
}
