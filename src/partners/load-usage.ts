import type { Instant } from '../clock.ts';
import type { Queryable } from '../database/database.ts';
import { requirePartner } from './partner-desk.ts';

/** What was asked on one day with one key. */
export interface UsageOfDay {
  readonly partnerId: string;
  readonly prefix: string;
  /** UTC, as `2026-11-29`. */
  readonly day: string;
  readonly requests: number;
}

/** What partners asked since `days` before `now`, newest first. */
export const loadUsage = async (
  database: Queryable,
  { id, days, now }: { readonly id?: string; readonly days: number; readonly now: Instant },
): Promise<readonly UsageOfDay[]> => {
  if (id !== undefined) await requirePartner(database, id);
  const since = new Date(now - days * 86_400_000).toISOString().slice(0, 10);
  const rows = await database.query<{
    readonly partner_id: string;
    readonly prefix: string;
    readonly day: string;
    readonly requests: string;
  }>(
    `SELECT partner_id, prefix, day::text AS day, requests FROM partner_usage
     WHERE day >= $1::date AND ($2::text IS NULL OR partner_id = $2) ORDER BY day DESC, partner_id, prefix`,
    [since, id ?? null],
  );
  return rows.map((row) => ({
    partnerId: row.partner_id,
    prefix: row.prefix,
    day: row.day,
    requests: Number(row.requests),
  }));
};
