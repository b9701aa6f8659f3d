import { connect } from 'node:net';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { finishHandlers } from '../../src/http/finish-handlers.ts';
import { createGate } from '../support/gate.ts';

describe('finishHandlers', () => {
  it('has a server wait for the handler of a request whose client went away', async () => {
    const gate = createGate();
    const ended: string[] = [];
    const app = fastify();
    finishHandlers(app, 60_000);
    app.get('/', async () => {
      await gate.pass();
      ended.push('handler');
      return 'late';
    });
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await gate.reached;
    const away = new Promise((resolve) => app.server.once('close', resolve));
    socket.destroy();
    const closed = app.close().then(() => ended.push('server'));
    await away;
    // More turns than an end takes that waits for nothing.
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
    gate.open();
    await closed;
    expect(ended).toEqual(['handler', 'server']);
  });

  it('hands on what a handler gives that makes no promise, and what one throws', async () => {
    const app = fastify();
    finishHandlers(app, 60_000);
    app.get('/sent', (_request, reply) => void reply.send('sent'));
    app.get('/failed', async () => {
      throw new Error('no');
    });
    expect((await app.inject('/sent')).body).toBe('sent');
    expect((await app.inject('/failed')).statusCode).toBe(500);
    await app.close();
  });
});
