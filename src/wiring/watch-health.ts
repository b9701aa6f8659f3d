import type { Follower } from '../changes/follower.ts';
import type { Database } from '../database/database.ts';
import type { HealthRoutes } from '../http/health-routes.ts';
import { worstOf } from '../http/part-state.ts';

export interface WatchHealthOptions {
  readonly database: Pick<Database, 'kind'>;
  readonly follower: Pick<Follower, 'standing' | 'isLogRead' | 'isTrusted'>;
  /** How other parts are, by name. */
  readonly parts: readonly HealthRoutes['storeStates'][];
}

/** What health routes are told, and who tells where the process stands. */
export interface WatchedHealth extends HealthRoutes {
  /** The change log was read for the first time. */
  catchUp(): void;
  /** No new requests are wanted. */
  drain(): void;
}

/** The health of this process, starting. */
export const watchHealth = ({ database, follower, parts }: WatchHealthOptions): WatchedHealth => {
  let hasCaughtUp = false;
  let isDraining = false;
  return {
    hasCaughtUp: () => hasCaughtUp,
    isDraining: () => isDraining,
    isLost: () => follower.standing() === 'lost',
    storeStates: () =>
      worstOf(
        { [database.kind]: follower.isLogRead() && follower.isTrusted() ? 'ok' : 'failed' },
        ...parts.map((states) => states()),
      ),
    catchUp: () => void (hasCaughtUp = true),
    drain: () => void (isDraining = true),
  };
};
