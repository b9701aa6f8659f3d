import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server, by what is under way on them. */
export interface Connections {
  /** Ends every connection as soon as nothing is under way on it, and whichever is opened from now on. */
  drain(): void;
  /** Whether the connection ends with the answer to the one request that is under way on it. */
  endsAfter(request: IncomingMessage): boolean;
}

/**
 * Watches the connections of `server`. Node itself ends only those that have carried a request and stand idle when the
 * server closes: one never used, or in use just then, would keep it from closing until a timeout.
 */
export const trackConnections = (server: Server): Connections => {
  const underWay = new Map<Socket, number>();
  let isDraining = false;

  const endIfIdle = (socket: Socket): void => {
    if (isDraining && underWay.get(socket) === 0) socket.destroySoon();
  };
  server.on('connection', (socket: Socket) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
    endIfIdle(socket);
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const count = underWay.get(socket);
      if (count === undefined) return;
      underWay.set(socket, count - 1);
      endIfIdle(socket);
    });
  });

  return {
    drain() {
      isDraining = true;
      for (const socket of underWay.keys()) endIfIdle(socket);
    },
    endsAfter: ({ socket }) => isDraining && underWay.get(socket) === 1,
  };
};
