/**
 * What several processes behind one port give, beside one:
 *
 *   npm run bench:processes -- [rounds] [seconds per round] [processes, such as 1,2,4]
 *
 * Starts PostgreSQL and Redis, fills them with the demo newsroom and 2,000 more articles, and a gateway for each number of
 * processes; loads them in turn, round after round, so that whatever else the machine does falls on all. Rows are answers
 * out of memory and answers nobody has asked for before. Nothing is pinned: clients, gateways and stores share the cores.
 */
import { loadavg } from 'node:os';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/clock.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { startPostgres, startRedis } from '../support/services.ts';
import { importMadeUpArchive } from './cache/made-up-archive.ts';
import { rowsOf } from './cache/rows.ts';
import { describeLoad, describeMachine } from './rig/describe-machine.ts';
import { graphqlRequest } from './rig/graphql-request.ts';
import { runLoad, type BenchRequest } from './rig/load.ts';
import { median, type Measured } from './rig/measure.ts';
import { cpuSeconds, residentMegabytes } from './rig/processes.ts';
import { startMasthead, type StartedMasthead } from './start-masthead.ts';

const [ROUNDS = 5, SECONDS = 3] = process.argv.slice(2, 4).map(Number);
const COUNTS = (process.argv[4] ?? '1,2,4').split(',').map(Number);
const ARTICLES = 2_000;
/** More than are answered within a round. */
const COLD_PER_SECOND = 4_000;

/** A gateway of so many processes, and the numbers of all of them. */
interface Deployment {
  readonly processes: number;
  readonly masthead: StartedMasthead;
  readonly port: number;
  readonly pids: readonly number[];
}

interface Row {
  readonly name: string;
  readonly requestsOf: (round: number) => readonly BenchRequest[];
}

const fillDatabase = async (url: string): Promise<void> => {
  const { editions } = loadConfig({ variables: {}, demoFile: demoConfigFile });
  const database = createPostgresDatabase({ url });
  await migrate(database, migrationsDirectory);
  await loadDemo(database, editions, systemClock);
  await importMadeUpArchive({ database, editions, clock: systemClock }, ARTICLES);
  await database.close();
};

const start = async (processes: number, variables: Readonly<Record<string, string>>): Promise<Deployment> => {
  const masthead = await startMasthead({ ...variables, PROCESSES: String(processes) });
  const others = [...masthead.log().matchAll(/"pid":(\d+),"msg":"a process serves"/g)].map(([, pid]) => Number(pid));
  return { processes, masthead, port: Number(new URL(masthead.url).port), pids: [masthead.pid, ...others] };
};

const cpuOf = ({ pids }: Deployment): number => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);

const measure = async (deployment: Deployment, requests: readonly BenchRequest[]): Promise<Measured> => {
  const before = cpuOf(deployment);
  const round = await runLoad(deployment.port, requests, SECONDS);
  const taken = cpuOf(deployment) - before;
  return { ...round, cpuMicroseconds: (taken / round.requests) * 1e6, busy: taken / SECONDS };
};

const describeRow = (name: string, measured: ReadonlyMap<number, readonly Measured[]>): string => {
  const [first = []] = measured.values();
  const lines = [...measured].map(([processes, rounds]) => {
    const of = (pick: (round: Measured) => number): number => median(rounds.map(pick));
    const ratio = median(rounds.map(({ perSecond }, index) => perSecond / (first[index]?.perSecond ?? Number.NaN)));
    const failures = rounds.reduce((sum, round) => sum + round.failures, 0);
    return [
      `  ${String(processes).padStart(2)} processes`,
      `${of(({ perSecond }) => perSecond)
        .toFixed(0)
        .padStart(6)}/s`,
      `${ratio.toFixed(2)} of ${COUNTS[0]}`,
      `p50 ${of(({ p50Ms }) => p50Ms).toFixed(2)} ms`,
      `p99 ${of(({ p99Ms }) => p99Ms).toFixed(2)} ms`,
      `CPU ${of(({ cpuMicroseconds }) => cpuMicroseconds).toFixed(0)} µs a request`,
      `${of(({ busy }) => busy).toFixed(2)} cores`,
      ...(failures === 0 ? [] : [`${failures} FAILED`]),
    ].join('  ');
  });
  return [`\n${name}`, ...lines].join('\n');
};

const COLD_LISTING = `query ($before: DateTime!) { edition(code: EN) { articles(first: 20, filter: { publishedBefore: $before }) {
  nodes { id headline url publishedAt section { id name } authors { id name } tags { id name } } } } }`;

/** Requests of round `round` that nobody has sent before: each asks as of another instant. */
const coldRequests = (count: number, round: number): readonly BenchRequest[] =>
  Array.from({ length: count }, (_, index) => {
    const before = new Date(Date.UTC(2030, 0, 1) + (round * count + index) * 1000).toISOString().replace('.000', '');
    return graphqlRequest(COLD_LISTING, { before });
  });

const warm = rowsOf(ARTICLES).filter(({ name }) => name === 'article page, GET' || name === 'front page, GET');
const rows: readonly Row[] = [
  ...warm.map(({ name, requests }) => ({ name: `${name}, out of memory`, requestsOf: () => requests })),
  {
    name: 'listing of 20, never asked before',
    requestsOf: (round) => coldRequests(SECONDS * COLD_PER_SECOND, round),
  },
];

const postgres = await startPostgres();
const redis = await startRedis();
const deployments: Deployment[] = [];
try {
  await fillDatabase(postgres.url);
  const variables = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
  for (const processes of COUNTS) deployments.push(await start(processes, variables));
  const shape = `${describeLoad}, ${ROUNDS} rounds of ${SECONDS} s; load before ${loadavg()[0]?.toFixed(1)}`;
  console.log(describeMachine(shape, 'the gateway, the load, PostgreSQL and Redis share all cores'));
  let cold = 0;
  for (const { name, requestsOf } of rows) {
    const measured = new Map(deployments.map(({ processes }): [number, Measured[]] => [processes, []]));
    // The first round warms up.
    for (let round = 0; round <= ROUNDS; round += 1)
      for (const deployment of deployments) {
        const taken = await measure(deployment, requestsOf((cold += 1)));
        if (round > 0) measured.get(deployment.processes)?.push(taken);
      }
    console.log(describeRow(name, measured));
  }
  console.log('\nresident memory, MB: the watcher first where there is one');
  for (const { processes, pids } of deployments)
    console.log(`  ${processes} processes  ${pids.map((pid) => residentMegabytes(pid).toFixed(0)).join(' ')}`);
} finally {
  for (const { masthead } of deployments) await masthead.end();
  await redis.stop();
  await postgres.stop();
}
