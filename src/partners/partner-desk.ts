import type { Instant } from '../clock.ts';
import { nameKey, type DeclaredPartner } from '../config/partner-schema.ts';
import type { Plan } from '../content/plan.ts';
import type { Database, Queryable, Row } from '../database/database.ts';
import { GatewayError } from '../errors.ts';
import { createKey, type NewKey } from './partner-key.ts';

/** A key as it may be shown: it opens nothing. */
export interface KeyStanding {
  readonly prefix: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** A partner with everything that is known of it. */
export interface PartnerStanding extends DeclaredPartner {
  readonly isDeclared: boolean;
  readonly isRetired: boolean;
  readonly content: Plan;
  readonly keys: readonly KeyStanding[];
}

interface PartnerRow extends Row {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly expires_at: Date | null;
  readonly addresses: readonly string[];
  readonly is_declared: boolean;
  readonly is_retired: boolean;
  readonly content: Plan;
}

interface KeyRow extends Row {
  readonly partner_id: string;
  readonly prefix: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

/** All partners by name, or the one of this `id` if there is one. */
export const loadPartners = async (database: Queryable, id?: string): Promise<readonly PartnerStanding[]> => {
  const only = id === undefined ? null : [id];
  const partners = await database.query<PartnerRow>(
    `SELECT p.id, p.name, p.plan, p.expires_at, p.addresses, p.is_declared, p.retired_at IS NOT NULL AS is_retired, l.content
     FROM partners p JOIN plans l ON l.name = p.plan WHERE $1::text[] IS NULL OR p.id = ANY ($1) ORDER BY p.id`,
    [only],
  );
  const keys = Map.groupBy(
    await database.query<KeyRow>(
      `SELECT partner_id, prefix, created_at, expires_at, revoked_at FROM partner_keys
       WHERE $1::text[] IS NULL OR partner_id = ANY ($1) ORDER BY created_at, prefix`,
      [only],
    ),
    (key) => key.partner_id,
  );
  return partners.map((row) => ({
    id: row.id,
    name: row.name,
    plan: row.plan,
    expiresAt: row.expires_at?.getTime() ?? null,
    addresses: row.addresses,
    isDeclared: row.is_declared,
    isRetired: row.is_retired,
    content: row.content,
    keys: (keys.get(row.id) ?? []).map((key) => ({
      prefix: key.prefix,
      createdAt: key.created_at.getTime(),
      expiresAt: key.expires_at?.getTime() ?? null,
      revokedAt: key.revoked_at?.getTime() ?? null,
    })),
  }));
};

/** @throws {GatewayError} NOT_FOUND. */
export const requirePartner = async (database: Queryable, id: string): Promise<void> => {
  const [row] = await database.query('SELECT FROM partners WHERE id = $1', [id]);
  if (row === undefined)
    throw new GatewayError(
      'NOT_FOUND',
      `There is no partner ${JSON.stringify(id)}: masthead partner list says who there is`,
    );
};

/** Whoever reads a list of partners tells them apart by what they are called. */
const requireOwnName = async (transaction: Queryable, { id, name }: DeclaredPartner): Promise<void> => {
  const rows = await transaction.query<{ readonly id: string; readonly name: string }>(
    'SELECT id, name FROM partners WHERE id <> $1',
    [id],
  );
  const namesake = rows.find((row) => nameKey(row.name) === nameKey(name));
  if (namesake !== undefined)
    throw new GatewayError(
      'BAD_USER_INPUT',
      `The partner ${JSON.stringify(namesake.id)} is called ${JSON.stringify(namesake.name)} already: give another --name`,
    );
};

/** A key for a partner that has ended would open nothing, and nobody would know why. */
const requireOpen = async (transaction: Queryable, id: string, now: Instant): Promise<void> => {
  const [partner] = await loadPartners(transaction, id);
  if (partner?.isRetired === true)
    throw new GatewayError(
      'FORBIDDEN',
      `The partner ${JSON.stringify(id)} is no longer in the configuration file: a key of it would open nothing. Put it back there first`,
    );
  if (partner !== undefined && partner.expiresAt !== null && partner.expiresAt <= now)
    throw new GatewayError(
      'FORBIDDEN',
      `The partner ${JSON.stringify(id)} has expired (${new Date(partner.expiresAt).toISOString()}): a key of it would open nothing`,
    );
};

const saveKey = async (transaction: Queryable, id: string): Promise<NewKey> => {
  const key = createKey();
  await transaction.query('INSERT INTO partner_keys (prefix, partner_id, digest) VALUES ($1, $2, $3)', [
    key.prefix,
    id,
    key.digest,
  ]);
  return key;
};

/**
 * Adds a partner with a first key.
 *
 * @throws {GatewayError} BAD_USER_INPUT when there is one of this id or called so, or no such plan.
 */
export const addPartner = (database: Database, partner: DeclaredPartner): Promise<NewKey> =>
  database.transaction(async (transaction) => {
    const { id, name, plan, expiresAt, addresses } = partner;
    const plans = await transaction.query<{ readonly name: string }>('SELECT name FROM plans ORDER BY name');
    if (!plans.some((known) => known.name === plan)) {
      const known =
        plans.length === 0
          ? 'none: write one under "plans" in the configuration file'
          : plans.map((row) => row.name).join(', ');
      throw new GatewayError('BAD_USER_INPUT', `There is no plan ${JSON.stringify(plan)}; there is ${known}`);
    }
    await requireOwnName(transaction, partner);
    const [added] = await transaction.query(
      `INSERT INTO partners (id, name, plan, expires_at, addresses) VALUES ($1, $2, $3, $4, $5::text[])
       ON CONFLICT DO NOTHING RETURNING id`,
      [id, name, plan, expiresAt === null ? null : new Date(expiresAt), addresses],
    );
    if (added === undefined)
      throw new GatewayError('BAD_USER_INPUT', `There is a partner ${JSON.stringify(id)} already`);
    return await saveKey(transaction, id);
  });

/**
 * A new key for a partner; its former ones go on for `keepMs`, and no longer than they would have.
 *
 * @throws {GatewayError} NOT_FOUND when there is none, FORBIDDEN when it has ended.
 */
export const rotateKey = (
  database: Database,
  id: string,
  { keepMs, now }: { readonly keepMs: number; readonly now: Instant },
): Promise<NewKey> =>
  database.transaction(async (transaction) => {
    await requirePartner(transaction, id);
    await requireOpen(transaction, id, now);
    await transaction.query(
      `UPDATE partner_keys SET expires_at = least(expires_at, now() + make_interval(secs => $2::float8))
       WHERE partner_id = $1 AND revoked_at IS NULL`,
      [id, keepMs / 1000],
    );
    return await saveKey(transaction, id);
  });

/** Ends the key of this prefix, or all of the partner's; gives the prefixes of those that ended by it. */
export const revokeKeys = (database: Database, id: string, prefix?: string): Promise<readonly string[]> =>
  database.transaction(async (transaction) => {
    await requirePartner(transaction, id);
    const rows = await transaction.query<{ readonly prefix: string }>(
      `UPDATE partner_keys SET revoked_at = now()
       WHERE partner_id = $1 AND revoked_at IS NULL AND ($2::text IS NULL OR prefix = $2) RETURNING prefix`,
      [id, prefix ?? null],
    );
    return rows.map((row) => row.prefix).toSorted();
  });
