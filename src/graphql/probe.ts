import { isSameBesidesCounters, type Holed } from '../content/holes.ts';
import type { Entry } from '../content/answer.ts';

/** What came of asking the stores again: `overtaken` says nothing, the content changed meanwhile. */
export type ProbeOutcome = 'consistent' | 'inconsistent' | 'overtaken' | 'failed';

/** An answer that went out of the cache. */
export interface Probed {
  readonly entry: Entry;
  /** Makes the answer anew, of what the stores hold. */
  readonly refill: () => Promise<Holed>;
  /** Whether the answer would still be sent. */
  readonly isLive: () => boolean;
}

/** Looks over the cache's shoulder in production: now and then an answer it gave is made again, and compared. */
export interface Probe {
  /** Whether the next hit is to be looked at. */
  isDue(): boolean;
  /**
   * Whether a hit that would go out by a shorter way is to come the long one, where it can be looked at. True now and
   * then while a look is due: most of what comes may be nothing the probe can look at.
   */
  isWanted(): boolean;
  /** Looks at a hit, beside the request that got it; the request never waits. */
  look(probed: Probed): void;
}

export interface ProbeOptions {
  /** Between two looks, at least; 0: never look. */
  readonly everySeconds: number;
  readonly monotonic?: () => number;
  /** Reads the change log to its end. */
  readonly catchUp: () => Promise<void>;
  readonly onOutcome: (outcome: ProbeOutcome, entry: Entry) => void;
}

/** Between two hits that are asked to come the long way. */
const WANTED_EVERY_MS = 50;

/** One look at a time, at most every so often: what it costs does not grow with the traffic. */
export const createProbe = ({
  everySeconds,
  monotonic = () => performance.now(),
  catchUp,
  onOutcome,
}: ProbeOptions): Probe => {
  let lookedAtMs = monotonic();
  let isLooking = false;
  let wantedAtMs = -Infinity;

  const compare = async ({ entry, refill, isLive }: Probed): Promise<ProbeOutcome> => {
    try {
      if (isSameBesidesCounters(await refill(), entry)) return 'consistent';
      // The reading may have seen content whose change was not taken in yet.
      await catchUp();
      return isLive() ? 'inconsistent' : 'overtaken';
    } catch {
      return 'failed';
    }
  };
  const lookAt = async (probed: Probed): Promise<void> => {
    isLooking = true;
    lookedAtMs = monotonic();
    const outcome = await compare(probed);
    isLooking = false;
    onOutcome(outcome, probed.entry);
  };

  const isDue = (): boolean => everySeconds > 0 && !isLooking && monotonic() - lookedAtMs >= everySeconds * 1000;
  return {
    isDue,
    isWanted() {
      if (!isDue()) return false;
      const now = monotonic();
      if (now - wantedAtMs < WANTED_EVERY_MS) return false;
      wantedAtMs = now;
      return true;
    },
    look(probed) {
      if (!isDue()) return;
      void lookAt(probed);
    },
  };
};
