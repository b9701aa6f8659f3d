import type { ShelfName } from './entity-shelf.ts';

/**
 * How a request met the entity tier. `hit`: held and live; `joined`: somebody was reading it; `missing`: not held; `ended`:
 * held, and changed or grown old since; `bypassed`: nobody can say what has changed, so the store was asked.
 */
export type EntityOutcome = 'hit' | 'joined' | 'missing' | 'ended' | 'bypassed';

/** Told of what the entity tier does, as it does it. */
export interface EntityObserver {
  asked(shelf: ShelfName, outcome: EntityOutcome): void;
  /** Others were read more lately. */
  evicted(): void;
}

/** Watches nothing. */
export const blindEntityObserver: EntityObserver = { asked: () => undefined, evicted: () => undefined };
