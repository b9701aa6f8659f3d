/**
 * Whether a gateway grows: readers ask it for what is kept and for what nobody has asked before, while editors change things, and
 * its memory is looked at every minute:
 *
 *   npm run bench:soak -- [minutes, 20 unless told] [articles, 100,000 unless told]
 *
 * Starts PostgreSQL and fills a database. Exit status 1: it used more than it may, or grew in the second half of the run.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describeMachine } from './rig/describe-machine.ts';
import { exitOnSignals, leaveServerCore, residentMegabytes } from './rig/processes.ts';
import { startBenchPostgres } from './rig/start-bench-postgres.ts';
import { startServer } from './rig/start-server.ts';
import { judgeMemory } from './soak/judge-memory.ts';
import { soakMinute } from './soak/soak-minute.ts';

const LIMIT_MEGABYTES = 400;
const ADMIN_TOKEN = randomUUID();

const [minutes = 20, articles = 100_000] = process.argv.slice(2).map(Number);

exitOnSignals();
leaveServerCore();
const postgres = await startBenchPostgres();
try {
  console.log(describeMachine(`${minutes} minutes of readers and editors over ${articles} articles`));
  const { url, archive } = await postgres.archiveOf(articles);
  const server = await startServer(['bin/masthead.js', 'start'], {
    DATABASE_URL: url,
    MASTHEAD_CONFIG: join(import.meta.dirname, 'compare/newsroom.yaml'),
    LOG_LEVEL: 'error',
    ADMIN_TOKEN,
  });
  const megabytes: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const { perSecond, p99Ms, failures, changes } = await soakMinute({ server, archive, token: ADMIN_TOKEN, minute });
    megabytes.push(residentMegabytes(server.pid));
    console.log(
      `minute ${String(minute + 1).padStart(2)}: ${perSecond.toFixed(0)}/s, p99 ${p99Ms.toFixed(1)} ms, ${changes} changes, ${failures} failures, ${megabytes.at(-1)?.toFixed(0)} MB`,
    );
    if (failures > 0) process.exitCode = 1;
  }
  await server.stop();
  const verdict = judgeMemory(megabytes, LIMIT_MEGABYTES);
  console.log(`\n${verdict.told}`);
  if (!verdict.isSound) process.exitCode = 1;
} finally {
  await postgres.stop();
}
