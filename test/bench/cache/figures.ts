import { median, spreadOf, type Measured } from '../rig/measure.ts';
import type { Row } from './rows.ts';

/** Two rounds, one right after the other. */
export interface Pair {
  readonly bare: Measured;
  readonly ours: Measured;
}

const line = (name: string, rounds: readonly Measured[]): string => {
  const of = (pick: (round: Measured) => number, digits: number): string => median(rounds.map(pick)).toFixed(digits);
  const failures = rounds.reduce((sum, round) => sum + round.failures, 0);
  return [
    `  ${name}`,
    `${of(({ perSecond }) => perSecond, 0).padStart(6)}/s`,
    `p50 ${of(({ p50Ms }) => p50Ms, 2)} ms`,
    `p99 ${of(({ p99Ms }) => p99Ms, 2)} ms`,
    `CPU ${of(({ cpuMicroseconds }) => cpuMicroseconds, 1)} µs a request`,
    ...(failures === 0 ? [] : [`${failures} FAILED`]),
  ].join('  ');
};

/** How a row came out, medians of all pairs: the ratios are of each pair, whatever else the machine did meanwhile. */
export const describePairs = (
  { name, tier, wanted }: Row,
  { bytes, hits }: { readonly bytes: number; readonly hits: number },
  pairs: readonly Pair[],
): string => {
  const share = (hits / pairs.reduce((sum, { ours }) => sum + ours.requests, 0)) * 100;
  const spread = spreadOf(pairs.map(({ bare }) => bare.perSecond)) * 100;
  const rate = median(pairs.map(({ bare, ours }) => ours.perSecond / bare.perSecond));
  const cpu = median(pairs.map(({ bare, ours }) => bare.cpuMicroseconds / ours.cpuMicroseconds));
  const verdict = wanted === undefined ? '' : rate >= wanted ? `, wanted ${wanted}: met` : `, wanted ${wanted}: MISSED`;
  return [
    `\n${name}: ${Math.round(bytes)} bytes, ${share.toFixed(1)} % out of ${tier}`,
    line(
      'bare',
      pairs.map(({ bare }) => bare),
    ),
    line(
      'ours',
      pairs.map(({ ours }) => ours),
    ),
    `  ours is ${rate.toFixed(3)} of bare${verdict}; by CPU ${cpu.toFixed(3)}; bare rounds lay within ${spread.toFixed(0)} %`,
  ].join('\n');
};
