import type { Follower } from '../changes/follower.ts';
import type { Claim, SharedTier } from './shared-tier.ts';
import type { Kept, Validity } from './validity.ts';

/** What the shared tier had for a key; nothing of it: fill. */
export interface Sought {
  /** May be sent, asked just now. */
  readonly found?: Kept;
  /** Unchanged and too old: it may stand in for a fill that fails. */
  readonly aged?: Kept | undefined;
  /** This process's to release. Absent though nothing was found: the wait for another process was over. */
  readonly claim?: Claim;
}

export type Seek = (key: string) => Promise<Sought>;

export interface SeekOptions {
  readonly shared: SharedTier;
  readonly follower: Follower;
  readonly validity: Validity;
  readonly pause: (milliseconds: number) => Promise<void>;
}

const FIRST_STEP_MS = 5;
const STEP_LIMIT_MS = 50;

/** Looks in the shared tier; where another process fills the key, until that has ended, well or not. */
export const createSeek =
  ({ shared, follower, validity, pause }: SeekOptions): Seek =>
  async (key) => {
    let aged: Kept | undefined;
    /** What stands there, if it may be sent: another process kept it by what *it* had applied. */
    const look = async (): Promise<Kept | undefined> => {
      const there = await shared.get(key, follower.epoch());
      if (there === undefined) return undefined;
      const kept = validity.keep(there.entry, there.notes);
      const verdict = validity.judge(kept);
      if (verdict === 'aged') aged = kept;
      // While nobody can say what has changed, age does not matter: rule 12.
      return verdict === 'live' || (verdict === 'aged' && !follower.isTrusted()) ? kept : undefined;
    };

    for (let waitedMs = 0, stepMs = FIRST_STEP_MS; ; stepMs = Math.min(2 * stepMs, STEP_LIMIT_MS)) {
      const found = await look();
      if (found !== undefined) return { found };
      // What is made without trust is kept by nobody: nobody needs to wait for it.
      if (!follower.isTrusted()) return { aged };
      const claim = await shared.claim(key, follower.epoch());
      if (claim !== undefined) {
        // Its last holder may have kept something between the two questions.
        const late = await look();
        if (late === undefined) return { aged, claim };
        claim.release();
        return { found: late };
      }
      if (waitedMs >= shared.claimMs) return { aged };
      await pause(stepMs);
      waitedMs += stepMs;
    }
  };
