import type { Instant } from '../../clock.ts';
import type { Queryable } from '../../database/database.ts';
import { dueSql } from './delivery-queue.ts';
import { ENDPOINT_COLUMNS, mapEndpoint, type Endpoint, type EndpointRow } from './endpoint.ts';

/** Which endpoints have something to do. */
export interface ClaimRequest {
  readonly now: Instant;
  /** Those that gave no answer last, or the others: the dead never take the places of the living. */
  readonly isFailing: boolean;
  readonly limit: number;
  /** When something was last heard to have happened. */
  readonly newsAt: Instant;
  /** Those whose partner could have nothing when it was last looked: what waits for them is no reason to look again. */
  readonly closed: readonly string[];
}

/** Who sends to which endpoint: one process at a time, for as long as it says that it does. */
export interface EndpointClaims {
  /** Endpoints that nobody sends to now, longest left alone first. */
  claim(request: ClaimRequest): Promise<readonly Endpoint[]>;
  /** Goes on with it; undefined: another process does, or it is gone. */
  renew(id: string): Promise<Endpoint | undefined>;
  release(id: string): Promise<void>;
}

/** Beyond the deadline of a request: a process that died is waited for so long. By the database's clock, whoever's turn it is. */
const HOLD_SECONDS = 30;
/** Looked at without any news: one may have been lost. */
const UNSEEN_SECONDS = 30;

/** @param owner names this process while it lives. */
export const createEndpointClaims = (database: Queryable, owner: string): EndpointClaims => ({
  async claim({ now, isFailing, limit, newsAt, closed }) {
    if (limit === 0) return [];
    const rows = await database.query<EndpointRow>(
      `UPDATE webhook_endpoints
          SET owner = $1, owned_until = clock_timestamp() + make_interval(secs => ${HOLD_SECONDS}), looked_at = $2
        WHERE id IN (
          SELECT e.id FROM webhook_endpoints e
           WHERE e.disabled_at IS NULL AND (e.owned_until IS NULL OR e.owned_until < clock_timestamp())
             AND (e.rests_until IS NULL OR e.rests_until <= $2) AND (e.failures > 0) = $3
             AND (e.looked_at IS NULL OR e.looked_at <= $5
                  OR e.looked_at <= $2::timestamptz - make_interval(secs => ${UNSEEN_SECONDS})
                  OR (e.id <> ALL ($6::text[]) AND EXISTS (SELECT FROM ${dueSql('e.id', '$2')})))
           ORDER BY e.looked_at NULLS FIRST, e.id LIMIT $4 FOR UPDATE SKIP LOCKED)
       RETURNING ${ENDPOINT_COLUMNS}`,
      [owner, new Date(now), isFailing, limit, new Date(newsAt), closed],
    );
    return rows.map(mapEndpoint);
  },

  async renew(id) {
    const [row] = await database.query<EndpointRow>(
      `UPDATE webhook_endpoints SET owned_until = clock_timestamp() + make_interval(secs => ${HOLD_SECONDS})
        WHERE id = $1 AND owner = $2 AND owned_until > clock_timestamp() RETURNING ${ENDPOINT_COLUMNS}`,
      [id, owner],
    );
    return row === undefined ? undefined : mapEndpoint(row);
  },

  async release(id) {
    await database.query('UPDATE webhook_endpoints SET owner = NULL, owned_until = NULL WHERE id = $1 AND owner = $2', [
      id,
      owner,
    ]);
  },
});
