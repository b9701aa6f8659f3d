import { describe, expect, inject, it } from 'vitest';
import { behindOnePort } from './behind-one-port.ts';
import { createFreshDatabase } from './fresh-database.ts';
import { EVERYTHING, PROFILES, type Profile } from './profiles.ts';
import { runChecker } from './run-checker.ts';
import { NOTHING, tellResult } from './tell-result.ts';

/** Up to five processes start first, on a machine that may be busy, and a good build settles at the end. */
const AROUND_MS = 120_000;
const SECONDS = 15;
/** Another one for each run. */
let seed = Date.now() % 1_000_000;

const run = async (seconds: number, profile: Profile, badBuild: string | null = null) => {
  seed += 1;
  const databaseUrl = await createFreshDatabase(inject('postgresUrl'));
  return runChecker({ seconds, seed, profile: behindOnePort(profile), badBuild, databaseUrl });
};

describe('processes behind one port, over one PostgreSQL and one Redis', () => {
  it.each([2, 4])(
    'break no promise, %i of them, whoever answers and while one of them is killed again and again',
    { timeout: SECONDS * 1000 + AROUND_MS },
    async (processes) => {
      const result = await run(SECONDS, {
        ...EVERYTHING,
        processes,
        readersPerProcess: 8 / processes,
        faults: { 'process killed': 1 },
        faultsAtOnce: 1,
        calmMs: 10_000,
      });
      expect(tellResult(result, seed)).toBe(NOTHING);
      // A run in which nothing happened, or one process answered for all, would find nothing.
      const names = Array.from({ length: processes }, (_, index) => `port-${index + 1}`);
      expect([...result.answered.keys()].toSorted()).toEqual(names);
      expect(Math.min(...result.answered.values())).toBeGreaterThan(100);
      expect(result.reads).toBeGreaterThan(1_000);
      expect(result.costs.get('process killed')?.times).toBeGreaterThan(0);
      expect(result.gone.count()).toBeGreaterThan(2);
    },
  );

  // When a reader meets the process that is late is chance: another seed is another one.
  it(
    'are flagged when one acknowledges what the others have not taken in',
    { timeout: 60_000 + AROUND_MS, retry: 2 },
    async () => {
      const name = 'acknowledged without waiting';
      const result = await run(60, PROFILES[name] ?? EVERYTHING, name);
      expect(result.violation?.rule).toBe('stale');
      expect(result.answered.size).toBe(2);
    },
  );
});
