import { createHmac, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Environment } from '../config/schema.ts';
import type { Caller } from '../content/caller.ts';
import { clientOf } from '../content/client-of.ts';
import type { Database } from '../database/database.ts';
import { createTill, type Till } from '../http/till.ts';
import type { Standing } from '../partners/budgets/account.ts';
import type { Buckets } from '../partners/budgets/buckets.ts';
import { createBudgets, type Payer } from '../partners/budgets/budgets.ts';
import { createLocalBuckets } from '../partners/budgets/local-buckets.ts';
import { createRedisBuckets } from '../partners/budgets/redis-buckets.ts';
import { createSharedBuckets } from '../partners/budgets/shared-buckets.ts';
import { createSpendingCounter } from '../partners/budgets/spending-counter.ts';
import { createRedis } from '../redis/create-redis.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { createSalts } from '../stores/postgres/engagement-salts.ts';
import { readEngagementSpace } from '../stores/postgres/engagement-space.ts';
import { addPartnerSpending } from '../stores/postgres/partner-spending.ts';
import { createBudgetMetrics, type BudgetMetrics } from '../telemetry/budget-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { RedisPatience } from './share-answers.ts';

export interface HoldBudgetsOptions {
  readonly environment: Pick<Environment, 'REDIS_URL' | 'ANONYMOUS_MAX_COST_PER_MINUTE'>;
  readonly database: Database;
  readonly clock: Clock;
  readonly patience: RedisPatience | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What callers may spend, as this gateway counts it. */
export interface BudgetHolding {
  readonly till: Till;
  /** How the budget of `caller` stands; null: nobody counts what it spends. */
  readonly standingOf: (caller: Caller, address: string) => Standing | null;
  /** Resolves once it is known for the first time whether Redis is there. */
  readonly settled: Promise<void>;
  /** Gives back what was drawn and not spent, and saves what was. */
  close(): Promise<void>;
}

/** As many as there are accounts. */
const BUCKETS_LIMIT = 30_000;
const ADDRESSES_LIMIT = 20_000;

/** Whoever pays for what is asked without a key: each address by itself, if that is counted. */
const createAnonymousPayer = (perMinute: number): ((address: string) => Payer | undefined) => {
  if (perMinute === 0) return () => undefined;
  const budget = { capacity: perMinute, refillPerMinute: perMinute };
  const payers = new LRUCache<string, Payer>({ max: ADDRESSES_LIMIT });
  return (address) => {
    const known = payers.get(address);
    if (known !== undefined) return known;
    const payer: Payer = { kind: 'address', id: clientOf(address), label: 'anonymous', budget };
    payers.set(address, payer);
    return payer;
  };
};

const openLink = (
  address: NonNullable<Environment['REDIS_URL']>,
  { patience, logger }: HoldBudgetsOptions,
  { called }: BudgetMetrics,
): RedisLink => {
  const { claimMs: _claimMs, ...deadlines } = patience ?? {};
  return createRedis({
    address,
    ...deadlines,
    observe: {
      called: (operation, outcome) => {
        if (operation === 'budget') called(outcome);
      },
      stateChanged(isUp, reason) {
        if (isUp) logger.info({}, 'redis answers: processes count together what callers spend');
        else logger.warn({ reason }, 'redis is away: each process has its share of what callers may spend');
      },
      writesChanged(isTaking, reason) {
        if (isTaking) logger.info({}, 'redis counts what callers spend again');
        else logger.warn({ reason }, 'redis refuses to count what callers spend: each process has its share');
      },
    },
  });
};

/** Buckets where processes share them: each has a connection of its own for that, and what takes long elsewhere holds up none. */
const openBuckets = async (options: HoldBudgetsOptions, redis: RedisLink | undefined): Promise<Buckets> => {
  const { database, clock } = options;
  if (redis === undefined) return createLocalBuckets({ clock, limit: BUCKETS_LIMIT });
  const saltOf = createSalts(database);
  return createSharedBuckets({
    redis: createRedisBuckets({
      redis,
      root: `masthead:budget:{${await readEngagementSpace(database)}}`,
      process: randomUUID(),
    }),
    // Nobody's address is kept: a digest by the salt of the day.
    nameOf: async (key) =>
      key.startsWith('address:')
        ? `address:${createHmac('sha256', await saltOf(clock.now()))
            .update(key)
            .digest('base64url')
            .slice(0, 22)}`
        : key,
    clock,
    limit: BUCKETS_LIMIT,
  });
};

/** Counts in Redis where there is one, else in this process. */
export const holdBudgets = async (options: HoldBudgetsOptions): Promise<BudgetHolding> => {
  const { environment, database, clock, logger, metrics } = options;
  const counted = createBudgetMetrics(metrics.registry);
  const address = environment.REDIS_URL;
  const redis = address === undefined ? undefined : openLink(address, options, counted);
  const spending = createSpendingCounter({
    clock,
    save: (rows) => addPartnerSpending(database, rows),
    failed: (error) => logger.warn({ error }, 'what partners spent could not be saved: it is kept and tried again'),
  });
  const budgets = createBudgets({
    buckets: await openBuckets(options, redis),
    clock,
    observe: {
      spent(payer, cost) {
        counted.spent(payer.label, cost);
        spending.spent(payer, cost);
      },
      refused(payer) {
        counted.refused(payer.label);
        spending.refused(payer);
      },
    },
  });
  const anonymousAt = createAnonymousPayer(environment.ANONYMOUS_MAX_COST_PER_MINUTE);
  const payerOf = ({ partner, plan }: Caller, from: string): Payer | undefined => {
    if (partner === null) return anonymousAt(from);
    const budget = plan?.budget ?? null;
    return budget === null ? undefined : { kind: 'partner', id: partner.id, label: partner.name, budget };
  };
  return {
    till: createTill({
      budgets,
      payerOf,
      clock,
      isEverybodyCounted: environment.ANONYMOUS_MAX_COST_PER_MINUTE > 0,
    }),
    standingOf(caller, from) {
      const payer = payerOf(caller, from);
      return payer === undefined ? null : budgets.standingOf(payer);
    },
    settled: redis?.settled ?? Promise.resolve(),
    async close() {
      await budgets.close();
      await spending.close();
      redis?.close();
    },
  };
};
