import type { Instant } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { LEASE_MS } from './follower.ts';

/** A lease as an appender sees it. */
export interface Lease {
  readonly life: string;
  /** For people: several lives may share it. */
  readonly process: string;
  /** Sequence its process has taken in. */
  readonly applied: number;
  /** Another one after every renewal. */
  readonly renewal: string;
}

/** A process that was declared dead and may still answer from before, cut off as it is. */
export interface Lapsed {
  readonly life: string;
  readonly process: string;
  readonly until: Instant;
}

/**
 * Who may trust what it holds. A row belongs to one life of a process: a restart makes another one, the old one is
 * waited out. Change protocol, rules 5 and 8.
 */
export interface Leases {
  /** A row for a new life; `former` lives of the same process end with it. Durable when it resolves. */
  join(life: string, former: readonly string[]): Promise<void>;
  /**
   * Says what was applied and goes on holding.
   *
   * @returns the database's clock, as of the renewal; undefined: declared dead, or the log is another one by now.
   */
  renew(life: string, epoch: string, applied: number): Promise<Instant | undefined>;
  /** A former life answers no more: it has caught up under another one. */
  forgive(former: readonly string[]): Promise<void>;
  /** A clean stop. */
  leave(life: string): Promise<void>;
}

export interface LeasesOptions {
  readonly database: Database;
  readonly process: string;
  /** How long the process may answer from what it holds once it can no longer read the log. */
  readonly degradedSeconds: number;
}

/** The leases of one process, in SQL. */
export const createLeases = ({ database, process, degradedSeconds }: LeasesOptions): Leases => ({
  async join(life, former) {
    // One statement, durable: at no moment is there a process that trusts itself and has no row.
    await database.query(
      `WITH ended AS (DELETE FROM leases WHERE life = ANY ($4::uuid[])),
            past AS (DELETE FROM lapsed WHERE until < clock_timestamp())
       INSERT INTO leases (life, process, applied, renewal, degraded_seconds)
       VALUES ($1, $2, 0, gen_random_uuid(), $3)`,
      [life, process, degradedSeconds, former],
    );
  },

  async renew(life, epoch, applied) {
    // Need not outlive a crash: a renewal that is taken back is waited out like any other, since tokens never repeat.
    const [row] = await database.query<{ readonly now: Date }>(
      `WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS setting)
       UPDATE leases SET applied = $3, renewal = gen_random_uuid()
         FROM change_log_head h, quick
        WHERE life = $1 AND h.epoch = $2 AND quick.setting = 'off'
       RETURNING clock_timestamp() AS now`,
      [life, epoch, applied],
    );
    return row?.now.getTime();
  },

  async forgive(former) {
    if (former.length > 0) await database.query('DELETE FROM lapsed WHERE life = ANY ($1::uuid[])', [former]);
  },

  async leave(life) {
    await database.query('DELETE FROM leases WHERE life = $1', [life]);
  },
});

/** Added to a degraded window: its holder's clock may run a little slow. */
const LAPSE_MARGIN_SECONDS = 1;
/** A lease that ends with its log may have been renewed just before: the degraded window begins when it is over. */
const RUNNING_LEASE_SECONDS = LEASE_MS / 1000;

const lapseSql = (leaseSeconds: number): string => `INSERT INTO lapsed (life, process, until)
  SELECT life, process, clock_timestamp() + make_interval(secs => degraded_seconds + ${leaseSeconds + LAPSE_MARGIN_SECONDS})
    FROM ended WHERE degraded_seconds > 0`;

/** Who may have held a lease that a replaced log knows nothing of. */
export const UNKNOWN_PROCESS = 'unknown (before the epoch)';

/**
 * Declares every life dead: for a log that begins anew. Rows may have been lost with the old one, so for `$1` seconds
 * somebody nobody knows may still answer from before.
 */
export const LAPSE_UNKNOWN_SQL = `INSERT INTO lapsed (life, process, until)
  SELECT gen_random_uuid(), '${UNKNOWN_PROCESS}', clock_timestamp() + make_interval(secs => $1::integer + ${RUNNING_LEASE_SECONDS + LAPSE_MARGIN_SECONDS})
   WHERE $1::integer > 0`;
export const LAPSE_ALL_SQL = `WITH ended AS (DELETE FROM leases RETURNING life, process, degraded_seconds) ${lapseSql(RUNNING_LEASE_SECONDS)}`;

/** Declares `life` dead, unless it has renewed since `renewal` was seen. Durable when it resolves. */
export const declareDead = async (database: Database, { life, renewal }: Lease): Promise<void> => {
  await database.query(
    `WITH ended AS (DELETE FROM leases WHERE life = $1 AND renewal = $2 RETURNING life, process, degraded_seconds) ${lapseSql(0)}`,
    [life, renewal],
  );
};

/** Who holds a lease, who may still be in its degraded window, and which log this is, in one snapshot. */
export const loadStandings = async (
  database: Database,
): Promise<{
  readonly epoch: string;
  /** Milliseconds since the epoch was made, by the database's clock. */
  readonly epochAgeMs: number;
  readonly leases: readonly Lease[];
  readonly lapsed: readonly Lapsed[];
}> => {
  const rows = await database.query<{
    readonly epoch: string;
    readonly epoch_age: number;
    readonly life: string | null;
    readonly process: string;
    readonly applied: string;
    readonly renewal: string;
    readonly until: Date | null;
  }>(
    `SELECT h.epoch, extract(epoch FROM clock_timestamp() - h.epoch_since)::float8 * 1000 AS epoch_age, l.*
       FROM change_log_head h
       LEFT JOIN (
         SELECT life, process, applied, renewal, NULL::timestamptz AS until FROM leases
         UNION ALL
         SELECT life, process, 0, life, until FROM lapsed WHERE until > clock_timestamp()
       ) l ON true
      ORDER BY l.process, l.life`,
  );
  return {
    epoch: rows[0]?.epoch ?? '',
    epochAgeMs: rows[0]?.epoch_age ?? 0,
    leases: rows.flatMap(({ life, process, applied, renewal, until }) =>
      life === null || until !== null ? [] : [{ life, process, applied: Number(applied), renewal }],
    ),
    lapsed: rows.flatMap(({ life, process, until }) =>
      life === null || until === null ? [] : [{ life, process, until: until.getTime() }],
    ),
  };
};

/**
 * Takes an operator's word that lapsed processes of this name, or the one of this life, answer nobody any more. One
 * that still holds a lease is not forgotten: it is waited out, within seconds.
 *
 * @returns the lives that were forgotten.
 */
export const forgetProcess = async (database: Database, name: string): Promise<readonly string[]> => {
  const rows = await database.query<{ readonly life: string }>(
    'DELETE FROM lapsed WHERE process = $1 OR life::text = $1 RETURNING life',
    [name],
  );
  return rows.map(({ life }) => life);
};
