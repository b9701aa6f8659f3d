import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient, OutboundError, type OutboundRequest } from '../../src/outbound/http-client.ts';
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

const failureOf = async (request: OutboundRequest): Promise<OutboundError> => {
  const error = await createHttpClient()
    .send(request)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  if (!(error instanceof OutboundError))
    throw new Error('The request did not fail as an outbound one', { cause: error });
  return error;
};

describe('send', () => {
  it('gives status, headers and body, whatever the status', async () => {
    const { url } = await serve(async (request, response) => {
      response.writeHead(409, {
        'x-was': `${request.method} ${String(request.headers['x-key'])} ${await bodyOf(request)}`,
      });
      response.end('no');
    });
    const answer = await createHttpClient().send({ url, method: 'PUT', headers: { 'x-key': 'k' }, body: 'text' });
    expect(answer.status).toBe(409);
    expect(answer.headers.get('x-was')).toBe('PUT k text');
    expect(answer.body.toString()).toBe('no');
  });

  it('sends user and password of the address as a header, never in the request line', async () => {
    const { host } = await serve((request, response) =>
      response.end(`${request.url} ${request.headers.authorization}`),
    );
    const answer = await createHttpClient().send({ url: `http://me:p%40ss@${host}/purge` });
    expect(answer.body.toString()).toBe(`/purge Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    // No escape, and an address that URL takes all the same.
    const other = await createHttpClient().send({ url: `http://me:100%@${host}/purge` });
    expect(other.body.toString()).toBe(`/purge Basic ${Buffer.from('me:100%').toString('base64')}`);
  });

  it('follows no redirect: credentials stay with whom they were meant for', async () => {
    let visits = 0;
    const other = await serve((_, response) => {
      visits += 1;
      response.end();
    });
    const { url } = await serve((_, response) => response.writeHead(307, { location: other.url }).end());
    expect((await createHttpClient().send({ url, headers: { authorization: 'Bearer secret' } })).status).toBe(307);
    expect(visits).toBe(0);
  });

  it('gives up at the deadline when nothing is answered', async () => {
    const { url } = await serve(() => undefined);
    expect(await failureOf({ url, deadlineMs: 30 })).toMatchObject({ reason: 'deadline' });
  });

  it('gives up at the deadline when an answer never ends', async () => {
    const { url } = await serve((_, response) => void response.write('a'));
    expect(await failureOf({ url, deadlineMs: 50 })).toMatchObject({ reason: 'deadline' });
  });

  it('ends when its caller does not wait any more', async () => {
    const leaving = new AbortController();
    const { url } = await serve(() => leaving.abort());
    expect(await failureOf({ url, signal: leaving.signal })).toMatchObject({ reason: 'aborted' });
  });

  it('reads no more than it was told to', async () => {
    const { url } = await serve((_, response) => response.end('x'.repeat(1_001)));
    expect(await failureOf({ url, limitBytes: 1_000 })).toMatchObject({ reason: 'too-large' });
    expect((await createHttpClient().send({ url, limitBytes: 1_001 })).body).toHaveLength(1_001);
  });

  it('names what the system said when nobody listens', async () => {
    const { url, close } = await startHandServer(() => undefined);
    await close();
    expect(await failureOf({ url })).toMatchObject({ reason: 'unreachable', code: 'ECONNREFUSED' });
  });

  it('says that a connection was cut', async () => {
    const { url } = await serve((request) => request.socket.destroy());
    expect(await failureOf({ url })).toMatchObject({ reason: 'unreachable' });
  });

  it.each([
    ['a password', (host: string) => ({ url: `http://me:s3cret@${host}/` })],
    ['a path', (host: string) => ({ url: `http://${host}/s3cret?key=s3cret` })],
    ['a header that cannot be sent', (host: string) => ({ url: `http://${host}/`, headers: { key: 's3cret\nx' } })],
  ])('tells no secret when it fails: %s', async (_, requestTo) => {
    const { host, close } = await startHandServer(() => undefined);
    await close();
    const error = await failureOf(requestTo(host));
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('s3cret');
    expect(error.message).toContain(host);
  });

  it('refuses an address that is none of http as a mistake of the caller, without repeating it', async () => {
    await expect(createHttpClient().send({ url: 'ftp://me:s3cret@host/' })).rejects.toThrow(
      new TypeError('An outbound request needs an absolute http or https address'),
    );
  });
});
