import { StoreError } from '../errors.ts';
import type { Queryable, Row } from './database.ts';

/** One connection that nobody else uses while a transaction is open on it. */
export interface Session extends Queryable {
  /** BEGIN, COMMIT or ROLLBACK; resolves to what the server says it did: a COMMIT of a failed transaction is a ROLLBACK. */
  control(command: string): Promise<string>;
}

/** Runs `work` between BEGIN and COMMIT on `session`; its statements go one after the other, in the order they were asked for. */
export const inTransaction = async <T>(
  store: string,
  session: Session,
  work: (transaction: Queryable) => Promise<T>,
): Promise<T> => {
  await session.control('BEGIN');
  let isOver = false;
  let last: Promise<unknown> = Promise.resolve();

  const transaction: Queryable = {
    query: <R extends Row>(text: string, values?: readonly unknown[]) => {
      // The connection is somebody else's by now.
      if (isOver) return Promise.reject(new TypeError('The transaction is over: await every query inside it'));
      const answer = last.then(() => session.query<R>(text, values));
      last = answer.catch(() => undefined);
      return answer;
    },
  };

  try {
    const result = await work(transaction);
    isOver = true;
    await last;
    if ((await session.control('COMMIT')) !== 'COMMIT') {
      throw new StoreError(store, 'STORE_FAILED', {
        cause: new Error('rolled back: one of its statements had failed'),
      });
    }
    return result;
  } catch (error) {
    isOver = true;
    await last;
    // A connection that cannot roll back is given up by its owner, which ends the transaction too.
    await session.control('ROLLBACK').catch(() => undefined);
    throw error;
  }
};
