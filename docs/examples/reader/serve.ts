import { once } from 'node:events';
import type { Server } from 'node:http';
import { serve as listen, type HttpBindings } from '@hono/node-server';
import type { Reader } from './reader.ts';

/** A site that is being served. */
export interface Serving {
  readonly port: number;
  /** Takes no new request, finishes open ones and counts what they began to count. */
  close(): Promise<void>;
}

/**
 * Serves `reader` on `port` of every address of this machine.
 *
 * @param port 0: any that is free.
 * @throws when the port is taken.
 */
export const serve = async (reader: Reader, port: number): Promise<Serving> => {
  const server = listen({
    fetch: (request, bindings) => reader.fetch(request, bindings as HttpBindings),
    port,
  }) as Server;
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await reader.counted();
    },
  };
};
