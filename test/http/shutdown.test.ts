import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { graphqlAddress } from './graphql-address.ts';

interface Held {
  readonly app: TestApp;
  readonly port: number;
  /** Where every question about sections waits. */
  readonly gate: Gate;
}

let held: Held | undefined;
afterEach(async () => {
  held?.gate.open();
  await held?.app.close();
});

const start = async (shutdownSeconds: number): Promise<Held> => {
  const gate = createGate();
  let stores: Stores;
  const app = await createTestApp({
    isEmpty: true,
    variables: { SHUTDOWN_SECONDS: String(shutdownSeconds) },
    swap: {
      storesOf: () => ({
        ...stores,
        taxonomy: {
          ...stores.taxonomy,
          sections: async (editions) => {
            await gate.pass();
            return stores.taxonomy.sections(editions);
          },
        },
      }),
    },
  });
  stores = createPostgresStores(app.database);
  const port = Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port);
  held = { app, port, gate };
  return held;
};

const HELD = graphqlAddress({ query: '{ edition(code: EN) { sections { name } } }' });
const requestOf = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Request-Id: 1\r\n\r\n`;

/** A connection that stays open for further requests, as browsers and proxies hold them. */
const open = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
};

/** What became of one more connection. */
const tryToOpen = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve('open'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'));
    socket.once('close', () => socket.destroy());
  });

describe('close', () => {
  it('finishes an open request, takes no new connection, and lets go of those that stand idle', async () => {
    const { app, port, gate } = await start(60);
    const idle = await open(port);
    const socket = await open(port);
    socket.write(requestOf(HELD));
    await gate.reached;
    const idleEnded = text(idle);
    const received = text(socket);
    const closed = app.close();
    expect(await idleEnded).toBe('');
    expect(await tryToOpen(port)).toBe('ECONNREFUSED');
    gate.open();
    const answer = await received;
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(answer).toContain('{"data":{"edition":{"sections":[]}}}');
    // Not only once the bound is reached: the connection would have stayed open for another request.
    await closed;
  });

  it.each([
    ['/readyz', 503, '{"status":"draining"}'],
    ['/healthz', 200, '{"status":"ok"}'],
    [graphqlAddress({ query: '{ editions { code } }' }), 503, '{"errors":[{"message":"The gateway is stopping'],
    ['/nowhere', 503, '"code":"INTERNAL","detail":"The gateway is stopping'],
  ])('answers what comes after it over a connection in use: %s by %i', async (path, status, content) => {
    const { app, port, gate } = await start(60);
    const socket = await open(port);
    socket.write(requestOf(HELD));
    await gate.reached;
    const received = text(socket);
    const closed = app.close();
    const arrived = new Promise((resolve) => app.server.server.once('request', resolve));
    socket.write(requestOf(path));
    await arrived;
    gate.open();
    await closed;
    const [first, second, ...rest] = (await received).split(/(?=HTTP\/1\.1 )/);
    expect(first).toMatch(/^HTTP\/1\.1 200 /);
    expect(second).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(second).toMatch(/\r\nconnection: close\r\n/i);
    expect(second).toContain(content);
    expect(second?.includes('\r\nretry-after: 1\r\n')).toBe(!path.endsWith('z'));
    expect(rest).toEqual([]);
  });

  // Two for the handler, and one for the operation.
  it('waits three seconds for what a client that went away had asked for, no longer', async () => {
    const { app, port, gate } = await start(60);
    const socket = await open(port);
    socket.write(requestOf(HELD));
    await gate.reached;
    socket.destroy();
    const began = performance.now();
    await app.close();
    const taken = performance.now() - began;
    expect(taken).toBeGreaterThan(2_900);
    expect(taken).toBeLessThan(20_000);
  });

  it('ends what hangs for ever, SHUTDOWN_SECONDS and three more after it was asked to', async () => {
    const { app, port, gate } = await start(1);
    const socket = await open(port);
    socket.write(requestOf(HELD));
    // One that never sends its request to the end hangs too.
    const half = await open(port);
    half.write('GET /graphql HTTP/1.1\r\nHost: x\r\n');
    await gate.reached;
    const received = Promise.all([text(socket).catch(() => 'reset'), text(half).catch(() => 'reset')]);
    const began = performance.now();
    await app.close();
    const taken = performance.now() - began;
    expect(taken).toBeGreaterThan(3_900);
    expect(taken).toBeLessThan(9_000);
    for (const answer of await received) expect(answer).not.toContain('200');
  });
});
