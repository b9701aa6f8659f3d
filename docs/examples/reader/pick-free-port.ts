import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port on which nobody listens, known before anything is served: pages name their own address. */
export const pickFreePort = async (): Promise<number> => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The machine gave no port');
  return address.port;
};
