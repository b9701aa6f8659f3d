import { createTestApp } from './test-app.ts';

/** The demo newsroom listening on a free port of this machine, links included. */
export const startGateway = async (): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const app = await createTestApp();
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  return { url, close: app.close };
};
