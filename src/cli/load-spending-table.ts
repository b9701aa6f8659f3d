import type { Instant } from '../clock.ts';
import type { Queryable } from '../database/database.ts';
import { readPartnerSpending } from '../stores/postgres/partner-spending.ts';

export interface SpendingTableRequest {
  /** Undefined: all partners. */
  readonly id: string | undefined;
  /** How far back. */
  readonly days: number;
  readonly now: Instant;
}

const DAY_MS = 24 * 60 * 60_000;

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

/** What partners spent, newest first, under a first row of names; a partner without a budget spends nothing. */
export const loadSpendingTable = async (
  database: Queryable,
  { id, days, now }: SpendingTableRequest,
): Promise<readonly (readonly string[])[]> => {
  const spending = await readPartnerSpending(database, {
    partnerId: id,
    from: dayOf(now - days * DAY_MS),
    to: dayOf(now),
  });
  const rows = spending.map((row) => [row.day, row.partnerId, String(row.spent), String(row.refused)]);
  return [
    ['day', 'partner', 'cost spent', 'refused'],
    ...rows.toSorted((a, b) => (String(a[0]) < String(b[0]) ? 1 : -1)),
  ];
};
