import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that nobody listens on at this moment, at `host` or at any address. */
export const pickFreePort = async (host?: string): Promise<number> => {
  const server = createServer().listen({ port: 0, ...(host === undefined ? {} : { host }) });
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a port');
  return address.port;
};
