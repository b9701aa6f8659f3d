import { Counter, type Registry } from 'prom-client';
import { createTally, type Tally } from './tally.ts';

/** Counts what callers spend, by whoever pays: partners by their names, all others as one. */
export interface BudgetMetrics {
  spent(payer: string, cost: number): void;
  refused(payer: string): void;
  /** Calls to Redis for buckets by what became of them. */
  readonly called: Tally;
}

/** Names shown; all beyond are one, so that a label never has more values. */
const PAYERS_LIMIT = 1_000;
const OTHERS = 'others';

/** Figures of budgets on `registry`. */
export const createBudgetMetrics = (registry: Registry): BudgetMetrics => {
  const registers = [registry];
  const costs = new Map<string, number>();
  const shownName = (payer: string): string => (costs.has(payer) || costs.size < PAYERS_LIMIT ? payer : OTHERS);
  // In plain numbers, shown when read: an answer out of memory takes less time than to look up a series.
  const spent: Counter<'payer'> = new Counter({
    name: 'masthead_budget_spent_total',
    help: 'Points of cost that were spent, by partner name; `anonymous`: all who bring no key.',
    labelNames: ['payer'],
    registers,
    collect() {
      spent.reset();
      for (const [payer, cost] of costs) spent.inc({ payer }, cost);
    },
  });
  const refused = createTally(registry, {
    name: 'masthead_budget_refused_total',
    help: 'Requests that were refused because nothing was left, by partner name.',
    labelNames: ['payer'],
  });
  const add = (payer: string, cost: number): string => {
    const name = shownName(payer);
    costs.set(name, (costs.get(name) ?? 0) + cost);
    return name;
  };
  return {
    spent: (payer, cost) => void add(payer, cost),
    refused: (payer) => refused(add(payer, 0)),
    called: createTally(registry, {
      name: 'masthead_budget_calls_total',
      help: 'Calls to Redis for budgets by outcome: answered, refused, late, lost, skipped.',
      labelNames: ['outcome'],
    }),
  };
};
