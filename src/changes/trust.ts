/**
 * How far what is held may be trusted. `trusted`: the lease runs. `recovering`: it has just ended and nobody knows yet
 * why. `degraded`: the log cannot be read; what is not known to have changed may be sent, and kept by nobody. `lost`: that
 * has lasted for as long as it may.
 */
export type Standing = 'trusted' | 'recovering' | 'degraded' | 'lost';

/** A lease as its holder sees it, on two clocks. Change protocol, rules 5 and 12. */
export interface Trust {
  isTrusted(): boolean;
  standing(): Standing;
  /** While recovering: resolves when that is over, one way or the other. */
  settled(): Promise<void>;
  /** Both clocks, to be read before a renewal is sent: what it grants runs from there. */
  instant(): TrustInstant;
  grant(from: TrustInstant): void;
  /** Nothing is trusted from now on. */
  end(): void;
  /** The log could not be read. */
  failed(): void;
  /** Whether the last attempt to read the log failed. */
  hasFailed(): boolean;
}

export interface TrustInstant {
  /** Never steps back; may stand still while the machine is suspended. */
  readonly monotonicMs: number;
  /** Goes on while the machine is suspended; may be set. */
  readonly wallMs: number;
}

export interface TrustOptions {
  readonly leaseMs: number;
  readonly degradedMs: number;
  readonly monotonic: () => number;
  readonly wall: () => number;
  /** Called when trust is found to have ended: reading the log at once is worth it. */
  readonly onDoubt: () => void;
}

/** How long requests wait to learn whether the log can be read: a process that was stopped reads it within milliseconds. */
export const RECOVERY_MS = 250;

/** Nothing is trusted yet. */
export const createTrust = ({ leaseMs, degradedMs, monotonic, wall, onDoubt }: TrustOptions): Trust => {
  let until: TrustInstant | undefined;
  let hasFailed = false;
  let doubtedSinceMs: number | undefined;
  let waiting: (() => void)[] = [];

  const instant = (): TrustInstant => ({ monotonicMs: monotonic(), wallMs: wall() });
  // Whichever clock says that the lease is over: the one stops with the machine, the other can be set.
  const isTrusted = (): boolean => until !== undefined && monotonic() <= until.monotonicMs && wall() <= until.wallMs;
  const isRecovering = (): boolean => {
    if (hasFailed) return false;
    if (doubtedSinceMs === undefined) {
      doubtedSinceMs = monotonic();
      onDoubt();
    }
    return monotonic() - doubtedSinceMs < RECOVERY_MS;
  };
  const standing = (): Standing => {
    if (isTrusted()) return 'trusted';
    if (isRecovering()) return 'recovering';
    if (until === undefined) return 'lost';
    const sinceMs = Math.max(monotonic() - until.monotonicMs, wall() - until.wallMs);
    return sinceMs < degradedMs ? 'degraded' : 'lost';
  };
  const release = (): void => {
    const released = waiting;
    waiting = [];
    for (const resume of released) resume();
  };

  return {
    isTrusted,
    standing,
    settled: () =>
      standing() === 'recovering'
        ? new Promise((resolve) => {
            const bound = setTimeout(resolve, RECOVERY_MS);
            waiting.push(() => {
              clearTimeout(bound);
              resolve();
            });
          })
        : Promise.resolve(),
    instant,
    grant({ monotonicMs, wallMs }) {
      until = { monotonicMs: monotonicMs + leaseMs, wallMs: wallMs + leaseMs };
      hasFailed = false;
      doubtedSinceMs = undefined;
      release();
    },
    end() {
      const now = instant();
      if (isTrusted()) until = { monotonicMs: now.monotonicMs - 1, wallMs: now.wallMs - 1 };
    },
    failed() {
      hasFailed = true;
      release();
    },
    hasFailed: () => hasFailed,
  };
};
