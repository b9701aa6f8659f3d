import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { distortShape, distortTypes, packBomb, TEN_MEGABYTES } from './chaos-answers.ts';

/** A request as the double hears it. */
export interface ChaosRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What the server says when it is well; status 200, JSON. */
export interface ChaosAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Every way in which a server of others fails, for `it.each`; `well` is none of them. */
export const CHAOS_MODES = [
  'refuse', // nobody listens
  'reset', // the connection breaks once the request was read
  'hang', // the request is read and never answered
  'slow', // one byte after the other, with no end
  'lie', // 200 and a page for people
  'lie-in-json', // 200 and a page for people, said to be JSON
  'wrong-shape', // JSON, a list where an object should be and the other way round
  'wrong-types', // the right shape, numbers where texts should be and so on
  'nest', // JSON that nests 100,000 deep
  'truncate', // a part of what `content-length` says, then the end
  'cut', // a chunk of several, then the connection breaks
  'huge', // 10 MB of the right type
  'bomb', // 200 KB that unpack to 200 MB
  'too-many', // 429, to be asked again in a second
  'unavailable', // 503, to be asked again in a second
  'broken', // 500
  'redirect', // somewhere else
] as const;

export type ChaosMode = (typeof CHAOS_MODES)[number];

/** A server of others that fails as it is told to. */
export interface ChaosServer {
  readonly url: string;
  readonly host: string;
  /** From now on; with `times`, so many requests, and the next are answered well. */
  behave(mode: ChaosMode | 'well', options?: { readonly times?: number }): Promise<void>;
  /** What `too-many` and `unavailable` say in Retry-After, 1 unless told; null: nothing. */
  retryAfter(seconds: number | null): void;
  /** Requests that were read since it was last asked, in order; refused ones are not read. */
  takeRequests(): readonly ChaosRequest[];
  /** Requests that are read and not answered yet. */
  open(): number;
  close(): Promise<void>;
}

const PAGE = '<!doctype html><title>Maintenance</title><p>Back soon.</p>';
/** Between two bytes of a slow answer: many within any deadline, and none would ever see the last. */
const DRIP_MS = 5;

const readBody = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += String(piece);
  return text;
};

const drip = (response: ServerResponse, bytes: Buffer): void => {
  let place = 0;
  const timer = setInterval(() => {
    // The last byte is never sent.
    response.write(bytes.subarray(place, place + 1));
    place = (place + 1) % Math.max(1, bytes.length - 1);
  }, DRIP_MS);
  response.on('close', () => clearInterval(timer));
};

/** A server on a free loopback port that gives the answers of `answering`, and behaves until told otherwise. */
export const startChaosServer = async (
  answering: (request: ChaosRequest) => ChaosAnswer | Promise<ChaosAnswer>,
): Promise<ChaosServer> => {
  let mode: ChaosMode | 'well' = 'well';
  let left = Infinity;
  let retryAfterSeconds: number | null = 1;
  let requests: ChaosRequest[] = [];
  let open = 0;

  const send = ({ status = 200, headers = {}, body }: ChaosAnswer, response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body);
  const refuse = (response: ServerResponse, status: number): void =>
    send(
      {
        status,
        headers: retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) },
        body: '{"code":"busy"}',
      },
      response,
    );

  const misbehave = async (request: ChaosRequest, response: ServerResponse, how: ChaosMode): Promise<void> => {
    const well = async (): Promise<ChaosAnswer> => answering(request);
    const bytesOf = ({ body }: ChaosAnswer): Buffer => Buffer.from(body);
    switch (how) {
      case 'refuse':
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'hang':
        return;
      case 'slow': {
        const answer = await well();
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
        return drip(response, bytesOf(answer));
      }
      case 'lie':
        return send({ headers: { 'content-type': 'text/html; charset=utf-8' }, body: PAGE }, response);
      case 'lie-in-json':
        return send({ body: PAGE }, response);
      case 'wrong-shape':
      case 'wrong-types': {
        const answer = await well();
        const distort = how === 'wrong-shape' ? distortShape : distortTypes;
        return send({ ...answer, body: JSON.stringify(distort(JSON.parse(bytesOf(answer).toString()))) }, response);
      }
      case 'nest':
        return send({ body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }, response);
      case 'truncate':
      case 'cut': {
        const { status = 200, headers = {}, body } = await well();
        const bytes = Buffer.from(body);
        const type = { 'content-type': 'application/json', ...headers };
        response.writeHead(status, how === 'cut' ? type : { ...type, 'content-length': bytes.length });
        response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
          if (how === 'cut') response.socket?.destroy();
          else response.socket?.end();
        });
        return;
      }
      case 'huge':
        return send({ body: TEN_MEGABYTES }, response);
      case 'bomb':
        return send({ headers: { 'content-encoding': 'gzip' }, body: await packBomb() }, response);
      case 'too-many':
        return refuse(response, 429);
      case 'unavailable':
        return refuse(response, 503);
      case 'broken':
        return send({ status: 500, body: '{"code":"internal_error"}' }, response);
      case 'redirect':
        return send({ status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' }, body: '' }, response);
    }
  };

  const hear = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    open += 1;
    response.on('close', () => (open -= 1));
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body: await readBody(incoming) };
    requests.push(request);
    const now = mode;
    if (now !== 'well' && (left -= 1) === 0) mode = 'well';
    if (now === 'well') send(await answering(request), response);
    else await misbehave(request, response, now);
  };

  const server: Server = createServer((incoming, response) => {
    hear(incoming, response).catch(() => incoming.socket.destroy());
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const stopListening = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };

  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    async behave(next, { times = Infinity } = {}) {
      mode = next;
      left = times;
      // For a few only it has to be there to count them: it breaks those connections.
      if (next === 'refuse' && times === Infinity) await stopListening();
      else if (!server.listening) await listen(port);
    },
    retryAfter: (seconds) => void (retryAfterSeconds = seconds),
    takeRequests() {
      const taken = requests;
      requests = [];
      return taken;
    },
    open: () => open,
    close: stopListening,
  };
};
