import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { bringPrograms } from './bring-programs.ts';
import { type Tally, TALLY_FILE_VARIABLE } from './tally-reporter.ts';

// `npm test`: lint, format, types and every test, each of them even when one before it failed.
// Arguments go to vitest: `npm test -- test/cache`, `npm test -- --coverage`.

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'masthead-test-'));
const tallyFile = join(scratch, 'tally.json');
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const CHECKS = [
  ['oxlint', '--deny-warnings'],
  ['oxfmt', '--check'],
  ['tsc', '--noEmit'],
  // The page runs in a browser: other libraries, other globals.
  ['tsc', '--noEmit', '-p', 'src/http/playground/app'],
] as const;

/** Runs a program of node_modules/.bin and gives its exit code, 1 when a signal ended it. */
const run = async (command: readonly string[]): Promise<number> => {
  console.log(`\n> ${command.join(' ')}`);
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
      ...process.env,
      [TALLY_FILE_VARIABLE]: tallyFile,
      PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    },
  });
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.once('SIGTERM', forward);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    process.removeListener('SIGTERM', forward);
  }
};

/** A vitest that ended before it could count (out of memory, a broken config) failed once. */
const readTally = (exitCode: number): Tally => {
  try {
    const tally = JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally;
    return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const obstacle = bringPrograms();
if (obstacle !== undefined) {
  console.error(obstacle);
  process.exit(1);
}

const failedChecks: string[] = [];
for (const check of CHECKS) {
  if ((await run(check)) !== 0) failedChecks.push(check[0]);
}
const { passed, failed } = readTally(await run(['vitest', 'run', ...process.argv.slice(2)]));

if (failedChecks.length > 0) console.log(`Failed before the tests: ${failedChecks.join(', ')}`);
console.log(`${passed} passed, ${failed + failedChecks.length} failed`);
process.exitCode = failed + failedChecks.length === 0 ? 0 : 1;
