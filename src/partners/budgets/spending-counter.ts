import type { Clock } from '../../clock.ts';
import type { PartnerSpending } from '../../stores/postgres/partner-spending.ts';
import type { SpendingObserver } from './budgets.ts';

/** Counts what partners spend, and has it saved every few seconds: nobody waits for it. */
export interface SpendingCounter extends SpendingObserver {
  /** Hands on what was counted; what could not be saved is kept. */
  save(): Promise<void>;
  /** The last time. */
  close(): Promise<void>;
}

export interface SpendingCounterOptions {
  readonly clock: Clock;
  readonly save: (spending: readonly PartnerSpending[]) => Promise<void>;
  /** What was counted is kept, and tried again. */
  readonly failed: (error: unknown) => void;
}

type Counts = { -readonly [Field in keyof PartnerSpending]: PartnerSpending[Field] };

const SAVE_MS = 10_000;

/**
 * A counter at 0. Figures, not bills: what was saved without anybody hearing of it is saved twice, and what a process had
 * counted when it was killed is lost, ten seconds' worth.
 */
export const createSpendingCounter = ({ clock, save, failed }: SpendingCounterOptions): SpendingCounter => {
  let counted = new Map<string, Counts>();
  let saving: Promise<void> | undefined;

  const countsOf = (partnerId: string, day: string): Counts => {
    const key = `${day} ${partnerId}`;
    let counts = counted.get(key);
    if (counts === undefined) {
      counts = { partnerId, day, requests: 0, spent: 0, refused: 0 };
      counted.set(key, counts);
    }
    return counts;
  };
  const today = (): string => new Date(clock.now()).toISOString().slice(0, 10);

  const saveOnce = async (): Promise<void> => {
    const spending = [...counted.values()];
    counted = new Map();
    try {
      if (spending.length > 0) await save(spending);
    } catch (error) {
      failed(error);
      for (const { partnerId, day, requests, spent, refused } of spending) {
        const counts = countsOf(partnerId, day);
        counts.requests += requests;
        counts.spent += spent;
        counts.refused += refused;
      }
    }
  };
  const counter: SpendingCounter = {
    spent({ kind, id }, cost) {
      if (kind !== 'partner') return;
      const counts = countsOf(id, today());
      counts.requests += 1;
      counts.spent += cost;
    },
    refused({ kind, id }) {
      if (kind === 'partner') countsOf(id, today()).refused += 1;
    },
    save() {
      saving ??= saveOnce().finally(() => (saving = undefined));
      return saving;
    },
    async close() {
      clearInterval(timer);
      await saving;
      await counter.save();
    },
  };
  const timer = setInterval(() => void counter.save(), SAVE_MS).unref();
  return counter;
};
