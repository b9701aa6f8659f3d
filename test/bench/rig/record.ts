import { once } from 'node:events';
import { Agent, request as send, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { BenchRequest } from './load.ts';

/** An answer to be sent again; the body in base64. */
export interface Recorded {
  readonly status: number;
  /** Names and values in turn, without those that Node adds by itself. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** Written by Node for every answer. */
const NODES_OWN: ReadonlySet<string> = new Set(['date', 'connection', 'keep-alive']);

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** The answer to `request`, as it came. */
export const recordAnswer = async (port: number, { method, path, headers, body }: BenchRequest): Promise<Recorded> => {
  const sent = send({ host: '127.0.0.1', port, method, path, headers, agent }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const bytes = await buffer(response);
  const kept = response.rawHeaders.flatMap((name, index, all) =>
    index % 2 === 1 || NODES_OWN.has(name.toLowerCase()) ? [] : [name, all[index + 1] ?? ''],
  );
  return { status: response.statusCode ?? 0, headers: kept, body: bytes.toString('base64') };
};
