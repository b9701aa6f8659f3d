import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createWrittenHeads, type WrittenHead } from '../../src/http/written-heads.ts';
import { createWoundClock } from '../support/wound-clock.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** What a client reads that sends as many requests on one connection as there are `answers`, the last to close it. */
const askInTurn = async (answers: readonly ((response: ServerResponse) => void)[]): Promise<readonly string[]> => {
  const waiting = [...answers];
  server = createServer((_request, response) => {
    waiting.shift()?.(response);
    response.end('body');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n'.repeat(answers.length - 1));
  socket.end('GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n');
  return (await text(socket)).split(/(?=HTTP\/1\.1)/);
};

/** What is answered next. */
const left: ((response: ServerResponse) => void)[] = [];

const HEADERS = ['x-request-id', '1', 'content-length', '4', 'etag', '"1"'];
const hideDate = (answer: string | undefined): string | undefined => answer?.replace(/Date: .*/, 'Date');

describe('createWrittenHeads', () => {
  it('writes what Node wrote, under another id', async () => {
    const heads = createWrittenHeads(createWoundClock(Date.UTC(2026, 5, 1, 12)));
    let written: WrittenHead | undefined;
    let isRepeated = false;
    const [first, second] = await askInTurn([
      (response) => {
        response.writeHead(200, HEADERS);
        written = heads.read(response);
      },
      (response) => {
        isRepeated = written !== undefined && heads.repeat(response, 200, written, 'the-second');
      },
      (response) => response.writeHead(200, HEADERS),
    ]);
    expect(isRepeated).toBe(true);
    expect(second).toMatch(/^Date: \w{3}, /m);
    expect(hideDate(second)).toBe(hideDate(first)?.replace('id: 1', 'id: the-second'));
  });
  it('tells the date of the second in which it writes', async () => {
    const clock = createWoundClock(Date.UTC(2026, 5, 1, 12, 0, 0, 999));
    const heads = createWrittenHeads(clock);
    const [, second, third] = await askInTurn([
      (response) => {
        response.writeHead(200, HEADERS);
        const written = heads.read(response);
        for (const id of ['the-second', 'the-third'])
          left.push((next) => {
            clock.wind(1);
            expect(written !== undefined && heads.repeat(next, 200, written, id)).toBe(true);
          });
      },
      (response) => left.shift()?.(response),
      (response) => left.shift()?.(response),
      (response) => response.writeHead(200, HEADERS),
    ]);
    expect(second).toContain('Date: Mon, 01 Jun 2026 12:00:01 GMT\r\n');
    expect(hideDate(third)).toBe(hideDate(second)?.replace('the-second', 'the-third'));
  });
  it('writes as Node does', async () => {
    const heads = createWrittenHeads(createWoundClock(0));
    const seen: unknown[] = [];
    await askInTurn([
      (response) => {
        response.writeHead(200, HEADERS);
        seen.push(heads.read(response), heads.write(200, HEADERS));
      },
      (response) => response.writeHead(200, HEADERS),
    ]);
    expect(seen[0]).toEqual({ untilId: expect.any(String), afterId: expect.any(String) });
    expect(seen[1]).toEqual(seen[0]);
  });
  it('repeats nothing before Node has said how a head ends', () => {
    const heads = createWrittenHeads(createWoundClock(0));
    expect(heads.again(heads.write(200, HEADERS), 'id')).toBeUndefined();
  });
  it('reads nothing from a head that has no id of a request', async () => {
    const heads = createWrittenHeads(createWoundClock(0));
    let written: WrittenHead | undefined;
    await askInTurn([
      (response) => {
        response.writeHead(200, ['content-length', '4']);
        written = heads.read(response);
      },
    ]);
    expect(written).toBeUndefined();
  });
});
