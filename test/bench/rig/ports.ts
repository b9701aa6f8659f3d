import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** A port of this machine that nobody listens on. */
export const pickPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The machine gave no port');
  return address.port;
};

const START_LIMIT_MS = 30_000;

/** Resolves once somebody listens on `port`. */
export const waitUntilOpen = async (port: number): Promise<void> => {
  for (const deadline = Date.now() + START_LIMIT_MS; ;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await setTimeout(50);
    } finally {
      socket.destroy();
    }
  }
};
