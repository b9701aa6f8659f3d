import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import type { CallerOf } from '../http/caller-of.ts';
import type { Deliveries } from '../partners/deliveries/delivery.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { UpstreamCalls } from '../telemetry/upstream-calls.ts';
import type { Guards } from './guard-upstreams.ts';
import type { IndexedStore } from './index-stores.ts';
import type { RedisPatience } from './share-answers.ts';

/** What stores are opened with. */
export interface StoreTools {
  readonly guards: Guards;
  readonly upstream: UpstreamCalls;
}

/** What a deployment chooses by configuration, and a test by hand. */
export interface Parts {
  readonly clock: Clock;
  /** What this release is called; default: as package.json names it. */
  readonly release: string;
  /**
   * Where the change log is read and relayed; default: the database. On a pool it has connections of its own: queueing
   * behind readers it would be late, nothing kept would be trusted, and every hit would become one more reader.
   */
  readonly logDatabase: Database;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Default: as little as an answer made anew may cost more by it. */
  readonly redisPatience: RedisPatience;
  /** Bound of the answers kept in memory; one too large for it is made anew each time. Default: `MEMORY_TIER_MEGABYTES`. */
  readonly answersLimitBytes: number;
  /** How long an answer out of the cache waits for its counters. Default: as the hole filler has it. */
  readonly countersWaitMs: number;
  /** Systems that hold the stories of an edition each, which the database indexes. Default: none. */
  readonly indexedStores: readonly IndexedStore[];
  /** Who holds an edition's content; default: those stores, and the database. */
  readonly storesOf: StoresOf;
  /** The same, of stores that this gateway guards and counts. */
  readonly openStores: (tools: StoreTools) => StoresOf;
  /** Who is told of what partners are given, `recorded` being told; default: that alone. */
  readonly deliveries: (recorded: Deliveries) => Deliveries;
  /** Who sends a request; default: told by its key. */
  readonly callerOf: CallerOf;
  /** Pictures served under `/media/`. */
  readonly mediaDirectory: string;
}
