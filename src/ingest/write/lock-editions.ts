import type { EditionCode } from '../../content/edition.ts';
import type { Queryable } from '../../database/database.ts';

/** Any number no other code takes: the class of the locks. */
const CONTENT_LOCK = 7_210_001;
/** What a lock's number may be. */
const LIMIT = 2_147_483_647;
/** Of the letters of its code, so that releases that know other editions agree; two that share one wait for each other. */
const lockOf = (edition: EditionCode): number => Number.parseInt(edition, 36) % LIMIT;

/**
 * Lets one writer at a time into each of `editions`, until the transaction ends: an article or a tag that does not exist
 * yet cannot be locked by its row, and two who create it would each miss what the other wrote. Always in one order, so
 * that two batches never wait for each other.
 */
export const lockEditions = async (transaction: Queryable, editions: readonly EditionCode[]): Promise<void> => {
  for (const number of editions.map(lockOf).toSorted((a, b) => a - b))
    await transaction.query('SELECT pg_advisory_xact_lock($1::int, $2::int)', [CONTENT_LOCK, number]);
};
