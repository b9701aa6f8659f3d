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

/**
 * What `answer` resolves to, or a STORE_TIMEOUT once `limitMs` have passed. The work behind it goes on: whoever
 * started it decides what its late answer means.
 */
export const withinLimit = async <T>(store: string, limitMs: number, answer: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new StoreError(store, 'STORE_TIMEOUT', { cause: new Error(`no answer within ${limitMs} ms`) })),
      limitMs,
    );
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
};
