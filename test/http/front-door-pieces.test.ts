import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { graphqlAddress } from './graphql-address.ts';
import { openConnection, sendRaw, writeRequest, type RawConnection, type RawRequest } from './raw-connection.ts';
import { countParsedRequests } from './routed-requests.ts';

const parsed = countParsedRequests();
let app: TestApp;
let port: number;
beforeAll(async () => {
  // Nobody behind the door wants to see one.
  app = await createTestApp({ clock: createWoundClock(Date.UTC(2026, 5, 1, 12)), variables: { PROBE_SECONDS: '0' } });
  port = Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(async () => {
  parsed.stop();
  await app.close();
});

const GET: RawRequest = { method: 'GET', path: graphqlAddress({ query: '{ edition(code: AR) { name } }' }) };
const OTHER: RawRequest = { method: 'GET', path: graphqlAddress({ query: '{ edition(code: ES) { name } }' }) };
const POST: RawRequest = {
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ edition(code: EN) { name } }' }),
};

const bodies = new Map<RawRequest, string>();
beforeAll(async () => {
  // Answered, kept, learnt, and its head written.
  for (const request of [GET, OTHER, POST])
    for (let count = 0; count < 3; count += 1) bodies.set(request, (await sendRaw(port, request)).body.toString());
});

let connection: RawConnection;
/** How many requests the parser has read since the connection was at home. */
let countParsed: () => number;
beforeEach(async () => {
  connection = await openConnection(port);
  // The first of a connection is the parser's.
  connection.write(writeRequest(GET));
  await connection.read();
  const before = parsed.count();
  countParsed = () => parsed.count() - before;
});
afterEach(() => void connection.socket.destroy());

const read = async (): Promise<string> => (await connection.read()).body.toString();

describe('what comes between two requests of a connection', () => {
  it('is answered by its bytes when it is a request known by them', async () => {
    for (const request of [GET, OTHER, POST, GET, POST]) {
      connection.write(writeRequest(request));
      expect(await read()).toBe(bodies.get(request));
    }
    expect(countParsed()).toBe(0);
  });

  it('is parsed when its head is a new one, and no longer once it has been', async () => {
    const request = { ...GET, headers: { 'user-agent': 'reader/1' } };
    for (const count of [1, 1, 1]) {
      connection.write(writeRequest(request));
      expect(await read()).toBe(bodies.get(GET));
      expect(countParsed()).toBe(count);
    }
  });

  it('bears its own id', async () => {
    for (const id of ['edge-1', 'edge-2', 'edge-1']) {
      connection.write(writeRequest({ ...GET, headers: { 'x-request-id': id } }));
      expect((await connection.read()).headers['x-request-id']).toEqual([id]);
    }
    expect(countParsed()).toBe(2);
  });

  it.each([
    ['credentials', { authorization: 'Bearer x' }],
    ['a key', { 'x-api-key': 'x' }],
    ['a range', { range: 'bytes=0-1' }],
  ])('is parsed every time when it comes with %s', async (_what, headers) => {
    for (const count of [1, 2, 3]) {
      connection.write(writeRequest({ ...GET, headers }));
      await connection.read();
      expect(countParsed()).toBe(count);
    }
  });

  it.each(['close', 'Close', 'keep-alive, close'])(
    'is parsed every time when it ends the connection: %s',
    async (value) => {
      for (const count of [1, 2, 3]) {
        const other = await openConnection(port);
        for (const headers of [{}, { connection: value }]) {
          other.write(writeRequest({ ...GET, headers }));
          expect((await other.read()).headers['connection']).toEqual([
            'connection' in headers ? 'close' : 'keep-alive',
          ]);
        }
        await other.ended();
        expect(countParsed()).toBe(2 * count);
      }
    },
  );

  it('says that its connection stays open, whatever was sent to a client of an older HTTP', async () => {
    const fresh = { ...GET, path: graphqlAddress({ query: '{ old: edition(code: AR) { name } }' }) };
    await sendRaw(port, fresh);
    const old = await openConnection(port);
    const asked = writeRequest({ ...fresh, headers: { connection: 'keep-alive', 'if-none-match': '*' } });
    old.write(asked.replace('HTTP/1.1', 'HTTP/1.0'));
    expect(await old.read()).toMatchObject({ status: 304, headers: { connection: ['close'] } });
    old.socket.destroy();
    for (const count of [1, 2, 3]) {
      connection.write(writeRequest(GET));
      expect((await connection.read()).headers['connection'], `answer ${count}`).toEqual(['keep-alive']);
    }
  });

  it.each([GET, POST])('is parsed when it is a part of a request: $method', async (request) => {
    const text = writeRequest(request);
    for (const at of [2, 30, text.length - 3]) {
      connection.write(text.slice(0, at));
      await app.server.inject('/healthz');
      connection.write(text.slice(at));
      expect(await read()).toBe(bodies.get(request));
    }
  });

  it('is parsed when it is more than one request, and everything after it', async () => {
    connection.write(writeRequest(GET) + writeRequest(POST) + writeRequest(OTHER));
    expect([await read(), await read(), await read()]).toEqual([GET, POST, OTHER].map((one) => bodies.get(one)));
    connection.write(writeRequest(GET));
    expect(await read()).toBe(bodies.get(GET));
    expect(countParsed()).toBe(4);
  });
});

/** Whoever could have a piece of a request taken for one of its own could put words into others' mouths. */
describe('a piece that only looks like a request', () => {
  const known = writeRequest(GET);
  const statusesOf = (text: string): readonly string[] => text.match(/HTTP\/1\.1 \d+/g) ?? [];

  it('is the body of the request it belongs to', async () => {
    connection.write(
      writeRequest({
        ...POST,
        path: '/nowhere',
        headers: { 'content-length': String(known.length) },
        body: '',
      }).replace('content-length: 0\r\n', ''),
    );
    expect((await connection.read()).status).toBe(404);
    connection.write(known);
    connection.write(writeRequest({ ...GET, path: '/healthz', headers: { connection: 'close' } }));
    expect(statusesOf(await connection.ended())).toEqual(['HTTP/1.1 200']);
  });

  it('is a chunk of the body it belongs to', async () => {
    connection.write('POST /nowhere HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
    expect((await connection.read()).status).toBe(404);
    connection.write(known);
    expect(statusesOf(await connection.ended())).not.toContain('HTTP/1.1 200');
  });

  it('is a field of the head it goes on with', async () => {
    connection.write('GET /nowhere HTTP/1.1\r\nhost: x\r\nx-part: ');
    await sendRaw(port, { method: 'GET', path: '/healthz' });
    connection.write(known);
    expect((await connection.read()).status).toBe(404);
  });

  it('is what is left of a request behind another', async () => {
    connection.write(`${writeRequest(OTHER)}POST /nowhere HTTP/1.1\r\nhost: x\r\ncontent-length: ${known.length}\r\n`);
    expect(await read()).toBe(bodies.get(OTHER));
    connection.write('\r\n');
    expect((await connection.read()).status).toBe(404);
    connection.write(known);
    connection.write(writeRequest({ method: 'GET', path: '/healthz', headers: { connection: 'close' } }));
    expect(statusesOf(await connection.ended())).toEqual(['HTTP/1.1 200']);
  });
});
