import { median, spreadOf } from '../rig/measure.ts';
import type { Contestant, Mode } from './contestants.ts';
import type { EntrantRound } from './entrant.ts';
import type { Operation } from './operations.ts';

/** How a server did in a row: its rounds, each beside those of the others with the same number. */
export interface Result {
  readonly contestant: Contestant;
  readonly rounds: readonly EntrantRound[];
  /** Statements for a request; null: not counted. */
  readonly statements: number | null;
  readonly megabytes: number;
}

/** What was compared: every server of a mode, asked the same. */
export interface Row {
  readonly operation: Operation;
  readonly mode: Mode;
  readonly results: readonly Result[];
}

const SAID: Readonly<Record<Mode, string>> = {
  cold: 'no answers kept',
  unseen: 'answers kept, every request never seen before',
  warm: 'answers kept, every request seen before',
};

/** Shares of another server's rate that are asked for, by operation and mode. */
const WANTED: Readonly<Record<string, Partial<Record<Mode, { readonly rival?: number; readonly floor?: number }>>>> = {
  'front page': { cold: { rival: 2.5, floor: 0.65 }, unseen: { rival: 1.6 } },
  'article page': { cold: { rival: 1.8, floor: 0.6 }, unseen: { rival: 1.6 } },
  'article page without its related list': { cold: { rival: 1.8, floor: 0.6 }, unseen: { rival: 1.6 } },
};

/** The middle of the ratios of rounds that followed each other, whatever else the machine did meanwhile. */
const ratioOf = (one: Result, other: Result | undefined, pick: (round: EntrantRound) => number): number =>
  median(
    one.rounds.flatMap((round, number) => {
      const beside = other?.rounds[number];
      return beside === undefined ? [] : [pick(round) / pick(beside)];
    }),
  );

const perSecond = ({ perSecond: rate }: EntrantRound): number => rate;
const share = (ratio: number): string => (Number.isNaN(ratio) ? '-' : ratio.toFixed(2));

const HEAD = [
  '',
  'req/s',
  'of Mercurius',
  'of by hand',
  'CPU µs',
  'p50 ms',
  'p99 ms',
  'statements',
  'MB',
  'busy',
  'spread',
];

const cellsOf = (result: Result, rival: Result | undefined, floor: Result | undefined): readonly string[] => {
  const { contestant, rounds, statements, megabytes } = result;
  const of = (pick: (round: EntrantRound) => number, digits: number): string =>
    median(rounds.map(pick)).toFixed(digits);
  return [
    contestant.name,
    of(perSecond, 0),
    share(ratioOf(result, rival, perSecond)),
    share(ratioOf(result, floor, perSecond)),
    of((round) => round.cpuMicroseconds, 0),
    of((round) => round.p50Ms, 2),
    of((round) => round.p99Ms, 2),
    statements === null ? '-' : statements.toFixed(1),
    megabytes.toFixed(0),
    `${of((round) => round.busy * 100, 0)} %`,
    `${(spreadOf(rounds.map(perSecond)) * 100).toFixed(0)} %`,
  ];
};

/** `lines` with their columns under each other. */
const align = (lines: readonly (readonly string[])[]): readonly string[] => {
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
};

/** Headers differ by some hundred bytes; an answer with an error in it is far from the others. */
const MUCH_SHORTER = 0.7;

/** @param bytes of the answers of most servers. */
const faultsOf = ({ contestant, rounds }: Result, bytes: number): readonly string[] => {
  const own = median(rounds.map((round) => round.bytes));
  const sent = rounds.reduce((sum, round) => sum + round.requests, 0);
  const failed = rounds.reduce((sum, round) => sum + round.failures, 0);
  const repeated = rounds.reduce((sum, round) => sum + round.repeated, 0);
  return [
    ...(own < bytes * MUCH_SHORTER
      ? [`  ${contestant.name}: answers of ${own.toFixed(0)} bytes, others have ${bytes.toFixed(0)}: ERRORS?`]
      : []),
    ...(failed === 0 ? [] : [`  ${contestant.name}: ${failed} of ${sent} FAILED`]),
    ...(repeated === 0
      ? []
      : [`  ${contestant.name}: ${((repeated / sent) * 100).toFixed(1)} % of its requests had been sent before`]),
  ];
};

const verdictsOf = ({ operation, mode }: Row, ours: Result | undefined, others: readonly Result[]) => {
  const wanted: Partial<Record<string, number>> = WANTED[operation.name]?.[mode] ?? {};
  return others.flatMap((other) => {
    const least = wanted[other.contestant.role ?? ''];
    if (ours === undefined || least === undefined) return [];
    const rate = ratioOf(ours, other, perSecond);
    const cpu = 1 / ratioOf(ours, other, (round) => round.cpuMicroseconds);
    const verdict = rate >= least ? 'met' : 'MISSED';
    return [
      `  ours is ${rate.toFixed(2)} of ${other.contestant.name} (by CPU ${cpu.toFixed(2)}), wanted ${least}: ${verdict}`,
    ];
  });
};

/** How a row came out, medians of all rounds, as a table and what was asked for. */
export const describeRow = (row: Row): string => {
  const { operation, mode, results } = row;
  const find = (role: Contestant['role']): Result | undefined =>
    results.find(({ contestant }) => contestant.role === role);
  const [rival, floor] = [find('rival'), find('floor')];
  const bytes = median(results.flatMap(({ rounds }) => rounds.map((round) => round.bytes)));
  return [
    `\n${operation.name}: ${SAID[mode]}`,
    ...align([HEAD, ...results.map((result) => cellsOf(result, rival, floor))]).map((line) => `  ${line}`),
    ...verdictsOf(row, find('ours'), results),
    ...results.filter(({ contestant }) => contestant.role !== 'bare').flatMap((result) => faultsOf(result, bytes)),
  ].join('\n');
};
