import type { Queryable } from '../../database/database.ts';
import { lockEditions } from '../write/lock-editions.ts';
import type { Looked } from './judge-look.ts';
import { writeLooked, type LookResult, type WriteLookedOptions } from './write-looked.ts';

const countAtOdds = (results: readonly LookResult[]): number =>
  results.filter(({ wants }) => wants !== undefined).length;

/**
 * As `writeLooked`, for stories that stand in each other's way: each gives up its address first. When that helps none of them, it is
 * undone, and they are written as any other: who cannot stand where it wants to stands where it stood.
 */
export const writeSettling = async (
  transaction: Queryable,
  all: readonly Looked[],
  options: WriteLookedOptions,
): Promise<readonly LookResult[]> => {
  const settle = () => writeLooked(transaction, all, { ...options, releases: true });
  // Before the savepoint: what is locked after it would be let go when it is undone.
  await lockEditions(transaction, [options.desk.edition]);
  await transaction.query('SAVEPOINT settling');
  const settled = await settle();
  if (countAtOdds(settled) === 0) return settled;
  await transaction.query('ROLLBACK TO SAVEPOINT settling');
  const plain = await writeLooked(transaction, all, options);
  if (countAtOdds(plain) <= countAtOdds(settled)) return plain;
  await transaction.query('ROLLBACK TO SAVEPOINT settling');
  return await settle();
};
