import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A server that says back what it hears, and a proxy in front of it. */
const setUp = async (): Promise<{ readonly proxy: TcpProxy; readonly heard: () => string }> => {
  let heard = '';
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      heard += piece.toString();
      socket.write(piece);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const proxy = await startTcpProxy(`redis://:secret@127.0.0.1:${port}/2`);
  onTestFinished(async () => {
    await proxy.close();
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { proxy, heard: () => heard };
};

const call = async ({
  port,
}: TcpProxy): Promise<{ readonly socket: Socket; readonly says: (text: string) => Promise<string> }> => {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return {
    socket,
    says: async (text) => {
      const answer = once(socket, 'data');
      socket.write(text);
      return String((await answer)[0]);
    },
  };
};

/** The end of a connection, however it comes. */
const closing = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.on('close', resolve));

describe('startTcpProxy', () => {
  it('leads to the server under its own credentials', async () => {
    const { proxy } = await setUp();
    expect(proxy.url).toBe(`redis://:secret@127.0.0.1:${proxy.port}/2`);
    expect(await (await call(proxy)).says('hello')).toBe('hello');
    expect(proxy.answered()).toBe(5);
  });

  it('carries more than a socket holds, byte for byte', async () => {
    const { proxy } = await setUp();
    const { socket } = await call(proxy);
    const sent = Buffer.alloc(4_000_000, 'abcdefg');
    const pieces: Buffer[] = [];
    const whole = new Promise<void>((resolve) => {
      socket.on('data', (piece: Buffer) => {
        pieces.push(piece);
        if (pieces.reduce((bytes, { length }) => bytes + length, 0) === sent.length) resolve();
      });
    });
    socket.write(sent);
    await whole;
    expect(Buffer.concat(pieces).equals(sent)).toBe(true);
  });

  it('holds everything while it hangs, on new connections too, and lets it through afterwards', async () => {
    const { proxy, heard } = await setUp();
    const before = await call(proxy);
    await before.says('a');
    await proxy.hang();
    const answers = [before.says('b'), (await call(proxy)).says('c')];
    // Another round trip beside it would have overtaken what is held.
    const other = await setUp();
    await (await call(other.proxy)).says('x');
    expect(heard()).toBe('a');
    await proxy.pass();
    expect(await Promise.all(answers)).toEqual(['b', 'c']);
  });

  it('delays answers', async () => {
    const { proxy } = await setUp();
    const { says } = await call(proxy);
    await proxy.slow(50);
    const began = performance.now();
    expect(await says('late')).toBe('late');
    expect(performance.now() - began).toBeGreaterThanOrEqual(50);
  });

  it('distorts what comes back, each connection by itself, until told otherwise', async () => {
    const { proxy, heard } = await setUp();
    const [one, other] = [await call(proxy), await call(proxy)];
    await one.says('a');
    await proxy.distort(() => {
      let seen = 0;
      return (piece) => ({ bytes: Buffer.from(`${piece.toString().toUpperCase()}${(seen += 1)}`) });
    });
    expect([await one.says('b'), await one.says('c'), await other.says('d')]).toEqual(['B1', 'C2', 'D1']);
    expect(await (await call(proxy)).says('e')).toBe('E1');
    await proxy.pass();
    expect([await one.says('f'), heard()]).toEqual(['f', 'abcdef']);
  });

  it('closes a connection after the last of what it is told to give', async () => {
    const { proxy } = await setUp();
    const { socket, says } = await call(proxy);
    await says('a');
    await proxy.distort(() => (piece) => ({ bytes: piece.subarray(0, 2), isLast: true }));
    const closed = closing(socket);
    expect(await says('whole')).toBe('wh');
    await closed;
    await proxy.pass();
    expect(await (await call(proxy)).says('again')).toBe('again');
  });

  it('breaks open connections and takes new ones when cut', async () => {
    const { proxy } = await setUp();
    const { socket } = await call(proxy);
    const closed = closing(socket);
    proxy.cut();
    await closed;
    expect(await (await call(proxy)).says('again')).toBe('again');
  });

  it('refuses connections, and takes them again on the same port', async () => {
    const { proxy } = await setUp();
    const { socket } = await call(proxy);
    const closed = closing(socket);
    await proxy.refuse();
    await closed;
    await expect(call(proxy)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.pass();
    expect(await (await call(proxy)).says('back')).toBe('back');
  });
});
