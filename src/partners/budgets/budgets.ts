import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';
import type { Budget } from '../../content/plan.ts';
import { BudgetError } from '../../errors.ts';
import { createAccount, type Account, type Standing } from './account.ts';
import type { Buckets } from './buckets.ts';

/** Whoever pays for a request. */
export interface Payer {
  readonly kind: 'partner' | 'address';
  /** Of the partner; of an address, whoever is told apart by it. */
  readonly id: string;
  /** In figures: of few values. */
  readonly label: string;
  readonly budget: Budget;
}

/** What has been taken for a request that is under way. */
export interface Charge {
  /** Says what it cost after all; the first time counts. */
  settle(cost: number): void;
}

/** Told of what is spent. */
export interface SpendingObserver {
  spent(payer: Payer, cost: number): void;
  refused(payer: Payer): void;
}

/** What callers may spend, in one process. */
export interface Budgets {
  /** Takes `cost` for good if it is there, waiting for nothing; false: nothing was done, and `charge` may have more to say. */
  chargeNow(payer: Payer, cost: number): boolean;
  /**
   * Takes `cost`, the most that the request can cost.
   *
   * @throws {BudgetError} when it is not there.
   */
  charge(payer: Payer, cost: number): Promise<Charge>;
  standingOf(payer: Payer): Standing;
  /** Gives back what was drawn for those who ask no longer, and tells what could not be told; by itself once a second. */
  rest(): Promise<void>;
  /** Gives back all that was drawn. */
  close(): Promise<void>;
}

export interface BudgetsOptions {
  readonly buckets: Buckets;
  readonly clock: Clock;
  readonly observe: SpendingObserver;
  /** As of `AccountOptions`. */
  readonly monotonic?: () => number;
}

interface Kept {
  readonly account: Account;
  /** As it was told last. */
  readonly held: { budget: Budget };
}

/** Accounts kept: of addresses there are any number, and they push out none of a partner. */
const LIMITS: Readonly<Record<Payer['kind'], number>> = { partner: 10_000, address: 20_000 };
const REST_MS = 1_000;
/** Accounts at rest that are remembered to owe; another one tells it when it is asked again. */
const OWING_LIMIT = LIMITS.partner + LIMITS.address;
/** Told at a time: requests wait behind them. */
const TOLD_AT_ONCE = 100;

/** Nobody has spent anything yet. */
export const createBudgets = ({
  buckets,
  clock,
  observe,
  monotonic = () => performance.now(),
}: BudgetsOptions): Budgets => {
  const createAccounts = (kind: Payer['kind']): LRUCache<string, Kept> =>
    new LRUCache({ max: LIMITS[kind], dispose: ({ account }) => void account.close() });
  /** Those that may hold what was drawn: looking at thousands of idle ones every second would hold up the answers. */
  const awake = new Set<Account>();
  /** Those at rest whose buckets could not be told what they spent. */
  const owing = new Set<Account>();
  const accounts = { partner: createAccounts('partner'), address: createAccounts('address') };

  const accountOf = ({ kind, id, budget }: Payer): Account => {
    const found = accounts[kind].get(id);
    if (found !== undefined) {
      found.held.budget = budget;
      return found.account;
    }
    const held = { budget };
    const account = createAccount({ key: `${kind}:${id}`, budgetOf: () => held.budget, buckets, clock, monotonic });
    accounts[kind].set(id, { held, account });
    return account;
  };
  const all = (): readonly Account[] =>
    [...accounts.partner.values(), ...accounts.address.values()].map(({ account }) => account);

  const fallAsleep = async (account: Account, back: Promise<void>): Promise<void> => {
    await back;
    if (account.isOwing() && owing.size < OWING_LIMIT) owing.add(account);
  };
  /** The first says whether the buckets can be told again: thousands that try in vain every second would hold up the answers. */
  const tellOwed = async (): Promise<void> => {
    for (let count = 1; owing.size > 0; count = TOLD_AT_ONCE) {
      const asked = [...owing].slice(0, count);
      await Promise.all(asked.map((account) => account.tell()));
      for (const account of asked) owing.delete(account);
      // Behind the others: that one cannot be told says nothing of the next.
      const untold = asked.filter((account) => account.isOwing());
      for (const account of untold) owing.add(account);
      if (untold.length > 0) return;
    }
  };
  let telling: Promise<void> | undefined;

  const rest: Budgets['rest'] = async () => {
    const resting: Promise<void>[] = [];
    for (const account of awake) {
      const back = account.rest();
      if (back === undefined) continue;
      awake.delete(account);
      resting.push(fallAsleep(account, back));
    }
    await Promise.all(resting);
    telling ??= tellOwed().finally(() => (telling = undefined));
    await telling;
  };
  const resting = setInterval(() => void rest(), REST_MS).unref();

  return {
    chargeNow(payer, cost) {
      const account = accountOf(payer);
      if (!account.takeNow(cost)) return false;
      awake.add(account);
      observe.spent(payer, cost);
      return true;
    },
    async charge(payer, most) {
      const account = accountOf(payer);
      awake.add(account);
      try {
        await account.take(most);
      } catch (error) {
        if (error instanceof BudgetError) observe.refused(payer);
        throw error;
      }
      let isSettled = false;
      return {
        settle(cost) {
          if (isSettled) return;
          isSettled = true;
          account.giveBack(most - cost);
          awake.add(account);
          observe.spent(payer, cost);
        },
      };
    },
    standingOf: (payer) => accountOf(payer).standing(),
    rest,
    async close() {
      clearInterval(resting);
      await telling;
      // Some that owe may have been pushed out.
      await Promise.all([...new Set([...all(), ...owing])].map((account) => account.close()));
    },
  };
};
