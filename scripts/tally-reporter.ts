import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';

/** How a run of vitest ended. A file that could not be loaded counts as one failed test. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The variable that names the file a tally is written to; unset, none is written. */
export const TALLY_FILE_VARIABLE = 'MASTHEAD_TALLY_FILE';

const reasonOf = (test: TestCase): string => {
  const result = test.result();
  if (result.state === 'skipped' && result.note !== undefined) return result.note;
  return test.options.mode === 'todo' ? 'not written yet' : 'no reason given';
};

/** Tests without a verdict (an interrupted run) are failures: nobody has seen them pass. */
const countTests = (modules: readonly TestModule[], errors: readonly unknown[]): Tally => {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
  const brokenModules = modules.filter((module) => module.errors().length > 0).length;
  return {
    passed: count('passed'),
    failed: count('failed') + count('pending') + brokenModules + errors.length,
    skipped: count('skipped'),
  };
};

const renderSkipped = (modules: readonly TestModule[]): string[] =>
  modules.flatMap((module) =>
    [...module.children.allTests('skipped')].map(
      (test) => `  skipped: ${module.relativeModuleId} > ${test.fullName} (${reasonOf(test)})`,
    ),
  );

/** Names every skipped test and its reason, and hands the totals to `scripts/test.ts`. */
export class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const skipped = renderSkipped(modules);
    if (skipped.length > 0) console.log(`\n${skipped.join('\n')}\n  ${skipped.length} skipped`);

    const file = process.env[TALLY_FILE_VARIABLE];
    if (file === undefined) return;
    const tally = countTests(modules, errors);
    // Coverage below its threshold, or whatever else vitest refuses, must not end as a green line.
    const failed = tally.failed === 0 && reason !== 'passed' ? 1 : tally.failed;
    writeFileSync(file, JSON.stringify({ ...tally, failed }));
  }
}

// oxlint-disable-next-line import/no-default-export -- vitest loads a reporter by its default export
export default TallyReporter;
