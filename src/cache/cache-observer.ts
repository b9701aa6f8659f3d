import type { CacheState, CacheTier } from './response-cache.ts';
import type { Death } from './validity.ts';

/** `space`: others were read more lately; `aged`: past every use; else what befell it. */
export type EvictionCause = Death | 'aged' | 'space';

/** `kept`; `unkept`: sent only; `overtaken`: taken back while it was made; `failed`: it threw, or a store failed in it. */
export type FillOutcome = 'kept' | 'unkept' | 'overtaken' | 'failed';

/** Told of what the response cache does, as it does it. */
export interface CacheObserver {
  served(state: CacheState, tier: CacheTier | null): void;
  filled(outcome: FillOutcome): void;
  evicted(cause: EvictionCause): void;
  /** What a change had ended was made again; the same bytes: it was ended for nothing. */
  remade(isSame: boolean): void;
  /** A refill failed and nobody is told otherwise: the one kept was served, or the refill ran in the background. */
  refillFailed(error: unknown): void;
}

/** Watches nothing. */
export const blindObserver: CacheObserver = {
  served: () => undefined,
  filled: () => undefined,
  evicted: () => undefined,
  remade: () => undefined,
  refillFailed: () => undefined,
};
