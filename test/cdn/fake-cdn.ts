import { request as ask, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { bodyOf, startHandServer } from '../outbound/hand-server.ts';

/** A request to purge, as the CDN got it. */
export interface PurgeRequest {
  readonly keys: readonly string[];
  readonly headers: IncomingHttpHeaders;
}

/** What the CDN does with a request to purge: carry it out, refuse it, never answer. */
export type PurgeManner = 'purge' | 'hang' | number;

/** A CDN of one node that keeps pages by `CDN-Cache-Control` and drops them by `Surrogate-Key`. */
export interface FakeCdn {
  readonly url: string;
  /** With a user and password, as an operator would configure it. */
  readonly purgeUrl: string;
  /** Requests to purge that came, refused ones included, in order. */
  readonly requests: PurgeRequest[];
  /** How it answers requests to purge from now on; hung ones stay hung. */
  setManner(manner: PurgeManner): void;
  /** Whether a page came from what it keeps, and the page. */
  get(path: string): Promise<{ readonly isHit: boolean; readonly body: string; readonly headers: IncomingHttpHeaders }>;
  close(): Promise<void>;
}

interface Page {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly keys: ReadonlySet<string>;
  readonly until: number;
}

const fetchPage = async (url: string): Promise<{ body: string; headers: IncomingHttpHeaders }> => {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    ask(url, resolve).on('error', reject).end();
  });
  return { body: await bodyOf(response), headers: response.headers };
};

const lifeSecondsOf = (headers: IncomingHttpHeaders): number =>
  Number(/max-age=(\d+)/.exec(String(headers['cdn-cache-control'] ?? ''))?.[1] ?? 0);

const keysOf = (headers: IncomingHttpHeaders): string[] => String(headers['surrogate-key'] ?? '').split(' ');

/** A CDN in front of `origin`; without one it is only purged. */
export const startFakeCdn = async (origin = 'http://127.0.0.1:1'): Promise<FakeCdn> => {
  const pages = new Map<string, Page>();
  const requests: PurgeRequest[] = [];
  let manner: PurgeManner = 'purge';

  const purge = (request: IncomingMessage, response: ServerResponse): void => {
    const keys = keysOf(request.headers);
    requests.push({ keys, headers: request.headers });
    if (manner === 'hang') return;
    if (manner === 'purge')
      for (const [path, page] of pages) if (keys.some((key) => page.keys.has(key))) pages.delete(path);
    response.writeHead(manner === 'purge' ? 200 : manner).end('{}');
  };
  const serve = async (path: string): Promise<Page & { isHit: boolean }> => {
    const kept = pages.get(path);
    if (kept !== undefined && performance.now() < kept.until) return { ...kept, isHit: true };
    const { body, headers } = await fetchPage(`${origin}${path}`);
    const lifeMs = lifeSecondsOf(headers) * 1000;
    const page = { body, headers, keys: new Set(keysOf(headers)), until: performance.now() + lifeMs };
    if (lifeMs > 0) pages.set(path, page);
    return { ...page, isHit: false };
  };

  const server = await startHandServer(async (request, response) => {
    if (request.method === 'POST') return purge(request, response);
    const { body, headers, isHit } = await serve(request.url ?? '/');
    // Those of one connection are not passed on.
    const kept = Object.entries(headers).filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/.test(name));
    response.writeHead(200, { ...Object.fromEntries(kept), 'x-cache': isHit ? 'HIT' : 'MISS' }).end(body);
  });
  return {
    url: server.url,
    purgeUrl: `http://desk:s3cret@${server.host}/purge`,
    requests,
    setManner: (next) => {
      manner = next;
    },
    async get(path) {
      const { body, headers } = await fetchPage(`${server.url}${path}`);
      return { isHit: headers['x-cache'] === 'HIT', body, headers };
    },
    close: server.close,
  };
};
