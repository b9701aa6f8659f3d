import type { FastifyInstance } from 'fastify';

/** Listens on `host`, or on every address: IPv6 with IPv4 where the machine has both. Gives the port. */
export const listen = async (server: FastifyInstance, port: number, host: string | undefined): Promise<number> => {
  try {
    await server.listen({ port, host: host ?? '::' });
  } catch (error) {
    if (host !== undefined || (error as NodeJS.ErrnoException).code !== 'EAFNOSUPPORT') throw error;
    await server.listen({ port, host: '0.0.0.0' });
  }
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
};
