import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEntityTier } from '../../src/cache/entity-tier.ts';
import { entityHistories, playEntityHistory } from './entity-history.ts';
import { createFaultyEntityTier, ENTITY_FAULTS } from './faulty-entity-tier.ts';

const RUNS = 1_500;
const FAULT_RUNS = 4_000;
const seed = 29;

describe('whoever asks the entity tier', { timeout: 120_000 }, () => {
  it('is given nothing from before what this process had heard of, whatever happens meanwhile', async () => {
    let [reads, asks] = [0, 0];
    await fc.assert(
      fc.asyncProperty(entityHistories, async (steps) => {
        const played = await playEntityHistory(
          (follower) => createEntityTier({ follower, limitBytes: 100_000 }),
          steps,
        );
        reads += played.reads;
        asks += played.asks;
        expect(played.violations).toEqual([]);
      }),
      { numRuns: RUNS, seed },
    );
    // Whoever asked the store every time would be right, and keep nothing.
    expect(reads).toBeLessThan(asks * 0.75);
  });
});

describe('a history', { timeout: 120_000 }, () => {
  it('finds nothing wrong with the smallest tier that keeps the rules', async () => {
    await fc.assert(
      fc.asyncProperty(entityHistories, async (steps) => {
        const { violations } = await playEntityHistory((follower) => createFaultyEntityTier(null, follower), steps);
        expect(violations).toEqual([]);
      }),
      { numRuns: RUNS, seed },
    );
  });

  it.each(ENTITY_FAULTS)('finds out a tier that %s', async (fault) => {
    const result = await fc.check(
      fc.asyncProperty(entityHistories, async (steps) => {
        const { violations } = await playEntityHistory((follower) => createFaultyEntityTier(fault, follower), steps);
        return violations.length === 0;
      }),
      { numRuns: FAULT_RUNS, seed, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
  });
});
