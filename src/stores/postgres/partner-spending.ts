import type { Queryable, Row } from '../../database/database.ts';

/** What one partner did on one day. */
export interface PartnerSpending {
  readonly partnerId: string;
  /** In UTC: `2026-11-29`. */
  readonly day: string;
  /** That were answered. */
  readonly requests: number;
  /** In points of cost. */
  readonly spent: number;
  /** Requests for which nothing was left. */
  readonly refused: number;
}

/** Adds what processes have counted, in one statement and one order: two that meet wait for each other and never both. */
export const addPartnerSpending = async (database: Queryable, spending: readonly PartnerSpending[]): Promise<void> => {
  if (spending.length === 0) return;
  await database.query(
    `INSERT INTO partner_spending (partner_id, day, requests, spent, refused)
     SELECT * FROM unnest($1::text[], $2::date[], $3::bigint[], $4::float8[], $5::bigint[])
       AS u (partner_id, day, requests, spent, refused)
     ORDER BY partner_id, day
     ON CONFLICT (partner_id, day) DO UPDATE SET
       requests = partner_spending.requests + excluded.requests,
       spent = partner_spending.spent + excluded.spent,
       refused = partner_spending.refused + excluded.refused`,
    [
      spending.map(({ partnerId }) => partnerId),
      spending.map(({ day }) => day),
      spending.map(({ requests }) => requests),
      spending.map(({ spent }) => spent),
      spending.map(({ refused }) => refused),
    ],
  );
};

export interface SpendingSpan {
  /** Absent: of all partners. */
  readonly partnerId?: string | undefined;
  /** First and last day, in UTC. */
  readonly from: string;
  readonly to: string;
}

/** What was spent in `span`, by partner and day; what processes have counted in the last seconds is not in it yet. */
export const readPartnerSpending = async (
  database: Queryable,
  { partnerId, from, to }: SpendingSpan,
): Promise<readonly PartnerSpending[]> => {
  const rows = await database.query<
    Row & { partner_id: string; day: string; requests: string; spent: number; refused: string }
  >(
    `SELECT partner_id, to_char(day, 'YYYY-MM-DD') AS day, requests, spent, refused FROM partner_spending
     WHERE ($1::text IS NULL OR partner_id = $1) AND day BETWEEN $2::date AND $3::date
     ORDER BY partner_id, day`,
    [partnerId ?? null, from, to],
  );
  return rows.map((row) => ({
    partnerId: row.partner_id,
    day: row.day,
    requests: Number(row.requests),
    // Tenths, added up as binary fractions.
    spent: Math.round(row.spent * 10) / 10,
    refused: Number(row.refused),
  }));
};
