import { once } from 'node:events';
import { createServer } from 'node:net';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';

const isClosed = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port);
  return once(server, 'listening').then(
    async () => {
      server.close();
      await once(server, 'close');
      return true;
    },
    () => false,
  );
};

/** The first of `count` ports in a row on which nobody listens. */
export const pickNeighbouringPorts = async (count: number): Promise<number> => {
  for (;;) {
    const first = await pickFreePort();
    const others = Array.from({ length: count - 1 }, (_, index) => isClosed(first + index + 1));
    if (first + count < 65_536 && (await Promise.all(others)).every((closed) => closed)) return first;
  }
};
