/**
 * Ourselves beside other GraphQL servers, and beside code written by hand for exactly the queries that are asked, in one run:
 *
 *   npm run bench -- [rounds] [seconds per round] [--articles 100000] [--operation part of a name] [--without-peers]
 *
 * Starts PostgreSQL and Redis, fills the one, starts every server on one core and asks them in turn from another. All must answer alike before
 * anything is measured. The other servers' packages are installed into their own folder the first time.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { arePeersInstalled, describePeers, ownContestants, peers, peersDirectory } from './compare/contestants.ts';
import { runContest } from './compare/contest.ts';
import { createStatementCounter } from './rig/count-statements.ts';
import { describeRow } from './compare/describe-row.ts';
import { operations } from './compare/operations.ts';
import { describeLoad, describeMachine } from './rig/describe-machine.ts';
import { exitOnSignals, leaveServerCore } from './rig/processes.ts';
import { startRedis } from '../support/services.ts';
import { startBenchPostgres } from './rig/start-bench-postgres.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    articles: { type: 'string', default: '100000' },
    operation: { type: 'string', default: '' },
    'without-peers': { type: 'boolean', default: false },
  },
});
const [rounds = 5, seconds = 2] = positionals.map(Number);
/** A server compiles what it runs often only after some time of running it. */
const WARM_UP_ROUNDS = 3;

exitOnSignals();
leaveServerCore();
const hasPeers = !values['without-peers'];
if (hasPeers && !arePeersInstalled())
  execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: peersDirectory, stdio: 'inherit' });
const directory = mkdtempSync(join(tmpdir(), 'masthead-bench-'));
const answersFile = join(directory, 'answers.json');
const postgres = await startBenchPostgres();
const redis = await startRedis();
try {
  const filled = await postgres.archiveOf(Number(values.articles));
  const count = await createStatementCounter(filled.database);
  console.log(
    describeMachine(`${describeLoad}, ${rounds} rounds of ${seconds} s a row after ${WARM_UP_ROUNDS} to warm up`),
  );
  console.log(`${filled.archive.articles} articles, ${postgres.version}, ${filled.gigabytes.toFixed(1)} GB`);
  if (hasPeers) console.log(describePeers());
  if (count === undefined) console.log('pg_stat_statements is not installed: statements are not counted');
  await runContest({
    contestants: [...ownContestants(answersFile, redis.url), ...(hasPeers ? peers : [])],
    operations: operations.filter(({ name }) => name.includes(values.operation)),
    archive: filled.archive,
    databaseUrl: filled.url,
    answersFile,
    rounds,
    seconds,
    warmUpRounds: WARM_UP_ROUNDS,
    count,
    onRow: (row) => console.log(describeRow(row)),
  });
} finally {
  await redis.stop();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}
