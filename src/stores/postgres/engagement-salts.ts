import { randomBytes } from 'node:crypto';
import type { Instant } from '../../clock.ts';
import type { Queryable, Row } from '../../database/database.ts';

/** What all processes hash clients with on the day of `at`: nobody else knows it, and from the day after nobody does. */
export type SaltOf = (at: Instant) => Promise<string>;

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

/** Salts of a database, made by whichever process needs one first; house-keeping removes them. */
export const createSalts = (database: Queryable): SaltOf => {
  let known: { readonly day: string; readonly salt: Promise<string> } | undefined;

  const read = async (day: string): Promise<string> => {
    const made = randomBytes(32).toString('base64url');
    await database.query(`INSERT INTO engagement_salts (day, salt) VALUES ($1::date, $2) ON CONFLICT DO NOTHING`, [
      day,
      made,
    ]);
    const [row] = await database.query<Row & { readonly salt: string }>(
      'SELECT salt FROM engagement_salts WHERE day = $1::date',
      [day],
    );
    // Removed in between, on a clock that is days behind: then it is this process's own.
    return row?.salt ?? made;
  };
  return (at) => {
    const day = dayOf(at);
    if (known?.day === day) return known.salt;
    const salt = read(day);
    known = { day, salt };
    // Asked for again by whoever comes next.
    salt.catch(() => (known = undefined));
    return salt;
  };
};
