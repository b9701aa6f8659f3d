import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import {
  createFaultyCache,
  FAULTS,
  SOFT_SECONDS,
  STALE_IF_ERROR_SECONDS,
  STALE_SECONDS,
  type FaultyCacheOptions,
} from './faulty-cache.ts';
import { histories, playHistory } from './history.ts';

const RUNS = 2_000;
const SEED = 20_261_123;
const create = ({ follower, clock, shared, pause }: FaultyCacheOptions) =>
  createResponseCache({
    follower,
    clock,
    pause,
    ...(shared === undefined ? {} : { shared }),
    limitBytes: 1_000_000,
    softSeconds: SOFT_SECONDS,
    staleWhileRevalidateSeconds: STALE_SECONDS,
    staleIfErrorSeconds: STALE_IF_ERROR_SECONDS,
    monotonic: clock.now,
  });

describe('through, in random histories of two processes', () => {
  it('never shows a reader what a change it had applied made untrue', async () => {
    const states = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const played = await playHistory(create, history);
        for (const state of played.states) states.set(state, (states.get(state) ?? 0) + 1);
        expect(played.violations).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // A cache that never does something is never wrong about it.
    for (const state of ['hit', 'shared', 'stale', 'soft', 'joined', 'filled', 'degraded'])
      expect([state, (states.get(state) ?? 0) > RUNS / 100]).toEqual([state, true]);
  });

  it('finds nothing wrong with a small cache that keeps every rule', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { violations } = await playHistory((options) => createFaultyCache(null, options), history);
        expect(violations).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it.each(FAULTS)('catches a cache that %s', async (fault) => {
    const outcome = await fc.check(
      fc.asyncProperty(histories, async (history) => {
        const { violations } = await playHistory((options) => createFaultyCache(fault, options), history);
        return violations.length === 0;
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  });
});
