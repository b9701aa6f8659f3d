import type { Clock } from '../../clock.ts';
import type { Database, Queryable } from '../../database/database.ts';
import { sqlStateOf } from '../../database/store-failure.ts';
import type { PreparedDocument } from '../prepare-document.ts';
import { writeBatch, type DocumentResult } from './write-batch.ts';

/** Writes documents; one result per document, in their order. */
export type BatchWriter = (documents: readonly PreparedDocument[]) => Promise<readonly DocumentResult[]>;

/** SQLSTATE classes that say the data is at fault: 22 data exception, 23 integrity, 54 a limit exceeded (an index row). */
const DATA_FAILURE = /^(?:22|23|54)/;
/** 40: a deadlock or a serialisation failure; the same work may succeed at once. */
const CONFLICT = /^40/;
const MAX_ATTEMPTS = 3;

const persistently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !CONFLICT.test(sqlStateOf(error) ?? '')) throw error;
    }
  }
};

/** Writes pieces of any kind; one result per piece, in their order. */
type PieceWriter<Piece, Result> = (pieces: readonly Piece[]) => Promise<readonly Result[]>;

/** Writes all at once and, when the database refuses what is in them, halves until the one at fault stands alone. */
const dividing =
  <Piece, Result>(
    write: PieceWriter<Piece, Result>,
    refuse: (reason: string, piece: Piece) => Result,
  ): PieceWriter<Piece, Result> =>
  async (pieces) => {
    const [first] = pieces;
    if (first === undefined) return [];
    try {
      return await persistently(() => write(pieces));
    } catch (error) {
      const state = sqlStateOf(error);
      if (state === undefined || !DATA_FAILURE.test(state)) throw error;
      if (pieces.length === 1) return [refuse(`the database refuses it (SQLSTATE ${state})`, first)];
      const middle = Math.ceil(pieces.length / 2);
      const half = await dividing(write, refuse)(pieces.slice(0, middle));
      return [...half, ...(await dividing(write, refuse)(pieces.slice(middle)))];
    }
  };

const badDocument = (reason: string): DocumentResult => ({ outcome: 'bad', reason });

/** A batch with a large archive behind it takes longer than a reader's query may. */
export const BATCH_STATEMENT_TIMEOUT_MS = 60_000;

/**
 * A writer that commits what it is given by itself and, when the database refuses what is in it, halves until the one at
 * fault stands alone.
 */
export const writeInTransactions = <Piece, Result>(
  database: Database,
  write: (transaction: Queryable, pieces: readonly Piece[]) => Promise<readonly Result[]>,
  refuse: (reason: string, piece: Piece) => Result,
): PieceWriter<Piece, Result> =>
  dividing(
    (pieces) =>
      database.transaction((transaction) => write(transaction, pieces), {
        statementTimeoutMs: BATCH_STATEMENT_TIMEOUT_MS,
      }),
    refuse,
  );

/** A writer that commits every batch by itself. */
export const createBatchWriter = (database: Database, clock: Clock): BatchWriter =>
  writeInTransactions(
    database,
    (transaction, documents) => writeBatch(transaction, documents, clock.now()),
    badDocument,
  );

/** Thrown to roll back on purpose. */
const ROLLED_BACK = Symbol('rolled back');

/** Runs `work` with a writer whose batches are all kept or all dropped: dropped, when `work` resolves to `keep: false`. */
export const withAtomicWriter = async <T extends { readonly keep: boolean }>(
  database: Database,
  clock: Clock,
  work: (write: BatchWriter) => Promise<T>,
): Promise<T> => {
  let result: T | undefined;
  const inSavepoint = async (
    transaction: Queryable,
    documents: readonly PreparedDocument[],
  ): Promise<readonly DocumentResult[]> => {
    await transaction.query('SAVEPOINT batch');
    try {
      const results = await writeBatch(transaction, documents, clock.now());
      await transaction.query('RELEASE SAVEPOINT batch');
      return results;
    } catch (error) {
      // What the batches before it wrote stays, so that every bad line is found and not only the first.
      await transaction.query('ROLLBACK TO SAVEPOINT batch');
      throw error;
    }
  };
  try {
    await database.transaction(
      async (transaction) => {
        result = await work(dividing((documents) => inSavepoint(transaction, documents), badDocument));
        if (!result.keep) throw ROLLED_BACK;
      },
      { statementTimeoutMs: BATCH_STATEMENT_TIMEOUT_MS },
    );
  } catch (error) {
    if (error !== ROLLED_BACK) throw error;
  }
  return result as T;
};
