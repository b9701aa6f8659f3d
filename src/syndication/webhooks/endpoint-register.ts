import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { Database, Queryable } from '../../database/database.ts';
import { GatewayError } from '../../errors.ts';
import { createEndpointId, ENDPOINT_COLUMNS, mapEndpoint, type Endpoint, type EndpointRow } from './endpoint.ts';
import { createSigningSecret } from './sign-message.ts';

/** What a new endpoint is to be. */
export interface NewEndpoint {
  readonly partnerId: string;
  readonly url: string;
  readonly editions: readonly EditionCode[];
  /** Whether it is told of everything that there is, and not only of what happens from now on. */
  readonly isFromStart: boolean;
}

/** An endpoint, and how many deliveries stand where. */
export interface ListedEndpoint extends Endpoint {
  readonly waiting: number;
  readonly abandoned: number;
}

/** Of what has ended, what is to be sent again: what happened from `from` until before `to`. */
export interface ReplayWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/** How long a secret goes on beside the one that takes its place. */
export const OVERLAP_MS = 24 * 60 * 60_000;

/** What is being committed while an endpoint is made may say that it happened a little before: rather told than missed. */
const BEGIN_MARGIN_MS = 10 * 60_000;

const addSecret = async (database: Queryable, id: string, now: Instant): Promise<string> => {
  const secret = createSigningSecret();
  await database.query('INSERT INTO webhook_secrets (endpoint_id, secret, created_at) VALUES ($1, $2, $3)', [
    id,
    secret,
    new Date(now),
  ]);
  return secret;
};

/** The secrets that are not over at `now`, newest first. */
export const loadSecrets = async (database: Queryable, id: string, now: Instant): Promise<readonly string[]> => {
  const rows = await database.query<{ secret: string }>(
    `SELECT secret FROM webhook_secrets WHERE endpoint_id = $1 AND (expires_at IS NULL OR expires_at > $2)
      ORDER BY created_at DESC, expires_at DESC NULLS FIRST`,
    [id, new Date(now)],
  );
  return rows.map(({ secret }) => secret);
};

/** @throws {GatewayError} NOT_FOUND for an id of none. */
export const loadEndpoint = async (database: Queryable, id: string): Promise<Endpoint> => {
  const [row] = await database.query<EndpointRow>(`SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints WHERE id = $1`, [
    id,
  ]);
  if (row === undefined) throw new GatewayError('NOT_FOUND', `No endpoint is called ${JSON.stringify(id)}`);
  return mapEndpoint(row);
};

/** Makes an endpoint; its secret is shown here and nowhere else. */
export const addEndpoint = (
  database: Database,
  { partnerId, url, editions, isFromStart }: NewEndpoint,
  now: Instant,
): Promise<{ readonly id: string; readonly secret: string }> =>
  database.transaction(async (transaction) => {
    const id = createEndpointId();
    await transaction.query(
      `INSERT INTO webhook_endpoints (id, partner_id, url, editions, created_at, begins_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, partnerId, url, editions, new Date(now), isFromStart ? null : new Date(now - BEGIN_MARGIN_MS)],
    );
    return { id, secret: await addSecret(transaction, id, now) };
  });

export const removeEndpoint = async (database: Queryable, id: string): Promise<void> => {
  await database.query('DELETE FROM webhook_endpoints WHERE id = $1', [id]);
};

/** All of them, or those of one partner, oldest first. */
export const listEndpoints = async (database: Queryable, partnerId?: string): Promise<readonly ListedEndpoint[]> => {
  const rows = await database.query<EndpointRow & { waiting: string; abandoned: string }>(
    `SELECT ${ENDPOINT_COLUMNS}, coalesce(d.waiting, 0) AS waiting, coalesce(d.abandoned, 0) AS abandoned
       FROM webhook_endpoints e LEFT JOIN (
         SELECT endpoint_id, count(*) FILTER (WHERE state = 'waiting') AS waiting,
                count(*) FILTER (WHERE state = 'abandoned') AS abandoned
           FROM webhook_deliveries WHERE state <> 'delivered' GROUP BY endpoint_id) d ON d.endpoint_id = e.id
      WHERE $1::text IS NULL OR partner_id = $1 ORDER BY created_at, id`,
    [partnerId ?? null],
  );
  return rows.map((row) => ({
    ...mapEndpoint(row),
    waiting: Number(row.waiting),
    abandoned: Number(row.abandoned),
  }));
};

/** Gives an endpoint another secret; what it had before signs beside it for `overlapMs`. */
export const rotateSecret = (
  database: Database,
  id: string,
  { now, overlapMs = OVERLAP_MS }: { readonly now: Instant; readonly overlapMs?: number },
): Promise<string> =>
  database.transaction(async (transaction) => {
    const end = new Date(now + overlapMs);
    await transaction.query('DELETE FROM webhook_secrets WHERE endpoint_id = $1 AND expires_at <= $2', [
      id,
      new Date(now),
    ]);
    await transaction.query(
      'UPDATE webhook_secrets SET expires_at = least(coalesce(expires_at, $2), $2) WHERE endpoint_id = $1',
      [id, end],
    );
    return await addSecret(transaction, id, now);
  });

/** Lets an endpoint go on where it stood; what was put off is due now. */
export const enableEndpoint = (database: Database, id: string, now: Instant): Promise<void> =>
  database.transaction(async (transaction) => {
    await transaction.query(
      `UPDATE webhook_endpoints SET disabled_at = NULL, disabled_reason = NULL, failures = 0, rests_until = NULL, looked_at = NULL
        WHERE id = $1`,
      [id],
    );
    await transaction.query(
      `UPDATE webhook_deliveries SET next_at = $2, first_attempt_at = NULL WHERE endpoint_id = $1 AND state = 'waiting'`,
      [id, new Date(now)],
    );
  });

/** Sends again what happened within `window` and has been delivered or given up, in its order, behind what waits; how much that is. */
export const replayWindow = async (
  database: Queryable,
  id: string,
  { from, to }: ReplayWindow,
  now: Instant,
): Promise<number> => {
  const added = await database.query(
    `INSERT INTO webhook_deliveries (endpoint_id, change_id, kind, article_id, url, edition, occurred_at, version, next_at)
     SELECT endpoint_id, change_id, kind, article_id, url, edition, occurred_at, version, $4 FROM (
       SELECT DISTINCT ON (change_id) * FROM webhook_deliveries
        WHERE endpoint_id = $1 AND state <> 'waiting' AND occurred_at >= $2 AND occurred_at < $3
        ORDER BY change_id, number) AS told
      ORDER BY number
     RETURNING number`,
    [id, new Date(from), new Date(to), new Date(now)],
  );
  return added.length;
};

/** Goes back, or on, to `cursor` of the deltas; null: to the oldest that is kept. */
export const replayFrom = async (database: Queryable, id: string, cursor: string | null): Promise<void> => {
  await database.query('UPDATE webhook_endpoints SET cursor = $2, begins_at = NULL, looked_at = NULL WHERE id = $1', [
    id,
    cursor,
  ]);
};
