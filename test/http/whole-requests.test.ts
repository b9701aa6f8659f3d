import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWholeRequests } from '../../src/http/whole-requests.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { openConnection } from './raw-connection.ts';

const GET = 'GET /a HTTP/1.1\r\nhost: x\r\n\r\n';
const postOf = (body: string, length = body.length): string =>
  `POST /b HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${body}`;
const BY_PIECE = 'HTTP/1.1 299 By piece\r\ncontent-length: 0\r\n\r\n';

describe('createWholeRequests', () => {
  const wholeRequests = createWholeRequests();
  /** Pieces shown, and those in which requests came, as they were said to. */
  let shown: string[] = [];
  let said: (string | undefined)[] = [];
  let gate: Gate | undefined;
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer((request, response) => {
      wholeRequests.begin(request, response);
      said.push(wholeRequests.pieceOf(request)?.toString());
      void (gate?.pass() ?? Promise.resolve()).then(() => response.end());
      if (request.url === '/b') request.resume();
    });
    wholeRequests.watch(server, (piece, socket) => {
      shown.push(piece.toString());
      return socket.write(BY_PIECE);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    [shown, said, gate] = [[], [], undefined];
  });

  /** The statuses of the answers to `pieces`, each sent when all before it were answered. */
  const ask = async (...pieces: readonly string[]): Promise<readonly number[]> => {
    const connection = await openConnection(port);
    const statuses: number[] = [];
    for (const piece of pieces) {
      connection.write(piece);
      statuses.push((await connection.read()).status);
    }
    connection.socket.destroy();
    return statuses;
  };

  it('leaves the first request of a connection to the parser, and shows what comes after it', async () => {
    expect(await ask(GET, GET, postOf('body'), 'anything at all')).toEqual([200, 299, 299, 299]);
    expect(said).toEqual([GET]);
    expect(shown).toEqual([GET, postOf('body'), 'anything at all']);
  });

  it('shows what comes after a body that came whole', async () => {
    expect(await ask(postOf('body'), GET)).toEqual([200, 299]);
  });

  it('shows nothing while an answer is to come', async () => {
    gate = createGate();
    const connection = await openConnection(port);
    connection.write(GET);
    await gate.reached;
    connection.write(GET);
    // Read by now: another connection of this process was served after it.
    const other = openConnection(port);
    (await other).socket.destroy();
    gate.open();
    expect([(await connection.read()).status, (await connection.read()).status]).toEqual([200, 200]);
    connection.socket.destroy();
    expect(shown).toEqual([]);
  });

  it.each([
    ['is more than one request', GET + GET, 2],
    ['begins with an empty line', `\r\n\r\n${GET}`, 1],
    ['ends with an empty line', `${postOf('body')}\r\n`, 1],
    ['is the beginning of a body', postOf('bo', 4), 1],
    ['has a body in chunks', 'POST /b HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', 1],
  ])('shows nothing of a connection any more on which a piece %s', async (_what, piece, requests) => {
    const connection = await openConnection(port);
    connection.write(piece);
    for (let count = 0; count < requests; count += 1) expect((await connection.read()).status).toBe(200);
    connection.write(GET);
    if (requests === 1 && piece.endsWith('bo')) connection.write('dy');
    connection.socket.end();
    await connection.ended();
    expect(shown).toEqual([]);
  });

  it('says of no request that came in two pieces that one of them is all of it', async () => {
    const connection = await openConnection(port);
    connection.write(GET.slice(0, 20));
    await ask(GET);
    connection.write(GET.slice(20));
    expect((await connection.read()).status).toBe(200);
    expect(said).toEqual([GET, undefined]);
    // Nobody saw where its head ended.
    connection.write(GET);
    expect((await connection.read()).status).toBe(200);
    connection.socket.destroy();
  });

  it('hands nothing of a connection to a parser that was taken from it', async () => {
    const seen: (string | undefined)[] = [];
    const upgrading = createServer((request, response) => {
      seen.push(request.url);
      response.end();
    });
    const requests = createWholeRequests();
    requests.watch(upgrading, () => false);
    upgrading.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
      socket.resume();
    });
    upgrading.listen(0, '127.0.0.1');
    await once(upgrading, 'listening');
    const { port: its } = upgrading.address() as AddressInfo;
    const upgraded = await openConnection(its);
    upgraded.write('GET /up HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
    expect((await upgraded.read()).status).toBe(101);
    // The parser is this one's now.
    const other = await openConnection(its);
    upgraded.write('GET /another-way HTTP/1.1\r\nhost: x\r\n\r\n');
    other.write('GET /own HTTP/1.1\r\nhost: x\r\n\r\n');
    expect((await other.read()).status).toBe(200);
    expect(seen).toEqual(['/own']);
    upgraded.socket.destroy();
    other.socket.destroy();
    upgrading.close();
  });

  it('leaves a connection alone whose bytes nobody can be shown', async () => {
    const bare = createServer();
    createWholeRequests().watch(bare, () => true);
    const heard: unknown[] = [];
    const socket = { listeners: () => [() => undefined, () => undefined], on: (name: unknown) => heard.push(name) };
    bare.removeAllListeners('connection');
    createWholeRequests().watch(bare, () => true);
    bare.emit('connection', socket);
    expect(heard).toEqual([]);
  });
});
