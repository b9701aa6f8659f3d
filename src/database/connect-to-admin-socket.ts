import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { StoreError } from '../errors.ts';
import { errorOf, readFrames, writeFrame } from './admin-frames.ts';
import type { AdminReply, AdminRequest } from './admin-frames.ts';
import { socketAddressOf } from './admin-socket-address.ts';
import type { Row } from './database.ts';
import { withinLimit } from './store-failure.ts';

const STORE = 'embedded';

/** One connection to a running server. */
export interface AdminConnection {
  /**
   * The rows of a query, none for everything else. One request at a time.
   *
   * @throws {StoreError} as the server's database would; `STORE_TIMEOUT` after `limitMs` ends the connection as well,
   *   because the next answer would be the last question's.
   */
  ask(request: AdminRequest, limitMs: number): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** Connects to the socket of a running server. @throws the system's error when nobody listens there. */
export const connectToAdminSocket = async (
  path: string,
  onNotification: (payload: string) => void = () => undefined,
): Promise<AdminConnection> => {
  const socket = await open(path);
  let waiting: PromiseWithResolvers<readonly Row[]> | undefined;
  let failure: StoreError | undefined;

  const take = (reply: AdminReply): void => {
    if (reply.kind === 'notification') return onNotification(reply.payload);
    const asked = waiting;
    waiting = undefined;
    if (reply.kind === 'farewell') {
      failure = errorOf(reply.failure);
      asked?.reject(failure);
    } else if (reply.kind === 'failure') asked?.reject(errorOf(reply.failure));
    else asked?.resolve(reply.kind === 'rows' ? reply.rows : []);
  };
  const read = async (): Promise<void> => {
    let cause: unknown = new Error('the server closed the connection');
    try {
      for await (const frame of readFrames(socket)) take(frame as AdminReply);
    } catch (error) {
      cause = error;
    }
    failure ??= new StoreError(STORE, 'STORE_FAILED', { cause });
    waiting?.reject(failure);
    socket.destroy();
  };
  const ended = read();

  return {
    ask: async (request, limitMs) => {
      if (failure !== undefined) throw failure;
      if (waiting !== undefined) throw new TypeError('One request at a time');
      const asked = Promise.withResolvers<readonly Row[]>();
      waiting = asked;
      try {
        writeFrame(socket, request);
        return await withinLimit(STORE, limitMs, asked.promise);
      } catch (error) {
        // Still ours: no answer came, or the request could not be sent.
        if (waiting === asked) socket.destroy();
        throw error;
      }
    },
    close: async () => {
      socket.end();
      await ended;
    },
  };
};

const open = async (path: string): Promise<Socket> => {
  const { address, release } = await socketAddressOf(path);
  const socket = connect(address);
  try {
    await once(socket, 'connect');
  } finally {
    await release();
  }
  socket.on('error', () => undefined);
  return socket;
};
