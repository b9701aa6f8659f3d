import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { Kill } from './load-kill.ts';

/**
 * What an endpoint knows of a KILL. `acknowledged`: it has taken it; `waiting`: it is to be told, or told again; `abandoned`:
 * it refused for days; `disabled`: it is told nothing; `unheard`: nobody has looked yet, or it has nothing to hear of it.
 */
export type EndpointState = 'acknowledged' | 'waiting' | 'abandoned' | 'disabled' | 'unheard';

export interface EndpointTold {
  readonly endpoint: string;
  readonly partnerId: string;
  readonly state: EndpointState;
  /** When it took it; null: it did not. */
  readonly at: Instant | null;
  readonly attempts: number;
  /** What came of the last try; null: none was made, or there was no answer. */
  readonly lastStatus: number | null;
}

/** Where a partner came back to its deltas from last, behind a KILL: it was told of it. */
export interface PlaceTold {
  readonly partnerId: string;
  readonly at: Instant;
}

interface EndpointRow extends Row {
  readonly id: string;
  readonly partner_id: string;
  readonly is_disabled: boolean;
  readonly state: 'waiting' | 'delivered' | 'abandoned' | null;
  readonly ended_at: Date | null;
  readonly attempts: number | null;
  readonly last_status: number | null;
}

const stateOf = ({ state, is_disabled: isDisabled }: EndpointRow): EndpointState => {
  if (state === 'delivered') return 'acknowledged';
  if (isDisabled) return 'disabled';
  return state ?? 'unheard';
};

/** Every endpoint that may be told of `edition`, and what it knows of `kill`. */
export const loadEndpointsTold = async (
  database: Queryable,
  articleId: ArticleId,
  edition: EditionCode,
  kill: Kill,
): Promise<readonly EndpointTold[]> => {
  const rows = await database.query<EndpointRow>(ENDPOINTS_SQL, [articleId, edition, kill.changeId]);
  return rows.map((row) => ({
    endpoint: row.id,
    partnerId: row.partner_id,
    state: stateOf(row),
    at: row.state === 'delivered' ? (row.ended_at?.getTime() ?? null) : null,
    attempts: row.attempts ?? 0,
    lastStatus: row.last_status,
  }));
};

/** A KILL of what a changed plan took away bears the audience behind its id. */
const ENDPOINTS_SQL = `
SELECT e.id, e.partner_id, e.disabled_at IS NOT NULL AS is_disabled, d.state, d.ended_at, d.attempts, d.last_status
  FROM webhook_endpoints e
  LEFT JOIN LATERAL (
    SELECT state, ended_at, attempts, last_status FROM webhook_deliveries
     WHERE endpoint_id = e.id AND article_id = $1 AND (change_id = $3 OR starts_with(change_id, $3 || '_'))
     ORDER BY state = 'delivered' DESC, number DESC LIMIT 1) d ON true
 WHERE e.editions = '{}' OR $2 = ANY (e.editions)
 ORDER BY e.partner_id, e.id`;

/** Partners that came back to their deltas of `edition` from behind `kill`. */
export const loadPlacesTold = async (
  database: Queryable,
  edition: EditionCode,
  { epoch, sequence }: Kill,
): Promise<readonly PlaceTold[]> => {
  const rows = await database.query<{ partner_id: string; at: Date }>(PLACES_SQL, [edition, epoch, sequence]);
  return rows.map(({ partner_id: partnerId, at }) => ({ partnerId, at: at.getTime() }));
};

const PLACES_SQL = `
SELECT partner_id, min(asked_at) AS at FROM delta_places
 WHERE (editions = '' OR $1 = ANY (string_to_array(editions, ','))) AND epoch = $2 AND sequence >= $3
 GROUP BY partner_id`;
