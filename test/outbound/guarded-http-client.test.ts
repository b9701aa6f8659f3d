import type { lookup as lookUp, LookupAddress } from 'node:dns';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createAddressGuard } from '../../src/outbound/address-guard.ts';
import { createGuardedHttpClient, type GuardedHttpClientOptions } from '../../src/outbound/guarded-http-client.ts';
import { OutboundError, type OutboundRequest } from '../../src/outbound/http-client.ts';
import { bodyOf, startHandServer, type Answering, type HandServer } from './hand-server.ts';

let servers: HandServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});
const serve = async (answering: Answering): Promise<HandServer> => {
  const server = await startHandServer(answering);
  servers.push(server);
  return server;
};

const loopback = createAddressGuard([{ address: '127.0.0.1', prefix: 32, family: 'ipv4' }]);
/** A resolver that gives its answers in turn, the last one for ever. */
const resolving = (...answers: readonly (readonly string[])[]): { lookup: typeof lookUp; asked: string[] } => {
  const asked: string[] = [];
  const lookup = (name: string, _: unknown, callback: (error: null, found: LookupAddress[]) => void): void => {
    const found = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(name);
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookup: lookup as unknown as typeof lookUp, asked };
};
const failureOf = async (
  request: OutboundRequest,
  options: Partial<GuardedHttpClientOptions> = {},
): Promise<OutboundError> => {
  const error = await createGuardedHttpClient({ guard: createAddressGuard(), ...options })
    .send(request)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  if (!(error instanceof OutboundError)) throw new Error('It did not fail as an outbound request', { cause: error });
  return error;
};

describe('send, guarded', () => {
  it('gives status, headers and body where the network is allowed', async () => {
    const { url } = await serve(async (request, response) => {
      response.writeHead(202, {
        'x-was': `${request.method} ${String(request.headers['x-key'])} ${await bodyOf(request)}`,
      });
      response.end('thanks');
    });
    const answer = await createGuardedHttpClient({ guard: loopback }).send({
      url: `${url}/hook?of=us`,
      method: 'POST',
      headers: { 'x-key': 'k' },
      body: 'text',
    });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('x-was')).toBe('POST k text');
    expect(answer.body.toString()).toBe('thanks');
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '0',
    '169.254.169.254',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
  ])('opens no connection to the literal %s, whatever notation it has', async (host) => {
    for (const scheme of ['http', 'https'])
      expect(await failureOf({ url: `${scheme}://${host}:9/` })).toMatchObject({ reason: 'refused' });
  });

  it('refuses a name of which every address is refused, localhost among them', async () => {
    expect(await failureOf({ url: 'https://localhost:9/' })).toMatchObject({ reason: 'refused' });
    const { lookup } = resolving(['10.0.0.1', '::1']);
    expect(await failureOf({ url: 'https://hook.example/' }, { lookup })).toMatchObject({ reason: 'refused' });
  });

  it('connects to what it looked at: a name that leads elsewhere a moment later is not looked up again', async () => {
    let visits = 0;
    const { host } = await serve((_, response) => {
      visits += 1;
      response.end();
    });
    const port = host.split(':')[1];
    // First an address that may be reached, and that nobody answers at; then our own.
    const rebinding = resolving(['127.0.0.2'], ['127.0.0.1']);
    const guard = createAddressGuard([{ address: '127.0.0.2', prefix: 32, family: 'ipv4' }]);
    const options = { guard, lookup: rebinding.lookup };
    expect(await failureOf({ url: `http://hook.example:${port}/` }, options)).toMatchObject({ reason: 'unreachable' });
    expect(rebinding.asked).toEqual(['hook.example']);
    expect(await failureOf({ url: `http://hook.example:${port}/` }, options)).toMatchObject({ reason: 'refused' });
    expect(visits).toBe(0);
  });

  it('leaves out of several addresses those that are refused', async () => {
    const { host } = await serve((_, response) => response.end('here'));
    const { lookup } = resolving(['::1', '10.0.0.1', '127.0.0.1']);
    const client = createGuardedHttpClient({ guard: loopback, lookup });
    expect((await client.send({ url: `http://hook.example:${host.split(':')[1]}/` })).body.toString()).toBe('here');
  });

  it('speaks to nobody without TLS but where the network is allowed', async () => {
    const { lookup } = resolving(['8.8.8.8']);
    expect(await failureOf({ url: 'http://hook.example/' }, { lookup })).toMatchObject({ reason: 'refused' });
  });

  it('follows no redirect', async () => {
    let visits = 0;
    const inside = await serve(() => (visits += 1));
    const { url } = await serve((_, response) => response.writeHead(307, { location: inside.url }).end());
    expect((await createGuardedHttpClient({ guard: loopback }).send({ url })).status).toBe(307);
    expect(visits).toBe(0);
  });

  it('gives up at the deadline when nothing is answered, and when its caller does not wait', async () => {
    const leaving = new AbortController();
    const { url } = await serve(({ url: path }) => {
      if (path === '/leave') leaving.abort();
    });
    expect(await failureOf({ url, deadlineMs: 30 }, { guard: loopback })).toMatchObject({ reason: 'deadline' });
    const request = { url: `${url}/leave`, signal: leaving.signal };
    expect(await failureOf(request, { guard: loopback })).toMatchObject({ reason: 'aborted' });
  });

  it('keeps the answer when its body is too long, never ends or breaks off', async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(200);
      if (request.url === '/long') response.end('x'.repeat(1_000_000));
      else if (request.url === '/broken') response.write('short', () => request.socket.destroy());
      else response.write('short');
    });
    const client = createGuardedHttpClient({ guard: loopback, limitBytes: 10, deadlineMs: 2_000 });
    for (const [path, kept] of [
      ['/long', 'x'.repeat(10)],
      ['/endless', 'short'],
      ['/broken', 'short'],
    ]) {
      const { status, body } = await client.send({ url: `${url}${path}` });
      expect([path, status, body.toString()]).toEqual([path, 200, kept]);
    }
  });

  it('says when a server speaks no HTTP, or turns to another protocol', async () => {
    const server = createServer((socket) => socket.end('220 mail.example ready\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(await failureOf({ url: `http://127.0.0.1:${port}` }, { guard: loopback })).toMatchObject({
      reason: 'unreachable',
    });
    server.close();
    const turning = await serve((request) =>
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: smtp\r\n\r\n'),
    );
    expect(await failureOf({ url: turning.url }, { guard: loopback })).toMatchObject({ reason: 'unreachable' });
  });

  it('names the server and nothing else of the address when it fails', async () => {
    const { message } = await failureOf({ url: 'https://me:s3cret@127.0.0.1:9/hook?token=t0ken' });
    expect(message).toBe('127.0.0.1:9 is no address that may be reached');
  });
});
