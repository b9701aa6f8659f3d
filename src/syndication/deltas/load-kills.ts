import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { SectionId } from '../../content/ids.ts';
import type { Queryable } from '../../database/database.ts';
import { mapDelta, type Delta, type DeltaRow } from './load-deltas.ts';

export interface KillRange {
  readonly edition: EditionCode;
  /** Exclusive. */
  readonly since: Instant;
  readonly limit: number;
  /** Those alone that came before the one of this sequence; null: the latest. */
  readonly before: number | null;
  /** Those alone that stood in it, or below it, until then; null: all. */
  readonly section: SectionId | null;
}

const KILLS_SQL = `
SELECT '' AS epoch, NULL::bigint AS trimmed_to, d.*, NULL::timestamptz AS after_until
  FROM (SELECT sequence, kind, article_id, edition, version, occurred_at, before, before_since, before_until, after
          FROM deltas WHERE edition = $1 AND kind = 'KILL' AND occurred_at > to_timestamp($2::float8 / 1000)
           AND ($4::text IS NULL OR before -> 'sections' ? $4)
           AND ($5::bigint IS NULL
             OR (occurred_at, sequence) < (SELECT k.occurred_at, k.sequence FROM deltas k WHERE k.sequence = $5))
         ORDER BY occurred_at DESC, sequence DESC LIMIT $3) d
 ORDER BY d.occurred_at DESC, d.sequence DESC`;

/** The latest KILLs of an edition, newest first, before it is known who may hear of them: a range of an index of their own. */
export const loadKills = async (
  database: Queryable,
  { edition, since, limit, section, before }: KillRange,
): Promise<readonly Delta[]> => {
  const rows = await database.query<DeltaRow>(KILLS_SQL, [edition, since, limit, section, before]);
  return rows.map(mapDelta);
};
