import type { Instant } from '../../clock.ts';
import type { Queryable, Row } from '../../database/database.ts';

/** How telling partners stands. */
export interface WebhookFigures {
  /** Messages that wait, over all endpoints that are live. */
  readonly waiting: number;
  /** Since when the oldest of them waits, in seconds before now; 0: none does. */
  readonly lagSeconds: number;
  readonly live: number;
  /** Live, and gave no answer last. */
  readonly failing: number;
  readonly disabled: number;
}

interface FiguresRow extends Row {
  readonly waiting: string;
  readonly oldest: Date | null;
  readonly live: string;
  readonly failing: string;
  readonly disabled: string;
}

/** The figures at `now`. Since when something waits is when it was queued or first tried: what happened may be far older. */
export const loadWebhookFigures = async (database: Queryable, now: Instant): Promise<WebhookFigures> => {
  const [row] = await database.query<FiguresRow>(
    `SELECT w.waiting, w.oldest, e.live, e.failing, e.disabled FROM
       (SELECT count(*) AS waiting, min(coalesce(d.first_attempt_at, d.next_at)) AS oldest FROM webhook_deliveries d
          JOIN webhook_endpoints e ON e.id = d.endpoint_id WHERE d.state = 'waiting' AND e.disabled_at IS NULL) AS w,
       (SELECT count(*) FILTER (WHERE disabled_at IS NULL AND failures = 0) AS live,
               count(*) FILTER (WHERE disabled_at IS NULL AND failures > 0) AS failing,
               count(*) FILTER (WHERE disabled_at IS NOT NULL) AS disabled FROM webhook_endpoints) AS e`,
  );
  if (row === undefined) return { waiting: 0, lagSeconds: 0, live: 0, failing: 0, disabled: 0 };
  return {
    waiting: Number(row.waiting),
    lagSeconds: row.oldest === null ? 0 : Math.max(0, now - row.oldest.getTime()) / 1000,
    live: Number(row.live),
    failing: Number(row.failing),
    disabled: Number(row.disabled),
  };
};
