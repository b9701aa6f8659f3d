import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of this test, on a port of its own. */
export interface HandServer {
  readonly url: string;
  readonly host: string;
  close(): Promise<void>;
}

/** What it does with a request; a rejection cuts the connection. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Listens with `answering` until it is closed, connections included. */
export const startHandServer = async (answering: Answering): Promise<HandServer> => {
  const server = createServer((request, response) => {
    void (async () => answering(request, response))().catch(() => request.socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** The whole body of a request. */
export const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};
