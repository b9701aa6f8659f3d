import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';

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
