import type { Budget } from '../../content/plan.ts';

/** Whose tokens, and how many there may be. */
export interface Bucket {
  /** The same in every process. */
  readonly key: string;
  readonly budget: Budget;
}

/** What a process asks of a bucket: tokens for what it is about to spend, so many at a time. */
export interface Draw {
  /** Given back, as not spent; below 0: spent, and not had. */
  readonly settled: number;
  /** Without these nothing is given. A full bucket gives more than it holds, and owes it to itself. */
  readonly need: number;
  /** The most that is given; at least `need`. */
  readonly wanted: number;
}

export interface Drawn {
  /** 0: there is not as much as was needed. */
  readonly granted: number;
  /** What is in the bucket now; below 0: what it owes. */
  readonly left: number;
  /** Whether what was spent here is still to be told to whoever counts it for all; absent: it is not. */
  readonly isOwing?: boolean;
}

/** Where tokens are. Every implementation passes test/contracts/buckets.ts. */
export interface Buckets {
  /** Never rejects; undefined: nobody can say, and whether it was done neither. */
  draw(bucket: Bucket, draw: Draw): Promise<Drawn | undefined>;
}

/** Tokens that come back in a millisecond. */
export const perMillisecond = ({ refillPerMinute }: Budget): number => refillPerMinute / 60_000;

/** `tokens` after `milliseconds` in which nobody took any; a clock that was set back brings none. */
export const refill = (tokens: number, budget: Budget, milliseconds: number): number =>
  Math.min(budget.capacity, tokens + Math.max(0, milliseconds) * perMillisecond(budget));
