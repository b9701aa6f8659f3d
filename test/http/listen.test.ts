import fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../../src/http/listen.ts';

/** A server that is told so many times that somebody else listens there. */
const createServer = (taken: number) => {
  const server = fastify();
  onTestFinished(() => server.close());
  const really = server.listen.bind(server);
  let asked = 0;
  server.listen = async (options: object) => {
    asked += 1;
    if (asked <= taken) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
    return really(options);
  };
  return { server, asked: () => asked };
};

it('takes another port when any will do', async () => {
  const { server, asked } = createServer(2);
  expect(await listen(server, 0, '127.0.0.1')).toBeGreaterThan(0);
  expect(asked()).toBe(3);
});

it('gives up where every one is taken, and at once where one was named', async () => {
  for (const [port, times] of [
    [0, 5],
    [4_000, 1],
  ] as const) {
    const { server, asked } = createServer(Infinity);
    await expect(listen(server, port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(asked()).toBe(times);
  }
});

it('may be asked again by Fastify itself', async () => {
  const first = fastify();
  const second = fastify();
  onTestFinished(async () => void (await Promise.all([first.close(), second.close()])));
  const port = await listen(first, 0, '127.0.0.1');
  await expect(listen(second, port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await listen(second, 0, '127.0.0.1')).not.toBe(port);
});
