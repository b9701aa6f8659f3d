import { StoreError } from '../errors.ts';

/** Cancelled by `statement_timeout`, gave up on a lock, or the network did: slow rather than wrong. */
const TIMEOUT_CODES: ReadonlySet<string> = new Set(['57014', '55P03', 'ETIMEDOUT']);

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** A driver's error as the rest of the gateway knows it; a StoreError stays what it is. */
export const toStoreError = (store: string, error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const isTimeout = TIMEOUT_CODES.has(codeOf(error) ?? '');
  return new StoreError(store, isTimeout ? 'STORE_TIMEOUT' : 'STORE_FAILED', { cause: error });
};

/** The SQLSTATE a statement failed with, e.g. `23505` for a unique violation; undefined when it never got an answer. */
export const sqlStateOf = (error: unknown): string | undefined => {
  const code = codeOf(error instanceof StoreError ? error.cause : error);
  return code !== undefined && SQLSTATE.test(code) ? code : undefined;
};

/** As Node's callbacks are called: with what went wrong, or with what came of it. */
export type Tell<T> = (error: Error | null, answer: T) => void;

/**
 * What the callback that `begin` is handed is told, or a STORE_TIMEOUT once `limitMs` have passed. The work behind it goes on:
 * whoever started it decides what its late answer means.
 */
export const toldWithin = <T>(store: string, limitMs: number, begin: (tell: Tell<T>) => unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new StoreError(store, 'STORE_TIMEOUT', { cause: new Error(`no answer within ${limitMs} ms`) })),
      limitMs,
    );
    begin((error, answer) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve(answer);
    });
  });

/** The same of what `answer` resolves to. */
export const withinLimit = <T>(store: string, limitMs: number, answer: Promise<T>): Promise<T> =>
  toldWithin(store, limitMs, (tell) => {
    answer.then(
      (value) => tell(null, value),
      (error: Error) => tell(error, undefined as never),
    );
  });
