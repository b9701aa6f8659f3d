import { asyncProperty, check, constantFrom, integer, array, record, type Arbitrary } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { findTimeFaults, type Planned, type Told } from '../../support/time-faults.ts';
import { badSchedulers } from './bad-schedulers.ts';
import { createScheduleRig, createTicker, type Ticker, type TickerOf } from './schedule-rig.ts';

const PROCESSES = 2;

interface Step {
  readonly does: 'plan' | 'wind' | 'tick' | 'all tick' | 'crash' | 'restart';
  readonly process: number;
  readonly seconds: number;
  readonly by: keyof typeof PLANS;
}

/** A story to which time does one thing at `at`, and what it is called. */
const PLANS = {
  PUBLISH: (at: string) => ({ publishedAt: at }),
  EMBARGO_LIFT: (at: string) => ({ rights: { embargoedUntil: at } }),
  KILL: (at: string) => ({ rights: { expiresAt: at } }),
  UPDATE: (at: string) => ({ breaking: true, breakingUntil: at }),
};

const histories: Arbitrary<readonly Step[]> = array(
  record({
    does: constantFrom('plan', 'plan', 'wind', 'wind', 'tick', 'all tick', 'crash', 'restart'),
    process: integer({ min: 0, max: PROCESSES - 1 }),
    seconds: integer({ min: 1, max: 15 }),
    by: constantFrom('PUBLISH', 'EMBARGO_LIFT', 'KILL', 'UPDATE'),
  }),
  { minLength: 8, maxLength: 24 },
);

const CRASHED = new Error('killed');

/** Which of its transactions a process dies in, before it is committed; 0: in none. */
interface Fate {
  diesIn: number;
}

const mortal = (database: Database, fate: Fate): Database => ({
  ...database,
  transaction: (work, options) =>
    database.transaction(async (transaction) => {
      const result = await work(transaction);
      if (fate.diesIn > 0 && (fate.diesIn -= 1) === 0) throw CRASHED;
      return result;
    }, options),
});

/** Runs `history` on processes that share nothing but the database, and what the checker finds in it. */
const runHistory = async (
  database: Database,
  createOne: TickerOf,
  history: readonly Step[],
): Promise<readonly string[]> => {
  const rig = await createScheduleRig(database);
  const planned: Planned[] = [];
  const told: Told[] = [];
  const start = (): { readonly fate: Fate; readonly ticker: Ticker } => {
    const fate = { diesIn: 0 };
    return { fate, ticker: createOne(mortal(database, fate), rig.clock) };
  };
  const processes = Array.from({ length: PROCESSES }, start);
  const tick = (index: number): Promise<unknown> => (processes[index] as { ticker: Ticker }).ticker.tick();
  const restart = (index: number): void => void (processes[index] = start());

  for (const { does, process, seconds, by } of history) {
    if (does === 'plan') {
      const at = rig.clock.now() + seconds * 1000;
      const story = `${planned.length}`;
      await rig.write(story, PLANS[by](new Date(at).toISOString()));
      planned.push({ story, kind: by, at });
    } else if (does === 'wind') rig.clock.wind(seconds * 1000);
    else if (does === 'tick') await tick(process);
    else if (does === 'all tick') await Promise.all(processes.map((_, index) => tick(index)));
    else if (does === 'restart') restart(process);
    else {
      (processes[process] as { fate: Fate }).fate.diesIn = 1 + (seconds % 2);
      await tick(process).catch((error: unknown) => {
        if (error !== CRASHED) throw error;
      });
      restart(process);
    }
    told.push(...(await rig.takeTold()));
  }
  rig.clock.wind(20_000);
  await tick(0);
  told.push(...(await rig.takeTold()));
  return findTimeFaults({ planned, told, seen: [], toldUntil: rig.clock.now(), lateMs: 0 });
};

describe('histories of a schedule', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  afterAll(() => database.close());

  const RUNS = 25;
  /** The first fault that random histories find, in words. */
  const search = async (createOne: TickerOf): Promise<string> => {
    const property = asyncProperty(histories, async (history) => {
      const faults = await runHistory(database, createOne, history);
      if (faults.length > 0) throw new Error(faults.join('; '));
    });
    const { failed, errorInstance } = await check(property, { numRuns: RUNS, seed: 20_261_123, endOnFailure: true });
    return failed ? String(errorInstance) : 'none';
  };

  it('announce everything once, whoever ticks, dies and starts again', { timeout: 120_000 }, async () => {
    expect(await search(createTicker)).toBe('none');
  });

  it.each<[keyof typeof badSchedulers, RegExp]>([
    ['loses its place', /was told to nobody/],
    ['takes before it tells', /was told to nobody/],
    ['appends twice', /was told \d times/],
    ['has a clock that runs early', /was told \d+ ms early/],
  ])('find a scheduler that %s', { timeout: 120_000 }, async (name, fault) => {
    expect(await search(badSchedulers[name])).toMatch(fault);
  });
});
