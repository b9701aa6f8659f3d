import type { CacheObserver } from '../../src/cache/cache-observer.ts';
import { createResponseCache, type CacheResult, type ResponseCacheOptions } from '../../src/cache/response-cache.ts';
import type { Answer } from '../../src/content/answer.ts';
import type { Gate } from '../support/gate.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { answer } from './answer.ts';
import { createHandFollower } from './hand-follower.ts';

export const NOON = Date.parse('2026-11-23T12:00:00Z');

/** A cache over a follower and a clock that the test moves, and everything that the cache was seen to do. */
export const createCacheRig = (options: Partial<ResponseCacheOptions> = {}) => {
  const clock = createWoundClock(NOON);
  const follower = createHandFollower(clock.now);
  const seen: string[] = [];
  const failures: unknown[] = [];
  const remade: boolean[] = [];
  const observe: CacheObserver = {
    served: (state, tier) => void seen.push(`served ${state} ${tier ?? 'none'}`),
    filled: (outcome) => void seen.push(`filled ${outcome}`),
    evicted: (cause) => void seen.push(`evicted ${cause}`),
    remade: (isSame) => void remade.push(isSame),
    refillFailed: (error) => void failures.push(error),
  };
  const cache = createResponseCache({
    follower,
    clock,
    limitBytes: 1_000_000,
    monotonic: clock.now,
    observe,
    ...options,
  });
  const through = (fill: () => Promise<Answer>, key = 'key'): Promise<CacheResult> => cache.through(key, fill);
  return { clock, follower, cache, through, seen, failures, remade };
};

/** What the entry of a result says, and how it came about. */
export const told = ({ entry, state }: CacheResult): readonly [string, string] => [entry.body.toString(), state];

/** A fill of `text`. */
export const of =
  (text: string, rest: Partial<Answer> = {}) =>
  async (): Promise<Answer> =>
    answer(text, rest);

/** A fill of `text` that stops at `gate`. */
export const slowly =
  (gate: Gate, text: string, rest: Partial<Answer> = {}) =>
  async (): Promise<Answer> => {
    await gate.pass();
    return answer(text, rest);
  };

/** A fill that nobody should begin. */
export const never = (): Promise<Answer> => Promise.reject(new Error('nobody should have filled'));

/** An answer whose only errors are store failures. */
export const failed = of('errors', { maxAgeSeconds: 0, holdSeconds: 2 });
