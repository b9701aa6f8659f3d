import type { Tick } from './history.ts';

/** When a process stood still, and how it is made to. */
export interface Stops {
  isStopped(): boolean;
  /** Whether it was stopped, or asleep, at some moment from `from` to `to`. */
  wasStopped(from: Tick, to: Tick): boolean;
  stop(): void;
  resume(): void;
}

interface Stop {
  readonly from: Tick;
  until: Tick;
}

/** What an order to sleep may take to arrive. */
const ORDER_MARGIN_MS = 100;

/** Stops of a process that `signal` reaches. */
export const createStops = (signal: (name: 'SIGSTOP' | 'SIGCONT') => unknown) => {
  const stops: Stop[] = [];
  let current: Stop | undefined;
  return {
    isStopped: () => current !== undefined,
    wasStopped: (from, to) => stops.some((stop) => stop.from <= to && stop.until >= from),
    stop() {
      current = { from: performance.now(), until: Infinity };
      stops.push(current);
      signal('SIGSTOP');
    },
    resume() {
      signal('SIGCONT');
      if (current !== undefined) current.until = performance.now();
      current = undefined;
    },
    /** It was just told to sleep for so long. */
    noteSleep(milliseconds: number) {
      const now = performance.now();
      stops.push({ from: now, until: now + milliseconds + ORDER_MARGIN_MS });
    },
  } satisfies Stops & { noteSleep(milliseconds: number): void };
};
