import type { Instant } from '../../clock.ts';
import type { ManifestEntry } from '../../content/manifest.ts';
import type { Database, Queryable } from '../../database/database.ts';
import type { Delivery } from './delivery-queue.ts';
import type { DisabledReason, Endpoint } from './endpoint.ts';
import type { ToldKind } from './message.ts';
import { PATIENCE_MS, restMs, retryDelayMs } from './retry.ts';
import { AWAY, type Outcome } from './send-message.ts';

/** One delivery and what came of the try. */
export interface Tried {
  readonly delivery: Delivery;
  /** As what it was told. */
  readonly toldKind: ToldKind | null;
  /** What of the article was in it; absent: nothing, or nobody accounts for it. */
  readonly given?: ManifestEntry | undefined;
  readonly outcome: Outcome;
}

/** What was decided of a delivery. */
export type Decision = 'delivered' | 'retried' | 'abandoned';

/** What follows from a round of tries, written down. */
export interface Settled {
  /** In the order of the tries. */
  readonly decisions: readonly Decision[];
  readonly disabled: DisabledReason | null;
}

const isPatienceOver = (since: Instant | null, now: Instant): boolean => since !== null && now - since >= PATIENCE_MS;

/**
 * A message alone is given up where the endpoint has taken others since; otherwise it is the endpoint that fails. One that gives
 * no answer to anything refuses no message, whatever it took before that.
 */
const decide = ({ delivery, outcome }: Tried, endpoint: Endpoint, now: Instant): Decision | 'failing' => {
  if (outcome.is === 'delivered') return 'delivered';
  const { succeededAt, failures } = endpoint;
  if (!isPatienceOver(delivery.firstAttemptAt, now)) return 'retried';
  if ((succeededAt ?? 0) <= (delivery.firstAttemptAt ?? 0)) return 'failing';
  if (outcome.is !== 'unanswered' || failures === 0) return 'abandoned';
  return isPatienceOver(succeededAt, now) ? 'failing' : 'retried';
};

const writeDelivery = async (
  transaction: Queryable,
  endpoint: Endpoint,
  { tried, decision, nextAt, now }: { tried: Tried; decision: Decision; nextAt: Instant; now: Instant },
): Promise<void> => {
  const { delivery, outcome, toldKind } = tried;
  const why =
    outcome.is === 'unanswered' ? outcome.why : outcome.is === 'delivered' ? null : `status ${outcome.status}`;
  await transaction.query(
    `UPDATE webhook_deliveries
        SET state = $3, attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, $4), next_at = $5,
            last_status = $6, last_failure = $7, told_kind = $8, ended_at = CASE WHEN $3 <> 'waiting' THEN $4::timestamptz END
      WHERE endpoint_id = $1 AND number = $2 AND state = 'waiting'`,
    [
      endpoint.id,
      delivery.number,
      decision === 'retried' ? 'waiting' : decision,
      new Date(now),
      new Date(nextAt),
      outcome.status,
      why,
      toldKind,
    ],
  );
};

/** What was put off while the endpoint gave no answer goes out now that it does. */
const wakeUp = async (transaction: Queryable, endpoint: Endpoint, now: Instant): Promise<void> => {
  await transaction.query(
    `UPDATE webhook_endpoints SET failures = 0, rests_until = NULL, succeeded_at = $2 WHERE id = $1`,
    [endpoint.id, new Date(now)],
  );
  if (endpoint.failures > 0)
    await transaction.query(
      `UPDATE webhook_deliveries SET next_at = $2 WHERE endpoint_id = $1 AND state = 'waiting' AND next_at > $2`,
      [endpoint.id, new Date(now)],
    );
};

/** It answers, if only that it does not take a message: what it refused itself waits on, what got no answer is due. */
const noteAnswer = async (transaction: Queryable, endpoint: Endpoint, now: Instant): Promise<void> => {
  if (endpoint.failures === 0) return;
  await transaction.query('UPDATE webhook_endpoints SET failures = 0 WHERE id = $1', [endpoint.id]);
  await transaction.query(
    `UPDATE webhook_deliveries SET next_at = $2 WHERE endpoint_id = $1 AND state = 'waiting' AND next_at > $2
        AND (last_status IS NULL OR last_status = ANY ($3::int[]))`,
    [endpoint.id, new Date(now), [...AWAY]],
  );
};

/** Disables an endpoint; what waits for it stays. */
export const disableEndpoint = async (
  database: Queryable,
  id: string,
  reason: DisabledReason,
  now: Instant,
): Promise<boolean> => {
  const rows = await database.query(
    `UPDATE webhook_endpoints SET disabled_at = $2, disabled_reason = $3 WHERE id = $1 AND disabled_at IS NULL RETURNING id`,
    [id, new Date(now), reason],
  );
  return rows.length > 0;
};

/** Writes down what came of `tries`, all of one endpoint: what is done, when the others are tried again, and what is to become of it. */
export const settleTries = async (
  database: Database,
  endpoint: Endpoint,
  { tries, now, random }: { tries: readonly Tried[]; now: Instant; random: () => number },
): Promise<Settled> => {
  const outcomes = tries.map(({ outcome }) => outcome);
  const verdicts = tries.map((tried) => decide(tried, endpoint, now));
  const isAnswered = outcomes.some(({ is }) => is !== 'unanswered');
  const asked = outcomes.flatMap((outcome) => ('waitMs' in outcome && outcome.waitMs !== null ? [outcome.waitMs] : []));
  const restingMs = Math.max(
    ...asked,
    outcomes.some(({ is }) => is === 'unanswered') ? restMs(endpoint.failures + 1, random) : 0,
  );
  const disabled: DisabledReason | null = outcomes.some(({ is }) => is === 'gone')
    ? 'gone'
    : verdicts.includes('failing')
      ? 'failing'
      : null;
  const decisions = verdicts.map((verdict): Decision => (verdict === 'failing' ? 'retried' : verdict));
  await database.transaction(async (transaction) => {
    for (const [index, tried] of tries.entries()) {
      const { outcome, delivery } = tried;
      const waitMs = 'waitMs' in outcome ? outcome.waitMs : null;
      const nextAt = now + (waitMs ?? retryDelayMs(delivery.attempts + 1, random));
      const decision = decisions[index] as Decision;
      await writeDelivery(transaction, endpoint, { tried, decision, nextAt, now });
    }
    if (verdicts.includes('delivered')) await wakeUp(transaction, endpoint, now);
    else if (isAnswered) await noteAnswer(transaction, endpoint, now);
    else await transaction.query('UPDATE webhook_endpoints SET failures = failures + 1 WHERE id = $1', [endpoint.id]);
    if (restingMs > 0)
      await transaction.query('UPDATE webhook_endpoints SET rests_until = $2 WHERE id = $1', [
        endpoint.id,
        new Date(now + restingMs),
      ]);
    if (disabled !== null) await disableEndpoint(transaction, endpoint.id, disabled, now);
  });
  return { decisions, disabled };
};
