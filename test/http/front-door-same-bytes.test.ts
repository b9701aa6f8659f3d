import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { graphqlAddress } from './graphql-address.ts';
import { openConnection, sendRaw, writeRequest, type RawAnswer, type RawRequest } from './raw-connection.ts';
import { countParsedRequests, countRoutedRequests } from './routed-requests.ts';

const routed = countRoutedRequests();
const parsed = countParsedRequests();
const apps: TestApp[] = [];
afterAll(async () => {
  routed.stop();
  parsed.stop();
  for (const app of apps) await app.close();
});

const listen = async (variables: Readonly<Record<string, string>>): Promise<number> => {
  const app = await createTestApp({
    clock: createWoundClock(Date.UTC(2026, 5, 1, 12)),
    variables: { PROBE_SECONDS: '0', ...variables },
  });
  apps.push(app);
  return Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port);
};

/** What differs between any two answers. */
const OWN = new Set(['date', 'x-request-id']);
const shown = ({ status, headers, body }: RawAnswer, without: readonly string[] = []) => ({
  status,
  headers: Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !OWN.has(name) && !without.includes(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ),
  body: body.toString('base64'),
});

const QUERIES = {
  short: '{ edition(code: EN) { name } }',
  long: 'query Q($n: Int = 5) { ar: edition(code: AR) { name } edition(code: EN) { articles(first: $n) { nodes { headline standfirst url body { html } } } } }',
  'without a language': '{ __typename }',
} as const;

const ACCEPTS = [undefined, 'application/json', 'application/graphql-response+json', 'text/html, */*;q=0.8'];
const ENCODINGS = [undefined, 'gzip', 'gzip, deflate, br, zstd', 'identity;q=1, br;q=0'];
const ORIGINS = [undefined, 'https://site.example', 'https://other.example'];

/** The answers to `request` sent twice over one connection: the parser's, and the one that nobody had to parse for. */
const sendTwice = async (port: number, request: RawRequest): Promise<readonly RawAnswer[]> => {
  const connection = await openConnection(port);
  const before = parsed.count();
  const answers: RawAnswer[] = [];
  for (const count of [1, 1]) {
    connection.write(writeRequest(request));
    answers.push(await connection.read(request.method));
    expect(parsed.count()).toBe(before + count);
  }
  connection.socket.destroy();
  return answers;
};

const withHeaders = (headers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));

const addHeader = (request: RawRequest, name: string, value: string): RawRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

describe.each([
  ['every origin', {}],
  ['two origins', { CORS_ORIGINS: 'https://site.example,https://second.example' }],
])('an answer before the router, where answers are for %s', (_whom, variables) => {
  let port: number;
  beforeAll(async () => {
    port = await listen(variables);
  });

  const cases = Object.entries(QUERIES).flatMap(([name, query]) =>
    (['GET', 'POST'] as const).flatMap((method) =>
      ACCEPTS.flatMap((accept) =>
        ENCODINGS.flatMap((encoding) =>
          // Where every origin is answered alike it alters nothing: asked of the short one.
          (name === 'short' ? ORIGINS : [undefined]).map((origin) => ({
            name,
            query,
            method,
            accept,
            encoding,
            origin,
          })),
        ),
      ),
    ),
  );

  it.each(cases)(
    'is, byte for byte, the one from behind it: $name, $method, $accept, $encoding, $origin',
    async ({ query, method, accept, encoding, origin }) => {
      const headers = withHeaders({ accept, 'accept-encoding': encoding, origin });
      const request: RawRequest =
        method === 'GET'
          ? { method, path: graphqlAddress({ query }), headers }
          : {
              method,
              path: '/graphql',
              headers: { ...headers, 'content-type': 'application/json' },
              body: JSON.stringify({ query }),
            };
      // Nothing here is answered in parts, so asking for one changes nothing but the way.
      const behind = addHeader(request, 'range', 'bytes=0-1');

      await sendRaw(port, request);
      const before = routed.count();
      const warm = await sendRaw(port, behind);
      expect(routed.count()).toBe(before + 1);
      const fast = await sendRaw(port, request);
      expect(routed.count()).toBe(before + 1);
      expect(shown(fast)).toEqual(shown(warm));
      expect(fast.headers['x-request-id']?.[0]).toMatch(/^[\w-]{16}-\d{10}$/);
      expect(fast.headers['x-request-id']).not.toEqual(warm.headers['x-request-id']);

      const [second, unparsed] = await sendTwice(port, request);
      expect(shown(second as RawAnswer)).toEqual(shown(warm));
      expect(shown(unparsed as RawAnswer)).toEqual(shown(warm));
      expect(Object.keys(unparsed?.headers ?? {})).toEqual(Object.keys(fast.headers));
      expect(unparsed?.headers['x-request-id']).not.toEqual(second?.headers['x-request-id']);

      const etag = fast.headers['etag']?.[0] ?? '';
      expect(etag).not.toBe('');
      for (const condition of [etag, `"a", W/${etag}`, '*', '"other"']) {
        const isMet = method === 'GET' && condition !== '"other"';
        const atDoor = await sendRaw(port, addHeader(request, 'if-none-match', condition));
        expect(shown(atDoor)).toEqual(shown(await sendRaw(port, addHeader(behind, 'if-none-match', condition))));
        for (const again of await sendTwice(port, addHeader(request, 'if-none-match', condition)))
          expect(shown(again)).toEqual(shown(atDoor));
        // No condition of a POST is about what it would be answered.
        expect(atDoor.status).toBe(isMet ? 304 : 200);
      }
      // Of each two, one.
      expect(routed.count()).toBe(before + 5);
    },
  );

  it('is the first answer again, but for what became of it in the cache', async () => {
    const request = { method: 'GET', path: graphqlAddress({ query: '{ first: editions { name code url } }' }) };
    const first = await sendRaw(port, request);
    const before = routed.count();
    const second = await sendRaw(port, request);
    expect(routed.count()).toBe(before);
    expect(shown(second, ['cache-status'])).toEqual(shown(first, ['cache-status']));
    expect([first, second].map(({ headers }) => headers['cache-status'])).toEqual([
      ['masthead; fwd=miss; stored'],
      ['masthead; hit; ttl=300'],
    ]);
  });

  it('bears the id that came with the request', async () => {
    const request = {
      method: 'GET',
      path: graphqlAddress({ query: '{ __typename }' }),
      headers: { 'x-request-id': 'edge-7' },
    };
    await sendRaw(port, request);
    const before = routed.count();
    expect((await sendRaw(port, request)).headers['x-request-id']).toEqual(['edge-7']);
    expect(routed.count()).toBe(before);
  });
});
