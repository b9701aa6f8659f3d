import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createUnderWay } from '../content/under-way.ts';

/** The connections of a server, by what is under way on them. */
export interface Connections {
  watch(server: Server): void;
  /** Has to be told of every request that is not answered in the very turn in which it came. */
  begin(request: IncomingMessage, response: ServerResponse): void;
  /** Has to be told of what is answered later though Node knows of no request: it would end such a connection as idle. */
  hold(socket: Socket, answering: Promise<unknown>): void;
  /**
   * Ends every connection as soon as nothing is under way on it, and whichever is opened from now on. Resolves when none
   * is held any more.
   */
  drain(): Promise<void>;
  /** Whether `drain` was called. */
  isDraining(): boolean;
  /** Whether the connection ends with the answer to the one request that is under way on it. */
  endsAfter(request: IncomingMessage): boolean;
}

/**
 * Watches connections, for an end in good order. Node itself ends only those that have carried a request and stand idle when the
 * server closes: one never used, or in use just then, would keep it from closing until a timeout.
 */
export const trackConnections = (): Connections => {
  const underWay = new Map<Socket, number>();
  const held = createUnderWay();
  let isDraining = false;

  const endIfIdle = (socket: Socket): void => {
    // What was handed to it goes out first.
    if (isDraining && underWay.get(socket) === 0) socket.destroySoon();
  };

  const count = (socket: Socket, by: 1 | -1): void => {
    const known = underWay.get(socket);
    // Closed meanwhile.
    if (known === undefined) return;
    underWay.set(socket, known + by);
    endIfIdle(socket);
  };

  return {
    watch(server) {
      server.on('connection', (socket: Socket) => {
        underWay.set(socket, 0);
        socket.once('close', () => underWay.delete(socket));
        endIfIdle(socket);
      });
    },
    begin({ socket }, response) {
      count(socket, 1);
      response.once('close', () => count(socket, -1));
    },
    hold(socket, answering) {
      count(socket, 1);
      held.count(answering.catch(() => undefined).finally(() => count(socket, -1)));
    },
    async drain() {
      isDraining = true;
      for (const socket of underWay.keys()) endIfIdle(socket);
      await held.ended();
    },
    isDraining: () => isDraining,
    endsAfter: ({ socket }) => isDraining && underWay.get(socket) === 1,
  };
};
