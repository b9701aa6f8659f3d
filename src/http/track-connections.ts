import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server, by what is under way on them. */
export interface Connections {
  watch(server: Server): void;
  /** Has to be told of every request that is not answered in the very turn in which it came. */
  begin(request: IncomingMessage, response: ServerResponse): void;
  /** Ends every connection as soon as nothing is under way on it, and whichever is opened from now on. */
  drain(): void;
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
  let isDraining = false;

  const endIfIdle = (socket: Socket): void => {
    // What was handed to it goes out first.
    if (isDraining && underWay.get(socket) === 0) socket.destroySoon();
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
      underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
      response.once('close', () => {
        const count = underWay.get(socket);
        if (count === undefined) return;
        underWay.set(socket, count - 1);
        endIfIdle(socket);
      });
    },
    drain() {
      isDraining = true;
      for (const socket of underWay.keys()) endIfIdle(socket);
    },
    isDraining: () => isDraining,
    endsAfter: ({ socket }) => isDraining && underWay.get(socket) === 1,
  };
};
