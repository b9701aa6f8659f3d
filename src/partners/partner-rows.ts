import type { Instant } from '../clock.ts';
import type { Plan } from '../content/plan.ts';
import type { Queryable, Row } from '../database/database.ts';

/** A key that may open something, with all that decides whether it does. */
export interface RegisteredKey {
  readonly prefix: string;
  readonly digest: string;
  readonly expiresAt: Instant | null;
  readonly partner: {
    readonly id: string;
    readonly name: string;
    readonly expiresAt: Instant | null;
    /** Addresses and networks; empty: anywhere. */
    readonly addresses: readonly string[];
  };
  readonly plan: Plan;
}

interface RegisterRow extends Row {
  readonly version: string;
  readonly prefix: string | null;
  readonly digest: string;
  readonly key_expires_at: Date | null;
  readonly id: string;
  readonly name: string;
  readonly expires_at: Date | null;
  readonly addresses: readonly string[];
  readonly content: Plan;
}

/** Which state of partners, plans and keys the database has. */
export const loadRegisterVersion = async (database: Queryable): Promise<string> => {
  const [row] = await database.query<{ readonly version: string }>('SELECT version FROM partner_register');
  return String(row?.version);
};

/** Every key that is neither revoked nor of a partner that was retired, in one snapshot with its version. */
export const loadRegister = async (
  database: Queryable,
): Promise<{ readonly version: string; readonly keys: readonly RegisteredKey[] }> => {
  const rows = await database.query<RegisterRow>(REGISTER_SQL);
  const keys = rows
    .filter(({ prefix }) => prefix !== null)
    .map((row): RegisteredKey => ({
      prefix: row.prefix ?? '',
      digest: row.digest,
      expiresAt: row.key_expires_at?.getTime() ?? null,
      partner: {
        id: row.id,
        name: row.name,
        expiresAt: row.expires_at?.getTime() ?? null,
        addresses: row.addresses,
      },
      plan: row.content,
    }));
  return { version: String(rows[0]?.version), keys };
};

const REGISTER_SQL = `
SELECT r.version, k.prefix, k.digest, k.key_expires_at, k.id, k.name, k.expires_at, k.addresses, k.content
FROM partner_register r
LEFT JOIN (
  SELECT k.prefix, k.digest, k.expires_at AS key_expires_at, p.id, p.name, p.expires_at, p.addresses, l.content
  FROM partner_keys k JOIN partners p ON p.id = k.partner_id JOIN plans l ON l.name = p.plan
  WHERE k.revoked_at IS NULL AND p.retired_at IS NULL
) AS k ON true`;

/** What the plan whose holders were the audience `audience` let be seen; null: no plan ever did. */
export const loadPlanContent = async (database: Queryable, audience: string): Promise<Plan | null> => {
  const [row] = await database.query<{ readonly content: Plan }>(
    'SELECT content FROM plan_contents WHERE audience = $1',
    [audience],
  );
  return row?.content ?? null;
};
