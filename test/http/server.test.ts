import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { readFailure } from './coded.ts';
import { graphqlAddress } from './graphql-address.ts';
import { createRecordingLogger } from './recording-logger.ts';

const { logger, lines } = createRecordingLogger();
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ swap: { logger }, variables: { TRUST_PROXY: '1' } });
  port = Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => app.close());

/** What the server sends back on a connection over which `bytes` are sent. */
const send = async (bytes: string): Promise<{ readonly head: string; readonly body: string }> => {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, body };
};

describe('the id of a request', () => {
  it.each(['a', 'edge-1:2026.05_30', 'x'.repeat(100)])('is the one that came with it: %s', async (id) => {
    const url = graphqlAddress({ query: '{ editions { code } }' });
    expect((await app.server.inject({ url, headers: { 'x-request-id': id } })).headers['x-request-id']).toBe(id);
    const failed = await app.server.inject({ url: '/nowhere', headers: { 'x-request-id': id } });
    expect([failed.headers['x-request-id'], failed.json().requestId]).toEqual([id, id]);
    expect(lines.filter(({ fields }) => fields['requestId'] === id)).toHaveLength(2);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one that is too long', 'x'.repeat(101)],
    ['one with blanks', 'a b'],
    ['one that would write a line of its own into a log', '{"level":"fatal"}'],
    ['one with markup', '<script>'],
    ['one in other letters', 'طلب'],
  ])('is a new one in place of %s', async (_what, given) => {
    const headers = given === undefined ? {} : { 'x-request-id': given };
    const ids = await Promise.all(
      [1, 2].map(async () => (await app.server.inject({ url: '/healthz', headers })).headers['x-request-id']),
    );
    for (const id of ids) expect(id).toMatch(/^[\w-]{16}-\d{10}$/);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('a route that does not exist', () => {
  it.each([
    ['GET', '/nowhere'],
    ['GET', '/graphql/'],
    ['GET', '/graphql/x'],
    ['GET', '/GRAPHQL'],
    ['POST', '/'],
    ['POST', '/healthz'],
    ['DELETE', '/media/harbour-dawn.svg'],
    ['GET', '/assets/nothing.js'],
    ['GET', '//graphql'],
    ['GET', `/${'x'.repeat(300)}`],
  ] as const)('is a problem with a code: %s %s', async (method, url) => {
    expect(readFailure(await app.server.inject({ method, url }))).toMatchObject({
      shape: 'problem',
      status: 404,
      code: 'NOT_FOUND',
    });
  });

  it.each(['/%', '/media/%E0%A4%A', '/%c0%ae'])('is a bad request when its escapes mean nothing: %s', async (url) => {
    expect(readFailure(await app.server.inject({ url }))).toMatchObject({
      shape: 'problem',
      status: 400,
      code: 'BAD_REQUEST',
    });
  });
});

describe('what is no HTTP request', () => {
  it.each([
    ['noise', 'hello\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      'two lengths',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'BAD_REQUEST',
    ],
    [
      'length and chunks',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'BAD_REQUEST',
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'PAYLOAD_TOO_LARGE'],
    [
      'an address without end',
      `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      431,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('%s is refused with a code, and the connection ends', async (_what, bytes, status, code) => {
    const { head, body } = await send(bytes);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/content-type: application\/problem\+json/);
    const id = /x-request-id: (\S+)/.exec(head)?.[1];
    expect(JSON.parse(body)).toMatchObject({ status, code, requestId: id });
    expect(head).toMatch(new RegExp(`content-length: ${Buffer.byteLength(body)}\\b`));
  });
});

describe('links', () => {
  const SPOOFED = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'gopher',
    'x-forwarded-for': '203.0.113.7',
    forwarded: 'host=evil.example;proto=gopher',
    origin: 'https://evil.example',
    referer: 'https://evil.example/',
  };
  const QUERY = `{
    editions { url links { url } navigation { url } live { url } }
    edition(code: EN) { articles(first: 5) { nodes { url lead { ... on Image { url renditions { url } } } breadcrumbs { url } } } }
  }`;

  it('begin with PUBLIC_URL whatever a request says of itself, kept or not', async () => {
    for (const query of [QUERY, QUERY, `${QUERY} # again`.replace('first: 5', 'first: 6')]) {
      const response = await app.server.inject({ url: graphqlAddress({ query }), headers: SPOOFED });
      const shown = `${JSON.stringify(response.headers)}${response.body}`;
      expect(shown).not.toMatch(/evil\.example|gopher|203\.0\.113/);
      const { editions, edition } = response.json().data;
      for (const { url } of editions) expect(url).toMatch(/^https:\/\/news\.example\/(en|ar|es)$/);
      const articles: { url: string; lead?: { url?: string } }[] = edition.articles.nodes;
      for (const { url } of articles) expect(url).toMatch(/^https:\/\/news\.example\/en\//);
      const pictures = articles.flatMap(({ lead }) => lead?.url ?? []);
      expect(pictures).not.toEqual([]);
      for (const url of pictures) expect(url).toMatch(/^https:\/\/news\.example\/media\//);
    }
  });

  it('of other hosts are not found to be ours because a request names them', async () => {
    const query = '{ route(url: "https://evil.example/en/news/technology/cable-fault-slows-internet") { status } }';
    const response = await app.server.inject({ url: graphqlAddress({ query }), headers: SPOOFED });
    expect(response.json()).toEqual({ data: { route: null } });
  });
});
