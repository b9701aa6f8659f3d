import type { Entry } from '../content/answer.ts';

/** The right to fill a key, held by one process at a time. */
export interface Claim {
  release(): void;
}

/**
 * Answers that processes share. Nothing here rejects or waits past a short deadline: a tier that is down is a miss, and
 * a claim that cannot be made is granted. What it gives is as old as it may be: the cache asks the change log about it.
 * Its body may be a part of a larger piece: whoever keeps it copies it.
 */
export interface SharedTier {
  /** How long a claim is held, and waited for: who dies holding one costs the others no more. Past it everybody fills. */
  readonly claimMs: number;
  get(key: string, epoch: string): Promise<Entry | undefined>;
  set(key: string, entry: Entry): void;
  /** undefined: another process fills `key` just now. */
  claim(key: string, epoch: string): Promise<Claim | undefined>;
}
