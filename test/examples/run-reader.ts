import { createReader, type ReaderOptions } from '../../docs/examples/reader/reader.ts';
import { pickFreePort } from '../../docs/examples/reader/pick-free-port.ts';
import { serve } from '../../docs/examples/reader/serve.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

/** A gateway with the demo newsroom and a reader before it, each listening on a port of its own. */
export interface RunningReader {
  readonly app: TestApp;
  readonly gatewayUrl: string;
  readonly url: string;
  close(): Promise<void>;
}

/** A reader on a free port of this machine before the gateway at `gatewayUrl`. */
export const startReader = async (
  gatewayUrl: string,
  options: Partial<ReaderOptions> = {},
): Promise<{ readonly url: string; readonly counted: () => Promise<void>; readonly close: () => Promise<void> }> => {
  const port = await pickFreePort();
  const url = `http://localhost:${port}`;
  const reader = createReader({ gatewayUrl, readerUrl: url, ...options });
  const { close } = await serve(reader, port);
  return { url, counted: reader.counted, close };
};

/** Both, the addresses in the gateway's answers being those it listens at. */
export const runReader = async (): Promise<RunningReader> => {
  const port = await pickFreePort();
  const gatewayUrl = `http://localhost:${port}`;
  const app = await createTestApp({ variables: { PUBLIC_URL: gatewayUrl, TRUST_PROXY: '1' } });
  await app.server.listen({ port, host: 'localhost' });
  const reader = await startReader(gatewayUrl);
  return {
    app,
    gatewayUrl,
    url: reader.url,
    close: async () => {
      await reader.close();
      await app.close();
    },
  };
};

/** What a gateway answers to `query`; an error in it is one of the test's. */
export const askGateway = async (
  gatewayUrl: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
): Promise<any> => {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};
