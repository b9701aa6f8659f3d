import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { LEASE_MS } from './follower.ts';
import { declareDead, loadStandings, type Lapsed, type Lease } from './leases.ts';

/** Who may still answer from before a change: empty when nobody can. */
export interface Acknowledgement {
  readonly pending: readonly Pick<Lapsed, 'process' | 'until'>[];
}

export interface AcknowledgerOptions {
  readonly database: Database;
  readonly leaseMs?: number;
  /** Milliseconds on a clock that never steps back. */
  readonly monotonic?: () => number;
  /** Waits before the leases are looked at again. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** Beyond the lease: an appender's clock and a holder's may run apart by a little. */
const MARGIN_MS = 250;
/** Leases are looked at every few milliseconds first, since most processes need no more; then less often. */
const FIRST_LOOK_MS = 2;
const LAST_LOOK_MS = 50;

/** Waits for processes to take in what was appended: rule 8 of the change protocol. Calls share their looks. */
export const createAcknowledger = ({
  database,
  leaseMs = LEASE_MS,
  monotonic = () => performance.now(),
  wait = (milliseconds) => pause(milliseconds),
}: AcknowledgerOptions) => {
  const patienceMs = leaseMs + MARGIN_MS;

  /** The epoch met last, and since when, on this machine's own clock: the database's may have been set back. */
  let met = { epoch: '', sinceMs: 0 };
  let looking: ReturnType<typeof loadStandings> | undefined;
  let next: ReturnType<typeof loadStandings> | undefined;
  /** What stands in the database at some instant after the call; calls that come during a look share the one after it. */
  const look = (): ReturnType<typeof loadStandings> => {
    if (looking === undefined) {
      looking = loadStandings(database).finally(() => (looking = undefined));
      return looking;
    }
    next ??= looking
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return look();
      });
    return next;
  };

  return {
    /** @throws when the log was replaced meanwhile, or cannot be read. */
    async acknowledge({
      sequence,
      epoch,
    }: {
      readonly sequence: number;
      readonly epoch: string;
    }): Promise<Acknowledgement> {
      // Of each life: the renewal it was last seen with, and since when, on this machine's own clock.
      const seen = new Map<string, { readonly renewal: string; readonly sinceMs: number }>();
      /** Whether `lease` has not been renewed for as long as a lease lasts. */
      const isSpent = ({ life, renewal }: Lease): boolean => {
        const now = monotonic();
        const known = seen.get(life);
        if (known?.renewal === renewal) return now - known.sinceMs >= patienceMs;
        seen.set(life, { renewal, sinceMs: now });
        return false;
      };

      for (let delayMs = FIRST_LOOK_MS; ; delayMs = Math.min(delayMs * 1.5, LAST_LOOK_MS)) {
        const standings = await look();
        if (standings.epoch !== epoch) throw new Error('The change log was replaced while an acknowledgement waited');
        const behind = standings.leases.filter(({ applied }) => applied < sequence);
        // Under a new epoch leases of the old one are not seen, and still trusted for as long as they last.
        if (met.epoch !== epoch) met = { epoch, sinceMs: monotonic() };
        const isSettled = standings.epochAgeMs >= patienceMs || monotonic() - met.sinceMs >= patienceMs;
        if (behind.length === 0 && isSettled)
          return { pending: standings.lapsed.map(({ process, until }) => ({ process, until })) };
        for (const lease of behind.filter(isSpent)) await declareDead(database, lease);
        await wait(delayMs);
      }
    },
  };
};
