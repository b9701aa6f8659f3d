import { parseArgs } from 'node:util';
import { EVERYTHING, PROFILES } from './profiles.ts';
import { runChecker } from './run-checker.ts';
import { writeReport } from './write-report.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    processes: { type: 'string' },
    bad: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    verbose: { type: 'boolean', default: false },
  },
});

const seed = Number(values.seed);
const base = PROFILES[values.bad ?? ''] ?? EVERYTHING;
const profile = { ...base, ...(values.processes === undefined ? {} : { processes: Number(values.processes) }) };
const result = await runChecker({
  seconds: Number(values.seconds),
  seed,
  profile,
  badBuild: values.bad ?? null,
  ...(values.verbose ? { onNote: (line: string) => console.log(line) } : {}),
});
console.log(writeReport(result, seed));
process.exit(result.violation === undefined ? 0 : 1);
