import type { Instant } from '../../clock.ts';
import { changeIdOf } from '../../content/delta.ts';
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

/** By name, the last KILL that each partner was told of; nobody is named where it is told to whoever could see the article. */
export type Tellings = ReadonlyMap<string, number>;

export const loadTellings = async (database: Queryable, articleId: ArticleId): Promise<Tellings> => {
  const rows = await database.query<{ partner_id: string; sequence: string }>(TELLINGS_SQL, [articleId]);
  return new Map(rows.map(({ partner_id: partnerId, sequence }) => [partnerId, Number(sequence)]));
};

const TELLINGS_SQL = `
SELECT n.partner_id, max(d.sequence) AS sequence
  FROM deltas d CROSS JOIN LATERAL jsonb_object_keys(d.recalled) AS n (partner_id)
 WHERE d.article_id = $1 AND d.recalled IS NOT NULL AND NOT was_killed_in_sight($1)
 GROUP BY n.partner_id`;

/** Every endpoint that may be told of `edition`, and what it knows of `kill`. */
export const loadEndpointsTold = async (
  database: Queryable,
  articleId: ArticleId,
  edition: EditionCode,
  kill: Kill & { readonly tellings: Tellings },
): Promise<readonly EndpointTold[]> => {
  const { epoch, changeId, tellings } = kill;
  const own = [...tellings].map(([partner, sequence]) => ({ partner, change: changeIdOf(epoch, sequence, null) }));
  const rows = await database.query<EndpointRow>(ENDPOINTS_SQL, [articleId, edition, changeId, JSON.stringify(own)]);
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
  LEFT JOIN json_to_recordset($4::json) AS own (partner text, change text) ON own.partner = e.partner_id
 CROSS JOIN LATERAL (SELECT coalesce(own.change, $3) AS id) k
  LEFT JOIN LATERAL (
    SELECT state, ended_at, attempts, last_status FROM webhook_deliveries
     WHERE endpoint_id = e.id AND article_id = $1 AND (change_id = k.id OR starts_with(change_id, k.id || '_'))
     ORDER BY state = 'delivered' DESC, number DESC LIMIT 1) d ON true
 WHERE e.editions = '{}' OR $2 = ANY (e.editions)
 ORDER BY e.partner_id, e.id`;

/** Partners that came back to their deltas of `edition` from behind `kill`. */
export const loadPlacesTold = async (
  database: Queryable,
  edition: EditionCode,
  { epoch, sequence, tellings }: Kill & { readonly tellings: Tellings },
): Promise<readonly PlaceTold[]> => {
  const own = JSON.stringify([...tellings].map(([partner, place]) => ({ partner, place })));
  const rows = await database.query<{ partner_id: string; at: Date }>(PLACES_SQL, [edition, epoch, sequence, own]);
  return rows.map(({ partner_id: partnerId, at }) => ({ partnerId, at: at.getTime() }));
};

const PLACES_SQL = `
SELECT p.partner_id, min(p.asked_at) AS at
  FROM delta_places p LEFT JOIN json_to_recordset($4::json) AS own (partner text, place bigint) ON own.partner = p.partner_id
 WHERE (p.editions = '' OR $1 = ANY (string_to_array(p.editions, ','))) AND p.epoch = $2 AND p.sequence >= coalesce(own.place, $3)
 GROUP BY p.partner_id`;
