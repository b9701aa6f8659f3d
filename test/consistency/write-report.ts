import type { Durations } from './figures.ts';
import type { RunResult } from './run-checker.ts';

const whole = (value: number): string => Math.round(value).toLocaleString('en');

const durations = (name: string, times: Durations): string =>
  times.count() === 0
    ? `${name}: none`
    : `${name}: ${whole(times.count())}, p50 ${times.quantile(0.5).toFixed(1)} ms, p99 ${times.quantile(0.99).toFixed(1)} ms, longest ${whole(times.maximum())} ms`;

/** What a run found, for people. */
export const writeReport = (result: RunResult, seed: number): string => {
  const { violation, trace, seconds, reads, failedReads, outdated, maximumStalenessMs, writes, costs } = result;
  const header = ['fault', 'times', 'requests', 'failed', 'slow', 'slowest'];
  const rows = [...costs].map(([fault, cost]) => [
    fault,
    ...[cost.times, cost.requests, cost.failed, cost.slow].map(whole),
    `${whole(cost.slowestMs)} ms`,
  ]);
  const table = [header, ...rows].map(
    ([fault = '', ...cells]) => fault.padEnd(18) + cells.map((cell) => cell.padStart(11)).join(''),
  );
  return [
    ...(violation === undefined ? [] : ['A PROMISE WAS BROKEN', ...trace, '']),
    `seed ${seed}, ${seconds.toFixed(1)} s`,
    `reads: ${whole(reads)} checked (${whole(reads / seconds)}/s), ${whole(failedReads)} failed, ${violation === undefined ? 0 : 1} stale`,
    `answered by ${result.answered.size} processes, each at least ${whole(Math.min(reads, ...result.answered.values()))} times`,
    `before any promise: ${whole(outdated)} reads behind the database, by ${whole(maximumStalenessMs)} ms at most`,
    `writes: ${whole(writes)}, ${whole(result.unknownOutcomes)} attempts of unknown outcome`,
    durations('acknowledged, gone (200)', result.gone),
    durations('  of these in calm weather', result.calm),
    durations('acknowledged, pending (202)', result.pending),
    '',
    ...table,
  ].join('\n');
};
