/**
 * What a request takes of an archive of a thousand, a hundred thousand and a million articles, in one run:
 *
 *   npm run bench:scale -- [sizes, such as 1000 100000 1000000] [--embedded]
 *
 * Starts PostgreSQL, fills a database for each, and asks a gateway over each, which keeps no answers, one request at a time, archives
 * in turn, after reading all of each database once: what the machine's memory holds is there. A million takes some minutes to write,
 * and 20 GB. With `--embedded` each gateway has its database within it.
 */
import { parseArgs } from 'node:util';
import { describeMachine } from './rig/describe-machine.ts';
import { fillEmbedded, type WrittenArchive } from './rig/fill-archive.ts';
import { exitOnSignals, leaveServerCore } from './rig/processes.ts';
import { startBenchPostgres } from './rig/start-bench-postgres.ts';
import { describeScale } from './scale/describe-scale.ts';
import { measureScale } from './scale/measure-scale.ts';
import { readIntoMemory } from './scale/read-into-memory.ts';

const ROUNDS = 5;
const REQUESTS_PER_ROUND = 100;

const { values, positionals } = parseArgs({
  options: { embedded: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const told = positionals.map(Number);
const sizes = told.length > 0 ? told : [1_000, 100_000, 1_000_000];

exitOnSignals();
leaveServerCore();
const postgres = values.embedded ? undefined : await startBenchPostgres();
try {
  console.log(describeMachine(`one request at a time, ${ROUNDS} rounds of ${REQUESTS_PER_ROUND} a row and archive`));
  console.log(`${postgres?.version ?? 'the embedded database'}\n`);
  const archives: WrittenArchive[] = [];
  for (const articles of sizes) {
    const filled = await (postgres?.archiveOf(articles) ?? fillEmbedded(articles));
    const { fillSeconds, gigabytes } = filled;
    archives.push(filled);
    console.log(
      `${String(articles).padStart(9)} articles: ${gigabytes.toFixed(2)} GB, written in ${fillSeconds.toFixed(0)} s, ${(articles / fillSeconds).toFixed(0)}/s`,
    );
  }
  for (const { archive, database } of archives.toReversed()) {
    const read = database === undefined ? undefined : await readIntoMemory(database);
    if (typeof read === 'number') console.log(`${archive.articles} articles: ${read.toFixed(2)} GB read into memory`);
    if (read === null) console.log('no pg_prewarm: what of an archive lies in memory is chance');
  }
  const memory = await measureScale({
    archives,
    rounds: ROUNDS,
    requestsPerRound: REQUESTS_PER_ROUND,
    onRow: (row, results) => console.log(describeScale(row, results)),
  });
  console.log('\nmemory of the gateway afterwards');
  for (const [articles, megabytes] of memory)
    console.log(`  ${String(articles).padStart(9)}  ${megabytes.toFixed(0)} MB`);
} finally {
  await postgres?.stop();
}
