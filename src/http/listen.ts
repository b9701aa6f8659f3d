import type { FastifyInstance } from 'fastify';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Two processes may be handed the same port when any will do: one of them is told so when it listens, and asks again. */
const TRIES_FOR_ANY_PORT = 5;

/** Listens on `host`, or on every address: IPv6 with IPv4 where the machine has both. Gives the port. */
export const listen = async (server: FastifyInstance, port: number, host: string | undefined): Promise<number> => {
  const listenOn = async (address: string): Promise<void> => {
    for (let tries = port === 0 ? TRIES_FOR_ANY_PORT : 1; ; tries -= 1)
      try {
        await server.listen({ port, host: address });
        return;
      } catch (error) {
        if (codeOf(error) !== 'EADDRINUSE' || tries === 1) throw error;
      }
  };
  try {
    await listenOn(host ?? '::');
  } catch (error) {
    if (host !== undefined || codeOf(error) !== 'EAFNOSUPPORT') throw error;
    await listenOn('0.0.0.0');
  }
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
};
