import type { DeclaredPartner } from '../config/partner-schema.ts';
import { audienceOf, type Plan } from '../content/plan.ts';
import type { Database, Queryable } from '../database/database.ts';

/** What a configuration file says of partners. */
export interface Declarations {
  readonly plans: Readonly<Record<string, Plan>>;
  readonly partners: readonly DeclaredPartner[];
}

/** Whoever writes plans or partners takes this lock: processes that start together say the same one after the other. */
const PARTNERS_LOCK = [7_210_001, 14] as const;

/** Writes a plan, and its content beside all it ever had. Nothing is written where nothing differs. */
const writePlan = async (transaction: Queryable, name: string, plan: Plan): Promise<void> => {
  const [audience, content] = [audienceOf(plan), JSON.stringify(plan)];
  await transaction.query(
    'INSERT INTO plan_contents (audience, content) VALUES ($1, $2::jsonb) ON CONFLICT DO NOTHING',
    [audience, content],
  );
  await transaction.query(
    `INSERT INTO plans (name, audience, content) VALUES ($1, $2, $3::jsonb)
     ON CONFLICT (name) DO UPDATE SET audience = excluded.audience, content = excluded.content, changed_at = now()
      WHERE plans.content <> excluded.content`,
    [name, audience, content],
  );
};

const writePartner = async (transaction: Queryable, partner: DeclaredPartner): Promise<void> => {
  const { id, name, plan, expiresAt, addresses } = partner;
  await transaction.query(
    `INSERT INTO partners (id, name, plan, expires_at, addresses, is_declared) VALUES ($1, $2, $3, $4, $5::text[], true)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, plan = excluded.plan, expires_at = excluded.expires_at,
       addresses = excluded.addresses, is_declared = true, retired_at = NULL
      WHERE (partners.name, partners.plan, partners.expires_at, partners.addresses, partners.is_declared, partners.retired_at)
        IS DISTINCT FROM (excluded.name, excluded.plan, excluded.expires_at, excluded.addresses, true, NULL::timestamptz)`,
    [id, name, plan, expiresAt === null ? null : new Date(expiresAt), addresses],
  );
};

/** The names among `names` that `table` does not have. */
const missing = async (
  transaction: Queryable,
  { table, column }: { readonly table: 'plans' | 'partners'; readonly column: 'name' | 'id' },
  names: readonly string[],
): Promise<ReadonlySet<string>> => {
  const rows = await transaction.query<{ readonly name: string }>(
    `SELECT n.name FROM unnest($1::text[]) AS n (name) WHERE NOT EXISTS (SELECT FROM ${table} t WHERE t.${column} = n.name)`,
    [names],
  );
  return new Set(rows.map(({ name }) => name));
};

/** Whether the file says nothing of partners: then the database alone does. */
const isSilent = ({ plans, partners }: Declarations): boolean =>
  Object.keys(plans).length === 0 && partners.length === 0;

const LOCK_SQL = 'SELECT pg_advisory_xact_lock($1::int, $2::int)';

/** Makes plans and partners what the file of a server says. Those it named once, and does not any longer, lose what they had. */
export const declarePartners = (database: Database, { plans, partners }: Declarations): Promise<void> =>
  database.transaction(async (transaction) => {
    await transaction.query(LOCK_SQL, PARTNERS_LOCK);
    for (const [name, plan] of Object.entries(plans)) await writePlan(transaction, name, plan);
    for (const partner of partners) await writePartner(transaction, partner);
    const ids = partners.map(({ id }) => id);
    await transaction.query(
      'UPDATE partners SET retired_at = now() WHERE is_declared AND retired_at IS NULL AND id <> ALL ($1::text[])',
      [ids],
    );
  });

/**
 * Adds what nobody has named yet, and alters nothing: for commands, whose file may be another than that of the servers, or be
 * one that is being written.
 */
export const addDeclared = async (database: Database, { plans, partners }: Declarations): Promise<void> => {
  if (isSilent({ plans, partners })) return;
  await database.transaction(async (transaction) => {
    await transaction.query(LOCK_SQL, PARTNERS_LOCK);
    const newPlans = await missing(transaction, { table: 'plans', column: 'name' }, Object.keys(plans));
    for (const [name, plan] of Object.entries(plans)) if (newPlans.has(name)) await writePlan(transaction, name, plan);
    const ids = partners.map(({ id }) => id);
    const newIds = await missing(transaction, { table: 'partners', column: 'id' }, ids);
    for (const partner of partners) if (newIds.has(partner.id)) await writePartner(transaction, partner);
  });
};
