/**
 * Tries to catch real gateways answering from before an acknowledged change:
 *
 *   npm run test:consistency -- [--seconds 60] [--processes 3] [--readers 4] [--seed N] [--one-port] [--calm | --lost-logs] [--bad NAME|all] [--verbose]
 *
 * Exit status: 0 when every promise held (with --bad: when every bad build was flagged), 1 when not. docs/operations/consistency.md
 */
import { parseArgs } from 'node:util';
import { bringPrograms } from '../../scripts/bring-programs.ts';
import { startPostgres } from '../support/services.ts';
import { BAD_BUILDS, findBadBuild } from './bad-builds/bad-builds.ts';
import type { BadBuild } from './bad-builds/patch.ts';
import { behindOnePort } from './behind-one-port.ts';
import { createFreshDatabase } from './fresh-database.ts';
import { EVERYTHING, LOST_LOGS, PROFILES, type Profile } from './profiles.ts';
import { runChecker } from './run-checker.ts';
import { writeReport } from './write-report.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    processes: { type: 'string' },
    readers: { type: 'string' },
    bad: { type: 'string' },
    calm: { type: 'boolean', default: false },
    'lost-logs': { type: 'boolean', default: false },
    'one-port': { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    verbose: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
const processes = values.processes === undefined ? undefined : Number(values.processes);
const readersPerProcess = values.readers === undefined ? undefined : Number(values.readers);
if (![seconds, seed, processes ?? 1, readersPerProcess ?? 1].every(Number.isFinite)) {
  console.error('--seconds, --seed, --processes and --readers take numbers');
  process.exit(2);
}
const builds: readonly (BadBuild | undefined)[] =
  values.bad === undefined ? [undefined] : values.bad === 'all' ? BAD_BUILDS : [findBadBuild(values.bad)];
const obstacle = bringPrograms();
if (obstacle !== undefined) {
  console.error(obstacle);
  process.exit(2);
}

const sized = (profile: Profile): Profile => ({
  ...(values['one-port'] ? behindOnePort(profile) : profile),
  ...(processes === undefined ? {} : { processes }),
  ...(readersPerProcess === undefined ? {} : { readersPerProcess }),
  ...(values.calm ? { faults: {} } : {}),
});
const server = await startPostgres();
let isAsExpected = true;
for (const build of builds) {
  const result = await runChecker({
    seconds,
    seed,
    profile: sized(
      build === undefined ? (values['lost-logs'] ? LOST_LOGS : EVERYTHING) : (PROFILES[build.name] ?? EVERYTHING),
    ),
    badBuild: build?.name ?? null,
    databaseUrl: await createFreshDatabase(server.url),
    ...(values.verbose ? { onNote: (line: string) => console.log(line) } : {}),
  });
  const isFlagged = result.violation !== undefined;
  isAsExpected &&= isFlagged === (build?.isBad ?? false);
  if (build === undefined || builds.length === 1) console.log(writeReport(result, seed));
  else {
    const what = isFlagged
      ? `${result.violation.rule} after ${result.seconds.toFixed(1)} s`
      : `nothing in ${seconds} s`;
    console.log(`${build.name.padEnd(34)} ${what.padEnd(34)} ${result.reads} reads, ${result.writes} writes`);
  }
}
await server.stop();
process.exit(isAsExpected ? 0 : 1);
