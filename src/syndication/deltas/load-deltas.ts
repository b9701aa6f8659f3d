import type { Instant } from '../../clock.ts';
import type { DeltaKind } from '../../content/delta.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { Facets, Stay } from './facets.ts';

/** A change of one article, before it is known who may hear of it. */
export interface Delta {
  readonly sequence: number;
  readonly kind: DeltaKind;
  readonly articleId: ArticleId;
  readonly edition: EditionCode;
  /** Null: the change was told of an article that the gateway does not know. */
  readonly version: number | null;
  readonly occurredAt: Instant;
  /** How the article stood before; null: nobody was told of it. */
  readonly before: Stay | null;
  /** How it stood from then on. */
  readonly after: Facets | null;
  /** Until when; null: it stands so still, or nobody asked. */
  readonly afterUntil: Instant | null;
  /** Whether whoever asks is told of it by name: it was given the article, whether or not it could see that at the end. */
  readonly isRecalled: boolean;
}

/** Who is told of changes by name. */
export interface Named {
  readonly partnerId: string;
  /** In all that it asks for, whether its plan holds them or not: what it was given it has. */
  readonly editions: readonly EditionCode[];
}

export interface LogRange {
  readonly editions: readonly EditionCode[];
  /** Exclusive. */
  readonly after: number;
  /** Inclusive. */
  readonly upTo: number;
  readonly limit: number;
  /** Absent: every change. Otherwise only the last one of each article, of those up to here. */
  readonly lastUpTo?: number;
  /** Whether it matters until when an article stood as a change left it. Default: it does not. */
  readonly withEnds?: boolean;
  /** Absent: nobody. Not where only the last changes are wanted. */
  readonly named?: Named | undefined;
}

/** Changes of one snapshot, and which log they are of. */
export interface LoadedDeltas {
  readonly epoch: string;
  /** Changes up to here may be missing; null: none is. */
  readonly trimmedTo: number | null;
  readonly deltas: readonly Delta[];
}

/** A change as the table has it, beside what is said of the log. */
export interface DeltaRow extends Row {
  readonly epoch: string;
  readonly trimmed_to: string | null;
  /** Null: there are none. */
  readonly sequence: string | null;
  readonly kind: DeltaKind;
  readonly article_id: ArticleId;
  readonly edition: EditionCode;
  readonly version: number | null;
  readonly occurred_at: Date;
  readonly before: Facets | null;
  readonly before_since: Date | null;
  readonly before_until: Date | null;
  readonly after: Facets | null;
  readonly after_until: Date | null;
  readonly is_recalled?: boolean;
}

/** By the change that came next; one that is committed and not in the log yet is in the outbox. */
const ENDS_SQL = `coalesce(
    (SELECT next.before_until FROM deltas next WHERE next.article_id = r.article_id AND next.sequence > r.sequence
      ORDER BY next.sequence LIMIT 1),
    (SELECT min(o.occurred_at) FROM outbox o WHERE o.article_id = r.article_id))`;

const COLUMNS =
  'sequence, kind, article_id, deltas.edition, version, occurred_at, before, before_since, before_until, after';

/** One range of one index per edition: a page costs what it holds, whatever else happens. */
const rangesSql = (isLastOnly: boolean): string => `unnest($1::text[]) AS e (edition)
      CROSS JOIN LATERAL (
        SELECT ${COLUMNS}
          FROM deltas WHERE deltas.edition = e.edition AND sequence > $2::bigint AND sequence <= $3::bigint
          ${
            isLastOnly
              ? `AND NOT EXISTS (SELECT FROM deltas later
                 WHERE later.article_id = deltas.article_id AND later.sequence > deltas.sequence AND later.sequence <= $5::bigint)`
              : ''
          }
         ORDER BY sequence LIMIT $4) r`;

/** What a partner is told of by name as well: hardly anything, in an index of its own. Of a change that is in both, this counts. */
const NAMED_SQL = `(
        SELECT DISTINCT ON (told.sequence) told.* FROM (
          SELECT r.*, false AS is_recalled FROM ${rangesSql(false)}
          UNION ALL
          (SELECT sequence, kind, article_id, edition, coalesce(version, (recalled ->> $5::text)::integer), occurred_at,
                  before, before_since, before_until, after, true
             FROM deltas WHERE recalled IS NOT NULL AND recalled ? $5::text AND edition = ANY ($6::text[])
              AND sequence > $2::bigint AND sequence <= $3::bigint
            ORDER BY sequence LIMIT $4)) told
         ORDER BY told.sequence, told.is_recalled DESC) r`;

const deltasSql = (from: string, withEnds: boolean): string => `
SELECT h.epoch, t.trimmed_to, d.*
  FROM change_log_head h CROSS JOIN deltas_head t
  LEFT JOIN LATERAL (
    SELECT r.*, ${withEnds ? ENDS_SQL : 'NULL::timestamptz'} AS after_until FROM ${from}
     ORDER BY r.sequence LIMIT $4) d ON true
 ORDER BY d.sequence`;

const stayOf = ({ before, before_since: since, before_until: until }: DeltaRow): Stay | null =>
  before === null || since === null || until === null
    ? null
    : { facets: before, since: since.getTime(), until: until.getTime() };

/** The change in `row`. */
export const mapDelta = (row: DeltaRow): Delta => ({
  sequence: Number(row.sequence),
  kind: row.kind,
  articleId: row.article_id,
  edition: row.edition,
  version: row.version,
  occurredAt: row.occurred_at.getTime(),
  before: stayOf(row),
  after: row.after,
  afterUntil: row.after_until?.getTime() ?? null,
  isRecalled: row.is_recalled ?? false,
});

/** The changes of `range` in the order of the log, in one statement. */
export const loadDeltas = async (
  database: Queryable,
  { editions, after, upTo, limit, lastUpTo, withEnds = false, named }: LogRange,
): Promise<LoadedDeltas> => {
  const isLastOnly = lastUpTo !== undefined;
  const isNamed = named !== undefined && !isLastOnly;
  const rows = await database.query<DeltaRow>(deltasSql(isNamed ? NAMED_SQL : rangesSql(isLastOnly), withEnds), [
    editions,
    after,
    upTo,
    limit,
    ...(isNamed ? [named.partnerId, named.editions] : isLastOnly ? [lastUpTo] : []),
  ]);
  const [head] = rows;
  if (head === undefined) throw new TypeError('change_log_head is empty: the migrations make its row');
  return {
    epoch: head.epoch,
    trimmedTo: head.trimmed_to === null ? null : Number(head.trimmed_to),
    deltas: rows.filter(({ sequence }) => sequence !== null).map(mapDelta),
  };
};

/** What cursors are signed with, in every process and for ever. */
export const loadCursorKey = async (database: Queryable): Promise<string> => {
  const [row] = await database.query<{ readonly cursor_key: string }>('SELECT cursor_key FROM deltas_head');
  if (row === undefined) throw new TypeError('deltas_head is empty: the migrations make its row');
  return row.cursor_key;
};
