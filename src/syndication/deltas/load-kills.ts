import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Queryable } from '../../database/database.ts';
import { mapDelta, type Delta, type DeltaRow } from './load-deltas.ts';

export interface KillRange {
  readonly edition: EditionCode;
  /** Exclusive. */
  readonly since: Instant;
  readonly limit: number;
}

/** Changes of an edition that are looked through, the newest first: one range of one index, however rare a KILL is. */
const LOOKED_THROUGH = 2_000;

const KILLS_SQL = `
SELECT '' AS epoch, NULL::bigint AS trimmed_to, d.*, NULL::timestamptz AS after_until
  FROM (SELECT sequence, kind, article_id, edition, version, occurred_at, before, before_since, before_until, after
          FROM deltas WHERE edition = $1 ORDER BY sequence DESC LIMIT ${LOOKED_THROUGH}) d
 WHERE d.kind = 'KILL' AND d.occurred_at > to_timestamp($2::float8 / 1000)
 ORDER BY d.sequence DESC LIMIT $3`;

/** The latest KILLs of an edition, newest first, before it is known who may hear of them. */
export const loadKills = async (
  database: Queryable,
  { edition, since, limit }: KillRange,
): Promise<readonly Delta[]> => {
  const rows = await database.query<DeltaRow>(KILLS_SQL, [edition, since, limit]);
  return rows.map(mapDelta);
};
