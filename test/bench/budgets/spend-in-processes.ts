import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Budget } from '../../../src/content/plan.ts';

/** What one process does. */
export interface Spender {
  readonly redisUrl: string;
  readonly root: string;
  readonly seed: number;
  readonly partners: readonly {
    readonly id: string;
    readonly budget: Budget;
    /** Requests, whatever becomes of them. */
    readonly perSecond: number;
    readonly seconds: number;
  }[];
}

/** What one partner did in one process. */
export interface Spent {
  readonly id: string;
  readonly cost: number;
  readonly taken: number;
  readonly refused: number;
  /** Calls to Redis of the whole process. */
  readonly draws: number;
  /** Until a request was let through. */
  readonly waitedMs: { readonly p50: number; readonly p99: number; readonly most: number };
}

export interface SpentTogether {
  readonly spent: readonly Spent[];
  readonly seconds: number;
}

/** Starts each of `spenders` as a process, lets all of them begin at once, and gives what they did. */
export const spendInProcesses = async (spenders: readonly Spender[]): Promise<SpentTogether> => {
  const children = spenders.map((spender) => fork(join(import.meta.dirname, 'spender.ts'), [JSON.stringify(spender)]));
  try {
    await Promise.all(children.map((child) => once(child, 'message')));
    const began = performance.now();
    const told = children.map((child) => once(child, 'message'));
    for (const child of children) child.send('begin');
    const spent = (await Promise.all(told)).flatMap(([message]) => message as Spent[]);
    const seconds = (performance.now() - began) / 1000;
    return { spent, seconds };
  } finally {
    for (const child of children) child.kill();
  }
};

/** The most that `budget` lets be spent in so long. */
export const mostOf = ({ capacity, refillPerMinute }: Budget, seconds: number): number =>
  capacity + (refillPerMinute / 60) * seconds;

/** What all processes spent of one partner's budget. */
export const costOf = ({ spent }: SpentTogether, id: string): number =>
  spent.filter((part) => part.id === id).reduce((sum, { cost }) => sum + cost, 0);
