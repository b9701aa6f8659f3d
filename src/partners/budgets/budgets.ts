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
  /** Gives back what was drawn for those who ask no longer; by itself once a second. */
  rest(): Promise<void>;
  /** Gives back all that was drawn. */
  close(): Promise<void>;
}

export interface BudgetsOptions {
  readonly buckets: Buckets;
  readonly clock: Clock;
  readonly observe: SpendingObserver;
}

interface Kept {
  readonly account: Account;
  /** As it was told last. */
  readonly held: { budget: Budget };
}

/** Accounts kept: of addresses there are any number, and they push out none of a partner. */
const LIMITS: Readonly<Record<Payer['kind'], number>> = { partner: 10_000, address: 20_000 };
const REST_MS = 1_000;

/** Nobody has spent anything yet. */
export const createBudgets = ({ buckets, clock, observe }: BudgetsOptions): Budgets => {
  const createAccounts = (kind: Payer['kind']): LRUCache<string, Kept> =>
    new LRUCache({ max: LIMITS[kind], dispose: ({ account }) => void account.close() });
  /** Those that may hold what was drawn: looking at thousands of idle ones every second would hold up the answers. */
  const awake = new Set<Account>();
  const accounts = { partner: createAccounts('partner'), address: createAccounts('address') };

  const accountOf = ({ kind, id, budget }: Payer): Account => {
    const found = accounts[kind].get(id);
    if (found !== undefined) {
      found.held.budget = budget;
      return found.account;
    }
    const held = { budget };
    const account = createAccount({ key: `${kind}:${id}`, budgetOf: () => held.budget, buckets, clock });
    accounts[kind].set(id, { held, account });
    return account;
  };
  const all = (): readonly Account[] =>
    [...accounts.partner.values(), ...accounts.address.values()].map(({ account }) => account);

  const rest: Budgets['rest'] = async () => {
    const resting: Promise<void>[] = [];
    for (const account of awake) {
      const back = account.rest();
      if (back === undefined) continue;
      awake.delete(account);
      resting.push(back);
    }
    await Promise.all(resting);
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
      await Promise.all(all().map((account) => account.close()));
    },
  };
};
