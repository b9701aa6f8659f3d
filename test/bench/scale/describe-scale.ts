import { median } from '../rig/measure.ts';
import type { Scaled } from './measure-scale.ts';
import type { ScaleRow } from './scale-rows.ts';

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** How much longer the largest archive takes than the smallest: the middle of the ratios of rounds that followed each other. */
const growthOf = (results: readonly Scaled[]): number => {
  const sorted = results.toSorted((a, b) => a.articles - b.articles);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined || least === most) return Number.NaN;
  return median(most.milliseconds.map((round, number) => median(round) / median(least.milliseconds[number] ?? [])));
};

/** How a row came out: a line for each archive and one for how it grows. */
export const describeScale = ({ name, wanted }: ScaleRow, results: readonly Scaled[]): string => {
  const growth = growthOf(results);
  const lines = results.map(({ articles, milliseconds, statements }) => {
    const all = milliseconds.flat();
    return [
      `  ${String(articles).padStart(9)}`,
      `p50 ${quantile(all, 0.5).toFixed(2).padStart(8)} ms`,
      `p99 ${quantile(all, 0.99).toFixed(2).padStart(8)} ms`,
      `statements ${statements === null ? '-' : statements.toFixed(1)}`,
    ].join('  ');
  });
  const verdict = Number.isNaN(growth)
    ? []
    : [`  grows by ${growth.toFixed(2)}, at most ${wanted} wanted: ${growth <= wanted ? 'met' : 'MISSED'}`];
  return [`\n${name}`, ...lines, ...verdict].join('\n');
};
