import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { failureOf, isRequest, MAX_FRAME_BYTES, readFrames, writeFrame } from './admin-frames.ts';
import type { AdminReply, AdminRequest } from './admin-frames.ts';
import { socketAddressOf } from './admin-socket-address.ts';
import type { Database, Queryable } from './database.ts';
import { withinLimit } from './store-failure.ts';

export interface AdminSocketOptions {
  readonly database: Database;
  /** Only whoever holds the data directory's lock may serve here: what lies at `path` is taken for a leftover. */
  readonly path: string;
  /** A transaction that asks nothing for so long is rolled back, because everybody else waits for its end. */
  readonly transactionIdleMs?: number;
}

/** What a peer that does not read has to take its leave. */
const FAREWELL_MS = 1_000;

/** Lets commands of the same user reach the database of this process; resolves to what ends that, rolling back what is open. */
export const serveAdminSocket = async ({
  database,
  path,
  transactionIdleMs = 10_000,
}: AdminSocketOptions): Promise<() => Promise<void>> => {
  const sockets = new Set<Socket>();
  const served = new Set<Promise<void>>();

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const serving = serveConnection(socket, database, transactionIdleMs).finally(() => {
      socket.destroy();
      sockets.delete(socket);
      served.delete(serving);
    });
    served.add(serving);
  });

  await rm(path, { force: true });
  const { address, release } = await socketAddressOf(path);
  await listen(server, address);
  await chmod(path, 0o600);

  return async () => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    for (const socket of sockets) socket.destroy();
    await Promise.all([closed, ...served]);
    await rm(path, { force: true });
    await release();
  };
};

const listen = (server: Server, address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => resolve());
  });

type Requests = () => Promise<AdminRequest | undefined>;
type Say = (reply: AdminReply) => void;

/** Answers one connection until it ends or sends something that is no request. */
const serveConnection = async (socket: Socket, database: Database, transactionIdleMs: number): Promise<void> => {
  const frames = readFrames(socket);
  const stops: (() => Promise<void>)[] = [];
  const next: Requests = async () => {
    const { value, done } = await frames.next();
    if (done === true) return undefined;
    if (!isRequest(value)) throw new TypeError('Not a request');
    return value;
  };
  const say: Say = (reply) => {
    // Whoever listens and does not read is let go.
    if (socket.writableLength > MAX_FRAME_BYTES) socket.destroy();
    if (!socket.destroyed) writeFrame(socket, reply);
  };

  try {
    for (let request = await next(); request !== undefined; request = await next()) {
      switch (request.kind) {
        case 'query':
          await answer(say, database, request.text, request.values);
          break;
        case 'begin':
          await serveTransaction({ database, next, say, transactionIdleMs }, request.statementTimeoutMs);
          break;
        case 'listen': {
          const stop = await database.listen(request.channel, (payload) => say({ kind: 'notification', payload }));
          stops.push(stop);
          say({ kind: 'done' });
          break;
        }
        case 'commit':
        case 'rollback':
          say({ kind: 'done' });
      }
    }
  } catch (error) {
    // A reason for the other end, if it is still there to read one.
    say({ kind: 'farewell', failure: failureOf(error) });
    await new Promise<void>((resolve) => {
      if (socket.destroyed) resolve();
      else socket.once('close', () => resolve()).end();
      setTimeout(resolve, FAREWELL_MS).unref();
    });
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
  }
};

const answer = async (say: Say, queryable: Queryable, text: string, values: readonly (string | null)[]) => {
  try {
    say({ kind: 'rows', rows: await queryable.query(text, values) });
  } catch (error) {
    say({ kind: 'failure', failure: failureOf(error) });
  }
};

interface Connection {
  readonly database: Database;
  readonly next: Requests;
  readonly say: Say;
  readonly transactionIdleMs: number;
}

/** Not failures: how the other end, or its absence, ends a transaction. */
const ROLLED_BACK = Symbol('rolled back');
const GONE = Symbol('gone');

const serveTransaction = async (
  { database, next, say, transactionIdleMs }: Connection,
  statementTimeoutMs: number | undefined,
): Promise<void> => {
  let idle: unknown;
  const work = async (transaction: Queryable): Promise<void> => {
    say({ kind: 'done' });
    for (;;) {
      const request = await withinLimit('embedded', transactionIdleMs, next()).catch((error: unknown) => {
        idle = error;
        throw error;
      });
      if (request === undefined) throw GONE;
      if (request.kind === 'commit') return;
      if (request.kind === 'rollback') throw ROLLED_BACK;
      if (request.kind !== 'query') throw new TypeError('Not a request inside a transaction');
      await answer(say, transaction, request.text, request.values);
    }
  };
  try {
    await database.transaction(work, statementTimeoutMs === undefined ? {} : { statementTimeoutMs });
    say({ kind: 'done' });
  } catch (error) {
    // Idle or garbage: the connection ends, or its next request would be answered out of turn.
    if (idle !== undefined || error instanceof TypeError) throw error;
    say(error === ROLLED_BACK || error === GONE ? { kind: 'done' } : { kind: 'failure', failure: failureOf(error) });
  }
};
