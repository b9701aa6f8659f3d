/**
 * Whether a gateway grows: readers ask it for what is kept and for what nobody has asked before (pages, lists, searches, deltas,
 * feeds), while editors publish, correct and tell of changes, and its memory is looked at every second:
 *
 *   npm run bench:soak -- [minutes, 20 unless told] [articles, 100,000 unless told]
 *
 * Starts PostgreSQL and Redis and fills a database. Exit status 1: it used more than it may at any second, or grew in the second
 * half of the run.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startRedis } from '../support/services.ts';
import { describeLoad, describeMachine } from './rig/describe-machine.ts';
import { exitOnSignals, leaveServerCore } from './rig/processes.ts';
import { startBenchPostgres } from './rig/start-bench-postgres.ts';
import { startServer } from './rig/start-server.ts';
import { judgeMemory, type MinuteOfMemory } from './soak/judge-memory.ts';
import { SOAK_START, soakMinute } from './soak/soak-minute.ts';

const LIMIT_MEGABYTES = 400;
const ADMIN_TOKEN = randomUUID();

const [minutes = 20, articles = 100_000] = process.argv.slice(2).map(Number);

exitOnSignals();
leaveServerCore();
const postgres = await startBenchPostgres();
const redis = await startRedis();
try {
  console.log(describeMachine(`${minutes} minutes of readers and editors over ${articles} articles; ${describeLoad}`));
  const { url, archive, database } = await postgres.archiveOf(articles);
  const server = await startServer(['bin/masthead.js', 'start'], {
    DATABASE_URL: url,
    REDIS_URL: redis.url,
    MASTHEAD_CONFIG: join(import.meta.dirname, 'compare/newsroom.yaml'),
    LOG_LEVEL: 'error',
    ADMIN_TOKEN,
  });
  const memory: MinuteOfMemory[] = [];
  let progress = SOAK_START;
  for (let minute = 1; minute <= minutes; minute += 1) {
    const soaked = await soakMinute({ server, database, archive, token: ADMIN_TOKEN }, progress);
    const edits = soaked.progress.edits - progress.edits;
    progress = soaked.progress;
    memory.push(soaked.memory);
    const { perSecond, freshShare, p99Ms, failures } = soaked;
    console.log(
      `minute ${String(minute).padStart(2)}: ${perSecond.toFixed(0)}/s, ${(freshShare * 100).toFixed(0)} % new, p99 ${p99Ms.toFixed(1)} ms, ` +
        `${edits} edits, ${failures} failures, ${soaked.memory.mean.toFixed(0)} MB, at most ${soaked.memory.most.toFixed(0)}`,
    );
    if (failures > 0) process.exitCode = 1;
  }
  await server.stop();
  const verdict = judgeMemory(memory, LIMIT_MEGABYTES);
  console.log(`\n${verdict.told}`);
  if (!verdict.isSound) process.exitCode = 1;
} finally {
  await redis.stop();
  await postgres.stop();
}
