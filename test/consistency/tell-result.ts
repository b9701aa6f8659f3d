import type { RunResult } from './run-checker.ts';
import { writeReport } from './write-report.ts';

/** What `tellResult` gives of a run in which every promise held. */
export const NOTHING = 'no promise was broken';

/** The whole report of a run that broke a promise, what was broken first: it cannot be had again. */
export const tellResult = (result: RunResult, seed: number): string =>
  result.violation === undefined ? NOTHING : writeReport(result, seed);
