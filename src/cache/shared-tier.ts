import type { Entry, EntryNotes } from '../content/answer.ts';

/** An entry that is shared. */
export interface SharedEntry {
  readonly entry: Entry;
  /** The same for as long as the same entry is found, and it is remembered here that it was. */
  readonly notes: EntryNotes;
}

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
  get(key: string, epoch: string): Promise<SharedEntry | undefined>;
  set(key: string, entry: Entry): void;
  /** undefined: another process fills `key` just now. */
  claim(key: string, epoch: string): Promise<Claim | undefined>;
}
