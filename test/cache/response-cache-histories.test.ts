import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import { createFaultyCache, FAULTS, type FaultyCacheOptions } from './faulty-cache.ts';
import { histories, playHistory } from './history.ts';

const RUNS = 1_500;
const create = ({ follower, clock }: FaultyCacheOptions) =>
  createResponseCache({ follower, clock, limitBytes: 1_000_000 });

describe('through, in random histories', () => {
  it('never shows a reader what a change it had applied made untrue', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const played = await playHistory(create, steps);
        hits += played.hits;
        expect(played.violations).toEqual([]);
      }),
      { numRuns: RUNS, seed: 20_261_123 },
    );
    // A cache that never hits is never wrong.
    expect(hits).toBeGreaterThan(RUNS / 2);
  });

  it('finds nothing wrong with a small cache that keeps every rule', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const { violations } = await playHistory((options) => createFaultyCache(null, options), steps);
        expect(violations).toEqual([]);
      }),
      { numRuns: RUNS, seed: 20_261_123 },
    );
  });

  it.each(FAULTS)('catches a cache that %s', async (fault) => {
    const outcome = await fc.check(
      fc.asyncProperty(histories, async (steps) => {
        const { violations } = await playHistory((options) => createFaultyCache(fault, options), steps);
        return violations.length === 0;
      }),
      { numRuns: RUNS, seed: 20_261_123, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  });
});
