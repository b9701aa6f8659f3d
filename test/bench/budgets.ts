/**
 * Whether processes together spend more than a budget, and whether a partner that spends all of its own disturbs another:
 *
 *   npm run bench:budgets -- [processes] [seconds]
 *
 * Starts a Redis and that many processes, each with the budgets of a gateway, and prints what they spent.
 */
import { cpus, loadavg } from 'node:os';
import { startOwnRedis } from '../redis/own-redis.ts';
import { costOf, mostOf, spendInProcesses, type Spender, type SpentTogether } from './budgets/spend-in-processes.ts';

const [PROCESSES = 4, SECONDS = 10] = process.argv.slice(2, 4).map(Number);
const GREEDY = { capacity: 20_000, refillPerMinute: 60_000 };
const MODEST = { capacity: 20_000, refillPerMinute: 60_000 };

const redis = await startOwnRedis();

const run = (name: string, partners: Spender['partners']): Promise<SpentTogether> =>
  spendInProcesses(
    Array.from({ length: PROCESSES }, (_, seed) => ({ redisUrl: redis.url, root: `bench:{${name}}`, seed, partners })),
  );
const greedy = { id: 'greedy', budget: GREEDY, perSecond: 400, seconds: SECONDS };
const modest = { id: 'modest', budget: MODEST, perSecond: 5, seconds: SECONDS };

/** What became of one partner, all processes together. */
const tell = (together: SpentTogether, id: string): void => {
  const parts = together.spent.filter((part) => part.id === id);
  const sum = (read: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + read(part), 0);
  const most = (read: (part: (typeof parts)[number]) => number): string => Math.max(...parts.map(read)).toFixed(2);
  const asked = sum(({ taken, refused }) => taken + refused);
  console.log(
    `  ${id}: ${asked} requests, ${sum(({ refused }) => refused)} refused, spent ${costOf(together, id).toFixed(1)}; ` +
      `waited p50 ${most(({ waitedMs }) => waitedMs.p50)} ms, p99 ${most(({ waitedMs }) => waitedMs.p99)} ms, ` +
      `at most ${most(({ waitedMs }) => waitedMs.most)} ms`,
  );
};

try {
  console.log(`${PROCESSES} processes, ${SECONDS} s, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`);
  const alone = await run('alone', [greedy]);
  const [most, spent] = [mostOf(GREEDY, alone.seconds), costOf(alone, 'greedy')];
  const draws = alone.spent.reduce((sum, part) => sum + part.draws, 0);
  console.log('One partner that asks for more than it has');
  tell(alone, 'greedy');
  console.log(
    `  allowed ${most.toFixed(1)}: overspent ${Math.max(0, (spent / most - 1) * 100).toFixed(2)} %, ` +
      `used ${((spent / most) * 100).toFixed(1)} % of it; ${draws} calls to Redis`,
  );
  console.log('One that stays within its budget, by itself');
  tell(await run('modest', [modest]), 'modest');
  console.log('Both at once');
  const both = await run('both', [greedy, modest]);
  for (const { id } of [greedy, modest]) tell(both, id);
} finally {
  await redis.close();
}
