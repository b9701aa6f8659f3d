import type { Queryable } from '../database/database.ts';
import { countStatements } from '../stores/guarded/count-calls.ts';
import type { GuardSettings } from '../stores/guarded/guard-settings.ts';
import { guardStores } from '../stores/guarded/guard-stores.ts';
import { createPostgresStores } from '../stores/postgres/postgres-stores.ts';
import { holdRankings } from '../stores/held-rankings.ts';
import type { Stores } from '../stores/stores.ts';
import type { UpstreamCalls } from '../telemetry/upstream-calls.ts';
import type { Guards } from './guard-upstreams.ts';

export interface DatabaseStoresOptions {
  /** As configured; in errors, metrics, /readyz and `extensions.upstream`. */
  readonly name: string;
  readonly database: Queryable;
  /** `guardOfDatabase` of its pool. */
  readonly settings: GuardSettings;
  readonly guards: Guards;
  readonly upstream: UpstreamCalls;
  /** Whether what changes there is in the change log of the gateway, as far as is known now; absent: nobody knows. */
  readonly isTold?: () => boolean;
}

/** Everything a query can read from one database of our own tables, guarded and counted by statement; rankings are kept. */
export const guardDatabaseStores = ({
  name,
  database,
  settings,
  guards,
  upstream,
  isTold,
}: DatabaseStoresOptions): Stores => {
  // Past the guard, and past the count: it is nobody's read.
  const guard = guards.guardOf({ name, settings, probe: () => database.query('SELECT 1') });
  const read = guardStores(createPostgresStores(countStatements(database, () => upstream.begin(name))), guard);
  const stores = { ...read, engagement: holdRankings(read.engagement) };
  return isTold === undefined ? stores : { ...stores, told: { articles: isTold, taxonomy: isTold } };
};
