import { batchesOf } from '../content/batches-of.ts';
import type { EditionCode } from '../content/edition.ts';
import type { Queryable, Row } from '../database/database.ts';
import type { Change } from './change.ts';
import { STATEMENT_LIMIT } from './statement-limit.ts';

const BATCH_SIZE = 5_000;

interface FacetsRow extends Row {
  readonly sequence: string;
  readonly facets: unknown;
}

/** What decides who may see the articles of `changes`, as a store's own log holds it, by sequence. */
export const loadFacets = async (
  from: Queryable,
  changes: readonly Change[],
): Promise<ReadonlyMap<number, unknown>> => {
  const rows = await from.query<FacetsRow>(
    'SELECT sequence, facets FROM change_log WHERE sequence = ANY ($1::bigint[]) AND facets IS NOT NULL',
    [changes.map(({ sequence }) => sequence)],
  );
  return new Map(rows.map(({ sequence, facets }) => [Number(sequence), facets]));
};

const STANDING_SQL = `
SELECT d.sequence, row_to_json(d) AS delta FROM deltas d
 WHERE d.edition = ANY ($1) AND d.sequence < $2::bigint
   AND (d.kind = 'KILL' OR NOT EXISTS (SELECT FROM deltas later WHERE later.article_id = d.article_id AND later.sequence > d.sequence))
 ORDER BY d.sequence DESC LIMIT ${BATCH_SIZE}`;

// Before everything of the gateway's own log, in the order of the store's.
const INSERT_SQL = `
INSERT INTO deltas (sequence, kind, article_id, edition, version, occurred_at, before, before_since, before_until, after)
SELECT least((SELECT min(sequence) FROM deltas), 0) - row_number() OVER (ORDER BY r.sequence DESC), r.kind, r.article_id,
       r.edition, r.version, r.occurred_at, r.before, r.before_since, r.before_until, r.after
  FROM json_to_recordset($1::json) AS r (sequence bigint, kind text, article_id text, edition text, version integer,
    occurred_at timestamptz, before jsonb, before_since timestamptz, before_until timestamptz, after jsonb)`;

interface StandingRow extends Row {
  readonly sequence: string;
  readonly delta: object;
}

/**
 * Makes what a store's own deltas say of how its articles stand, and which are gone, all that ours say of its `editions`, but for
 * what was told by name: whoever lifts an order writes there, with the log in hand, and must not wait for a store that is slow.
 * Only under a new epoch: no cursor of before is good any more.
 */
export const replaceCopiedDeltas = async (
  transaction: Queryable,
  from: Queryable,
  editions: readonly EditionCode[],
): Promise<void> => {
  await transaction.query('DELETE FROM deltas WHERE edition = ANY ($1) AND recalled IS NULL', [editions]);
  for (let before = '9223372036854775807'; ;) {
    const rows = await from.query<StandingRow>(STANDING_SQL, [editions, before]);
    if (rows.length > 0) await transaction.query(INSERT_SQL, [JSON.stringify(rows.map(({ delta }) => delta))]);
    if (rows.length < BATCH_SIZE) return;
    before = rows.at(-1)?.sequence ?? before;
  }
};

// As they were ordered first, but in this log. The order stands in them: what its store says of an article, hidden or not, is no matter.
const REPEAT_SQL = `
WITH told AS (
  INSERT INTO change_log (sequence, kind, article_id, edition, tags, occurred_at, tombstone)
  SELECT h.sequence + row_number() OVER (ORDER BY t.laid_at, t.article_id), 'KILL', t.article_id, t.edition, '{}',
         coalesce(k.occurred_at, t.laid_at), jsonb_build_object('order', 'lay', 'articleId', t.article_id,
           'edition', t.edition, 'slugs', t.slugs, 'paths', t.paths)
    FROM change_log_head h CROSS JOIN tombstones t
   CROSS JOIN LATERAL (
      SELECT max(c.occurred_at) AS occurred_at FROM change_log c WHERE c.article_id = t.article_id AND c.kind = 'KILL') k
   WHERE t.article_id = ANY ($1)
  RETURNING sequence
)
UPDATE change_log_head SET sequence = (SELECT max(sequence) FROM told)`;

/**
 * Tells once more, in place of what was told by name, what lies by order given here: the copy knows nothing of it, and whoever was
 * given it may have been away. In the transaction of `replaceCopiedDeltas`, which holds the log by then.
 */
export const repeatOwnKills = async (transaction: Queryable, editions: readonly EditionCode[]): Promise<void> => {
  await transaction.query('DELETE FROM deltas WHERE edition = ANY ($1) AND recalled IS NOT NULL', [editions]);
  const lying = await transaction.query<{ article_id: string }>(
    'SELECT article_id FROM tombstones WHERE NOT is_copied AND edition = ANY ($1) ORDER BY laid_at, article_id',
    [editions],
  );
  const ids = lying.map(({ article_id: id }) => id);
  for (const some of batchesOf(ids, STATEMENT_LIMIT)) await transaction.query(REPEAT_SQL, [some]);
};
