import { StoreError } from '../errors.ts';
import { columnReader } from './column-types.ts';
import { createTurnstile } from './create-turnstile.ts';
import type { Database, Row } from './database.ts';
import type { EmbeddedResult, EmbeddedWorkerOptions } from './embedded-messages.ts';
import { inTransaction } from './in-transaction.ts';
import { parameterText } from './parameter-text.ts';
import { startEmbeddedWorker } from './start-embedded-worker.ts';
import { withinLimit } from './store-failure.ts';

const STORE = 'embedded';
const CHANNEL = /^[a-z_][a-z0-9_]{0,62}$/;

export interface EmbeddedOptions extends EmbeddedWorkerOptions {
  /** How long a caller waits for the answer to one statement. The engine cannot be stopped: see below. */
  readonly statementTimeoutMs?: number;
  /** How long a caller waits for its turn: there is one connection, and an open transaction holds it. */
  readonly acquireTimeoutMs?: number;
  /** Callers that may wait for their turn at once. */
  readonly maxWaiting?: number;
  /** Called once for each statement sent, with its text; BEGIN, COMMIT and ROLLBACK are not statements. */
  readonly observe?: (statement: string) => void;
}

/**
 * PostgreSQL in a thread of this process, its files in `directory` (lock it first) or in memory.
 *
 * A statement that runs past its limit fails for its caller and goes on inside: nothing can stop it. Whoever comes
 * next waits for its end, within `acquireTimeoutMs`. If the thread ends, everything that waits and everything after
 * it fails with STORE_FAILED until the process is restarted.
 *
 * What was committed survives the end of the process, kill -9 included. A power cut may take the last commits: the
 * engine's file system has no fsync to call.
 *
 * @throws {StoreError} `STORE_FAILED` when the engine does not start.
 */
export const createEmbeddedDatabase = async ({
  statementTimeoutMs = 5_000,
  acquireTimeoutMs = 10_000,
  maxWaiting = 1_000,
  observe = () => undefined,
  ...workerOptions
}: EmbeddedOptions = {}): Promise<Database> => {
  const callbacks = new Map<string, Set<(payload: string) => void>>();
  const worker = await startEmbeddedWorker(workerOptions, (channel, payload) => {
    for (const callback of callbacks.get(channel) ?? []) callback(payload);
  });
  const turnstile = createTurnstile(STORE, acquireTimeoutMs, maxWaiting);
  let closing: Promise<void> | undefined;

  const enter = (): Promise<() => void> =>
    closing === undefined
      ? turnstile.enter()
      : Promise.reject(new StoreError(STORE, 'STORE_FAILED', { cause: new Error('closed') }));

  /** One turn: what `use` sends goes to the engine together, and the turn lasts until all of it was answered. */
  const inTurn = async <T>(use: (send: Send) => Promise<T>): Promise<T> => {
    const leave = await enter();
    let last: Promise<unknown> = Promise.resolve();
    const send: Send = (limitMs, text, values) => {
      const answer = worker.send(text, values);
      last = answer.catch(() => undefined);
      return withinLimit(STORE, limitMs, answer);
    };
    try {
      return await use(send);
    } finally {
      void last.then(leave);
    }
  };

  const query = async <R extends Row>(send: Send, limitMs: number, text: string, values: readonly unknown[]) => {
    const parameters = values.map(parameterText);
    observe(text);
    return rowsOf(await send(limitMs, text, parameters)) as readonly R[];
  };

  const control = (text: string) => inTurn((send) => send(statementTimeoutMs, text));

  return {
    kind: STORE,
    query: <R extends Row>(text: string, values: readonly unknown[] = []) =>
      inTurn((send) => query<R>(send, statementTimeoutMs, text, values)),

    transaction: (work, { statementTimeoutMs: limitMs = statementTimeoutMs } = {}) =>
      inTurn((send) =>
        inTransaction(
          STORE,
          {
            query: <R extends Row>(text: string, values: readonly unknown[] = []) =>
              query<R>(send, limitMs, text, values),
            control: async (command) => (await send(limitMs, command)).command,
          },
          work,
        ),
      ),

    listen: async (channel, callback) => {
      if (!CHANNEL.test(channel)) throw new TypeError(`"${channel}" is not a channel's name`);
      const ofChannel = callbacks.get(channel) ?? new Set();
      callbacks.set(channel, ofChannel);
      // Two listeners may share one function and must not share its end.
      const own = (payload: string): void => callback(payload);
      ofChannel.add(own);
      await control(`LISTEN ${channel}`);
      return async () => {
        ofChannel.delete(own);
        if (ofChannel.size === 0 && closing === undefined) await control(`UNLISTEN ${channel}`);
      };
    },

    close: () => {
      // What holds the turn for too long is left behind: everything committed is safe in the log of the engine.
      closing ??= turnstile.enter().then(worker.close, worker.close);
      return closing;
    },
  };
};

type Send = (limitMs: number, text: string, values?: readonly (string | null)[]) => Promise<EmbeddedResult>;

const rowsOf = ({ fields, rows }: EmbeddedResult): readonly Row[] => {
  const columns = fields.map(({ name, typeId }) => ({ name, read: columnReader(typeId) }));
  return rows.map((cells) => {
    const row = columns.map(({ name, read }, index) => {
      const cell = cells[index] ?? null;
      return [name, cell === null ? null : read(cell)];
    });
    return Object.fromEntries(row);
  });
};
