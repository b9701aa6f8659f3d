import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { graphqlAddress } from './graphql-address.ts';
import { openConnection, sendRaw, writeRequest, type RawRequest } from './raw-connection.ts';
import { countRoutedRequests } from './routed-requests.ts';

const routed = countRoutedRequests();
let app: TestApp;
let port: number;
beforeAll(async () => {
  app = await createTestApp();
  port = Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(async () => {
  routed.stop();
  await app.close();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const postOf = (query: string, headers: Readonly<Record<string, string>> = JSON_TYPE): RawRequest => ({
  method: 'POST',
  path: '/graphql',
  headers,
  body: JSON.stringify({ query }),
});
const getOf = (query: string, headers: Readonly<Record<string, string>> = {}): RawRequest => ({
  method: 'GET',
  path: graphqlAddress({ query }),
  headers,
});

/** A request that was answered before, and stays kept. */
const know = async (request: RawRequest): Promise<string> => {
  await sendRaw(port, request);
  const before = routed.count();
  const { body } = await sendRaw(port, request);
  expect(routed.count()).toBe(before);
  return body.toString();
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** Resolves once the server has read what was written: it answers what came after it on another connection. */
const untilRead = async (): Promise<void> => {
  for (let time = 0; time < 3; time += 1) {
    await sendRaw(port, { method: 'GET', path: '/healthz' });
    await turn();
  }
};

describe('a known request by POST', () => {
  const QUERY = '{ posted: editions { name code url } }';
  let known: string;
  beforeAll(async () => {
    known = await know(postOf(QUERY));
  });

  it('is answered when its body comes after its headers', async () => {
    const connection = await openConnection(port);
    const [head = '', body = ''] = writeRequest(postOf(QUERY)).split('\r\n\r\n');
    connection.write(`${head}\r\n\r\n`);
    await untilRead();
    connection.write(body);
    expect((await connection.read()).body.toString()).toBe(known);
    connection.socket.destroy();
  });

  it('is answered when its body comes in pieces', async () => {
    const connection = await openConnection(port);
    const text = writeRequest(postOf(QUERY));
    const bodyAt = text.indexOf('\r\n\r\n') + 4;
    for (const end of [bodyAt + 1, bodyAt + 20, text.length]) {
      const from = end === bodyAt + 1 ? 0 : end === bodyAt + 20 ? bodyAt + 1 : bodyAt + 20;
      connection.write(text.slice(from, end));
      await untilRead();
    }
    expect((await connection.read()).body.toString()).toBe(known);
    connection.socket.destroy();
  });

  it('is answered when its body comes in chunks', async () => {
    const connection = await openConnection(port);
    const { body = '' } = postOf(QUERY);
    connection.write(writeRequest({ ...postOf(QUERY, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }), body: '' }));
    connection.write(`5\r\n${body.slice(0, 5)}\r\n${(body.length - 5).toString(16)}\r\n${body.slice(5)}\r\n0\r\n\r\n`);
    expect((await connection.read()).body.toString()).toBe(known);
    connection.socket.destroy();
  });

  it('is answered to one who asks first whether to send it', async () => {
    const connection = await openConnection(port);
    const [head = '', body = ''] = writeRequest(postOf(QUERY, { ...JSON_TYPE, expect: '100-continue' })).split(
      '\r\n\r\n',
    );
    connection.write(`${head}\r\n\r\n`);
    expect((await connection.read()).status).toBe(100);
    connection.write(body);
    expect((await connection.read()).body.toString()).toBe(known);
    connection.socket.destroy();
  });

  it('that never comes whole harms nobody', async () => {
    const connection = await openConnection(port);
    connection.write(writeRequest(postOf(QUERY)).slice(0, -3));
    await untilRead();
    connection.socket.destroy();
    await untilRead();
    expect(await know(postOf(QUERY))).toBe(known);
  });

  it('is another request with another byte', async () => {
    const { body = '' } = postOf(QUERY);
    for (const other of [` ${body}`, `${body} `, body.replace('posted', 'Posted')]) {
      const before = routed.count();
      const answer = await sendRaw(port, { ...postOf(QUERY), body: other });
      expect(routed.count()).toBe(before + 1);
      expect(answer.body.toString()).toBe(other.includes('Posted') ? known.replace('posted', 'Posted') : known);
    }
  });

  it.each([
    ['another letter in its type', { 'content-type': 'Application/JSON' }],
    ['a type with its letters', { 'content-type': 'application/json; charset="utf-8"' }],
    ["a site's own credentials", { ...JSON_TYPE, authorization: 'Basic x' }],
  ])('goes the whole way with %s', async (_what, headers) => {
    const before = routed.count();
    expect((await sendRaw(port, postOf(QUERY, headers))).body.toString()).toBe(known);
    expect(routed.count()).toBe(before + 1);
  });

  it.each([
    ['credentials', { ...JSON_TYPE, authorization: 'Bearer x' }],
    ['a key', { ...JSON_TYPE, 'x-api-key': 'x' }],
  ])('goes the whole way with %s, and is not given what is kept for everybody', async (_what, headers) => {
    const before = routed.count();
    const answer = await sendRaw(port, postOf(QUERY, headers));
    expect(answer.status).toBe(401);
    expect(answer.body.toString()).not.toContain('data');
    expect(routed.count()).toBe(before + 1);
  });

  it.each([
    ['of another type', { 'content-type': 'text/plain' }, 415],
    ['packed', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415],
    ['in a form nobody offers', { ...JSON_TYPE, accept: 'text/html' }, 406],
  ])('is refused when it is %s', async (_what, headers, status) => {
    expect((await sendRaw(port, postOf(QUERY, headers))).status).toBe(status);
  });

  it('is read to its last byte when it is too large to be known', async () => {
    const query = `{ large: editions { name } } # ${'x'.repeat(70 * 1024)}`;
    const one = await sendRaw(port, postOf(query));
    const other = await sendRaw(port, postOf(query));
    expect([one.status, other.status, other.body.toString()]).toEqual([200, 200, one.body.toString()]);
  });
});

describe('a connection', () => {
  const GET = getOf('{ first: editions { name } }');
  const POST = postOf('{ second: editions { code } }');
  const UNKNOWN = getOf('mutation { nothing }');
  let [first, second] = ['', ''];
  beforeAll(async () => {
    [first, second] = [await know(GET), await know(POST)];
  });

  it('carries one known request after the other', async () => {
    const connection = await openConnection(port);
    for (let time = 0; time < 5; time += 1) {
      for (const [request, body] of [
        [GET, first],
        [POST, second],
      ] as const) {
        connection.write(writeRequest(request));
        const answer = await connection.read();
        expect(answer.body.toString()).toBe(body);
        expect(answer.headers['connection']).toEqual(['keep-alive']);
      }
    }
    connection.socket.destroy();
  });

  it('answers in the order of the requests, however many are sent at once', async () => {
    const connection = await openConnection(port);
    const fresh = (count: number): RawRequest => getOf(`{ edition(code: EN) { n${count}: name } }`);
    const requests = [
      GET,
      POST,
      fresh(1),
      GET,
      POST,
      POST,
      UNKNOWN,
      fresh(2),
      GET,
      { method: 'HEAD', path: GET.path },
      POST,
    ];
    connection.write(requests.map(writeRequest).join(''));
    const answers = [];
    for (const { method } of requests) answers.push(await connection.read(method));
    expect(answers.map(({ status, body }) => [status, body.toString().slice(0, 20)])).toEqual([
      ...[first, second].map((body) => [200, body.slice(0, 20)]),
      [200, '{"data":{"edition":{'],
      ...[first, second, second].map((body) => [200, body.slice(0, 20)]),
      [200, expect.stringMatching(/^{"errors"/)],
      [200, '{"data":{"edition":{'],
      [200, first.slice(0, 20)],
      [200, ''],
      [200, second.slice(0, 20)],
    ]);
    connection.socket.destroy();
  });

  it('ends after the answer when the client says so', async () => {
    for (const request of [GET, POST]) {
      const connection = await openConnection(port);
      connection.write(writeRequest({ ...request, headers: { ...request.headers, connection: 'close' } }));
      const answer = await connection.read();
      expect([answer.status, answer.headers['connection']]).toEqual([200, ['close']]);
      expect(await connection.ended()).toBe('');
    }
  });

  it('of HTTP/1.0 is answered as it can read it', async () => {
    const connection = await openConnection(port);
    const before = routed.count();
    connection.write(`GET ${GET.path} HTTP/1.0\r\n\r\n`);
    const answer = await connection.read();
    expect([answer.body.toString(), answer.headers['transfer-encoding']]).toEqual([first, undefined]);
    expect(await connection.ended()).toBe('');
    expect(routed.count()).toBe(before);
  });

  it('takes an answer that its reader is slow to take', async () => {
    const request = getOf('{ a: edition(code: EN) { articles(first: 50) { nodes { body { html } } } } }');
    const whole = await know(request);
    const connection = await openConnection(port);
    connection.socket.pause();
    for (let time = 0; time < 40; time += 1) connection.write(writeRequest(request));
    await untilRead();
    connection.socket.resume();
    for (let time = 0; time < 40; time += 1) expect((await connection.read()).body.toString()).toBe(whole);
    connection.socket.destroy();
  });
});

describe('other methods', () => {
  it('get no answer of GET', async () => {
    const { path } = getOf('{ third: editions { name } }');
    await know({ method: 'GET', path });
    const head = await sendRaw(port, { method: 'HEAD', path });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    for (const method of ['PUT', 'DELETE']) expect((await sendRaw(port, { method, path })).status).toBe(405);
    expect((await sendRaw(port, { method: 'OPTIONS', path })).status).not.toBe(200);
  });
});
