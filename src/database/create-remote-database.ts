import { connectToAdminSocket, type AdminConnection } from './connect-to-admin-socket.ts';
import { createTurnstile } from './create-turnstile.ts';
import type { Database, Row } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { parameterText } from './parameter-text.ts';

const STORE = 'embedded';
/** The server's own wait for a turn comes first, and says more. */
const WAIT_MS = 60_000;
const MAX_WAITING = 10_000;
/** Beyond the statement's limit: a server that is stopped or gone says nothing. */
const ANSWER_GRACE_MS = 20_000;

export interface RemoteOptions {
  /** The running server's socket. */
  readonly path: string;
  /** As the server's own. */
  readonly statementTimeoutMs?: number;
  readonly observe?: (statement: string) => void;
}

/**
 * The embedded database of a running server, for a command beside it. Everything goes over one connection, one after
 * the other, as it does inside; when the server ends, so does this, and what was open is rolled back.
 *
 * @throws the connection's error, `ENOENT` or `ECONNREFUSED` when no server listens there.
 */
export const createRemoteDatabase = async ({
  path,
  statementTimeoutMs = 5_000,
  observe = () => undefined,
}: RemoteOptions): Promise<Database> => {
  const connection = await connectToAdminSocket(path);
  const listeners = new Set<AdminConnection>();
  const turnstile = createTurnstile(STORE, WAIT_MS, MAX_WAITING);
  let closing: Promise<void> | undefined;

  const inTurn = async <T>(use: () => Promise<T>): Promise<T> => {
    const leave = await turnstile.enter();
    return await use().finally(leave);
  };

  const query = async <R extends Row>(limitMs: number, text: string, values: readonly unknown[]) => {
    const parameters = values.map(parameterText);
    observe(text);
    const rows = await connection.ask({ kind: 'query', text, values: parameters }, limitMs + ANSWER_GRACE_MS);
    return rows as readonly R[];
  };

  return {
    kind: 'remote',
    query: <R extends Row>(text: string, values: readonly unknown[] = []) =>
      inTurn(() => query<R>(statementTimeoutMs, text, values)),

    transaction: (work, options = {}) =>
      inTurn(() => {
        const limitMs = options.statementTimeoutMs ?? statementTimeoutMs;
        const control = async (command: string): Promise<string> => {
          const request =
            command === 'BEGIN'
              ? ({ kind: 'begin', statementTimeoutMs: options.statementTimeoutMs } as const)
              : ({ kind: command === 'COMMIT' ? 'commit' : 'rollback' } as const);
          await connection.ask(request, limitMs + ANSWER_GRACE_MS);
          return command;
        };
        return inTransaction(
          STORE,
          {
            query: <R extends Row>(text: string, values: readonly unknown[] = []) => query<R>(limitMs, text, values),
            control,
          },
          work,
        );
      }),

    listen: async (channel, callback) => {
      const own = await connectToAdminSocket(path, callback);
      listeners.add(own);
      await own.ask({ kind: 'listen', channel }, ANSWER_GRACE_MS);
      return async () => {
        listeners.delete(own);
        await own.close();
      };
    },

    close: () => {
      closing ??= Promise.all([connection, ...listeners].map((each) => each.close())).then(() => undefined);
      return closing;
    },
  };
};
