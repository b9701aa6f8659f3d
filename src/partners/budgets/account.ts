import type { Clock, Instant } from '../../clock.ts';
import type { Budget } from '../../content/plan.ts';
import { BudgetError } from '../../errors.ts';
import { perMillisecond, refill, type Buckets } from './buckets.ts';

/** How a budget stands, as far as this process knows: others have drawn tokens too that they may not have spent. */
export interface Standing {
  readonly budget: Budget;
  /** Never below 0. */
  readonly remaining: number;
  /** When the bucket is full, if nobody spends any more. */
  readonly resetAt: Instant;
}

/**
 * What one caller may spend, in one process. Tokens are drawn from the bucket many at a time, ahead of their need, and
 * spent here: the bucket is asked once for dozens of requests, and hardly any of them waits for it.
 */
export interface Account {
  /** Takes `cost` if it is there, waiting for nothing; false: nothing was done, and `take` may have more to say. */
  takeNow(cost: number): boolean;
  /**
   * Takes `cost`.
   *
   * @throws {BudgetError} when it is not there.
   */
  take(cost: number): Promise<void>;
  /** Gives back of what was taken what it did not cost after all; below 0: what it cost more. */
  giveBack(cost: number): void;
  standing(): Standing;
  /** Gives back to the bucket what was drawn; undefined: something was taken since the last time, and nothing was done. */
  rest(): Promise<void> | undefined;
  /** Whether the bucket could not be told what was spent. */
  isOwing(): boolean;
  /** Tells the bucket what it could not be told; `isOwing` says whether it still cannot. */
  tell(): Promise<void>;
  /** Gives back to the bucket all that was drawn. */
  close(): Promise<void>;
}

export interface AccountOptions {
  readonly key: string;
  /** As it is now: whoever is given more has it at once. */
  readonly budgetOf: () => Budget;
  readonly buckets: Buckets;
  readonly clock: Clock;
  /** Milliseconds, never stepping back. */
  readonly monotonic?: () => number;
}

/** A process holds no larger part of a budget: what lies unspent in one, another may be refused for. */
const HELD_SHARE = 0.02;
/** Tokens are drawn for about so long. */
const AHEAD_MS = 250;
const LONGEST_WAIT_SECONDS = 86_400;
/** A bucket that had too little is asked again after so long: whoever goes on all the same costs it nothing. */
const EMPTY_MS = 100;

/** An account that holds nothing yet. */
export const createAccount = ({
  key,
  budgetOf,
  buckets,
  clock,
  monotonic = () => performance.now(),
}: AccountOptions): Account => {
  let held = 0;
  /** In the bucket when it was last asked. */
  let left = budgetOf().capacity;
  let isAnswered = false;
  let isOwing = false;
  let leftAt = clock.now();
  /** Taken since the last draw, which was begun then. */
  let taken = 0;
  let drawnAt = monotonic();
  let ahead = 0;
  let isUsed = false;
  /** Needed by those who wait for the next draw. */
  let needed: number[] = [];
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const draw = async (need: number, wanted: number, back: number): Promise<void> => {
    held -= back;
    const drawn = await buckets.draw({ key, budget: budgetOf() }, { settled: back, need, wanted });
    if (drawn === undefined) {
      held += Math.min(0, back);
      return;
    }
    held += drawn.granted;
    left = drawn.left;
    isOwing = drawn.isOwing ?? false;
    isAnswered = true;
    leftAt = clock.now();
  };

  /** One draw for all who wait; they cannot have more than there is, so the cheapest of them is what is needed. */
  const drawForAll = async (): Promise<void> => {
    const waiting = needed;
    needed = [];
    const nowMs = monotonic();
    const rate = taken / Math.max(1, nowMs - drawnAt);
    const limit = budgetOf().capacity * HELD_SHARE;
    // Half of what was: one quiet moment does not mean that the next is.
    ahead = Math.min(limit, Math.max(rate * AHEAD_MS, ahead / 2));
    taken = 0;
    drawnAt = nowMs;
    const debt = Math.min(0, held);
    const had = held - debt;
    const all = waiting.reduce((sum, cost) => sum + cost, 0);
    const need = waiting.length === 0 ? 0 : Math.max(0, Math.min(...waiting) - had);
    await draw(need, Math.max(need, all + ahead - had), debt);
  };

  const begin = (): Promise<void> => {
    const own = drawForAll().finally(() => {
      if (running === own) running = undefined;
    });
    running = own;
    return own;
  };
  /** A draw that begins after this moment. */
  const drawNext = (): Promise<void> => {
    if (running === undefined) return begin();
    next ??= running.then(() => {
      next = undefined;
      return begin();
    });
    return next;
  };

  const spend = (cost: number): void => {
    held -= cost;
    taken += cost;
    isUsed = true;
  };
  const takeNow = (cost: number): boolean => {
    // Nothing may be spent of nothing: where all is spent, what costs nothing waits too.
    if (held < cost || held <= 0) return false;
    spend(cost);
    if (held < ahead / 2 && running === undefined) void begin();
    return true;
  };

  const giveAllBack = async (): Promise<void> => {
    await running;
    if (held !== 0 || isOwing) await draw(0, 0, held);
  };

  /** Tokens that are not there for `cost`, by what the bucket said last. */
  const missingFor = (cost: number): number =>
    Math.min(cost, budgetOf().capacity) - refill(left, budgetOf(), clock.now() - leftAt) - Math.max(0, held);

  const refuse = (cost: number): never => {
    const missing = missingFor(cost);
    // A part that is too small for whoever asks here may be enough elsewhere.
    if (running === undefined && held > 0) void giveAllBack();
    const seconds = Math.ceil(missing / perMillisecond(budgetOf()) / 1000);
    throw new BudgetError(Math.min(LONGEST_WAIT_SECONDS, Math.max(1, seconds)));
  };

  return {
    takeNow,
    async take(cost) {
      if (takeNow(cost)) return;
      const isKnownEmpty = isAnswered && monotonic() - drawnAt < EMPTY_MS && missingFor(cost) > 0;
      if (isKnownEmpty && running === undefined) refuse(cost);
      needed.push(cost);
      await drawNext();
      if (takeNow(cost)) return;
      refuse(cost);
    },
    giveBack(cost) {
      held += cost;
      taken -= cost;
    },
    standing() {
      const budget = budgetOf();
      const inBucket = refill(left, budget, clock.now() - leftAt);
      const remaining = Math.min(budget.capacity, inBucket + held);
      const resetAt = clock.now() + Math.ceil((budget.capacity - remaining) / perMillisecond(budget));
      return { budget, remaining: Math.max(0, Math.floor(remaining)), resetAt };
    },
    rest() {
      if (!isUsed) return giveAllBack();
      isUsed = false;
      return undefined;
    },
    isOwing: () => isOwing,
    async tell() {
      await running;
      if (isOwing) await draw(0, 0, 0);
    },
    close: giveAllBack,
  };
};
