import type { Instant } from '../clock.ts';
import type { Caller } from '../content/caller.ts';
import { audienceOf, type Plan } from '../content/plan.ts';
import type { Queryable, Row } from '../database/database.ts';

interface PartnerRow extends Row {
  readonly id: string;
  readonly name: string;
  readonly content: Plan;
}

/** Retired, expired or without a key that opens anything, it is told nothing. */
const CALLER_SQL = `
SELECT p.id, p.name, l.content FROM partners p JOIN plans l ON l.name = p.plan
 WHERE p.id = $1 AND p.retired_at IS NULL AND (p.expires_at IS NULL OR p.expires_at > $2)
   AND EXISTS (SELECT FROM partner_keys k
                WHERE k.partner_id = p.id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2))`;

/** The caller that the partner `id` would be with one of its keys, from anywhere; null: none of them opens anything at `now`. */
export const loadPartnerCaller = async (database: Queryable, id: string, now: Instant): Promise<Caller | null> => {
  const [row] = await database.query<PartnerRow>(CALLER_SQL, [id, new Date(now)]);
  if (row === undefined) return null;
  const { name, content: plan } = row;
  return { audience: audienceOf(plan), partner: { id, name }, plan };
};
