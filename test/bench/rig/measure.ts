import { cpuSeconds } from './processes.ts';
import { runLoad, type BenchRequest, type Round } from './load.ts';
import type { Server } from './start-server.ts';

/** A round of load, and what it cost the server. */
export interface Measured extends Round {
  readonly cpuMicroseconds: number;
  /** Share of the time in which the server computed: near 1, it is what bounds the rate. */
  readonly busy: number;
}

/** Sends `requests` to `server` in turn for `seconds`. */
export const measure = async (
  { pid, port }: Pick<Server, 'pid' | 'port'>,
  requests: readonly BenchRequest[],
  seconds: number,
): Promise<Measured> => {
  const before = cpuSeconds(pid);
  const round = await runLoad(port, requests, seconds);
  const used = cpuSeconds(pid) - before;
  return { ...round, cpuMicroseconds: (used / round.requests) * 1e6, busy: used / seconds };
};

/** The middle of `values`, the upper of two. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How far the largest of `values` lies above the least, as a share of the middle one. */
export const spreadOf = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / median(values);
