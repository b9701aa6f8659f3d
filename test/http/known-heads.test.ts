import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createKnownHeads, type KnownHeads } from '../../src/http/known-heads.ts';

const get = (address: string, ...fields: readonly string[]): Buffer =>
  Buffer.from([`GET ${address} HTTP/1.1`, 'host: x', ...fields, '', ''].join('\r\n'));
const post = (body: string, length = Buffer.byteLength(body)): Buffer =>
  Buffer.from(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
  );

/** As the parser has it. */
const parsed = (piece: Buffer): IncomingMessage => {
  const [line = '', ...fields] = (piece.toString().split('\r\n\r\n')[0] ?? '').split('\r\n');
  const [method, url] = line.split(' ');
  const headers = Object.fromEntries(fields.map((field) => field.split(': ')));
  return { method, url, headers } as IncomingMessage;
};
const learnt = (...pieces: readonly Buffer[]): KnownHeads => {
  const heads = createKnownHeads();
  for (const piece of pieces) heads.learn(piece, parsed(piece));
  return heads;
};

const ADDRESS = '/graphql?query=%7Ba%7D';

describe('createKnownHeads', () => {
  it('reads a request under a head it knows, whatever is asked', () => {
    const heads = learnt(get(ADDRESS, 'accept: */*'), post('{"query":"{a}"}'));
    expect(heads.read(get('/graphql?query=%7Bother%7D', 'accept: */*'))).toEqual({
      method: 'GET',
      headers: { host: 'x', accept: '*/*' },
      bytes: '/graphql?query=%7Bother%7D',
    });
    expect(heads.read(post('{"query":"{b}"}'))).toMatchObject({
      method: 'POST',
      headers: { host: 'x', 'content-length': '15' },
      bytes: Buffer.from('{"query":"{b}"}'),
    });
  });

  it('reads a head without fields', () => {
    const bare = Buffer.from(`GET ${ADDRESS} HTTP/1.1\r\n\r\n`);
    expect(learnt(bare).read(bare)).toMatchObject({ bytes: ADDRESS });
  });

  it.each([
    ['another head', get(ADDRESS, 'accept: text/html')],
    ['another spelling of its head', get(ADDRESS, 'Accept: */*')],
    ['another version', Buffer.from(get(ADDRESS, 'accept: */*').toString().replace('1.1', '1.0'))],
    ['another method', Buffer.from(get(ADDRESS, 'accept: */*').toString().replace('GET', 'PUT'))],
    ['no end', get(ADDRESS, 'accept: */*').subarray(0, -1)],
    ['more than itself', Buffer.concat([get(ADDRESS, 'accept: */*'), Buffer.from('G')])],
    ['no line', Buffer.from('GET ')],
    ['nothing', Buffer.alloc(0)],
    ['a body too short', post('{"query":"{a}"', 15)],
    ['a body too long', post('{"query":"{a}"} ', 15)],
    [
      'an address with a body',
      Buffer.from(post('{"query":"{a}"}').toString().replace('POST /graphql', `GET ${ADDRESS}`)),
    ],
    [
      'a body without one',
      Buffer.from(get(ADDRESS, 'accept: */*').toString().replace(`GET ${ADDRESS}`, 'POST /graphql')),
    ],
    ['another address of a POST', Buffer.from(post('{"query":"{a}"}').toString().replace('/graphql', '/changes'))],
  ])('does not read what has %s', (_what, piece) => {
    expect(learnt(get(ADDRESS, 'accept: */*'), post('{"query":"{a}"}')).read(piece)).toBeUndefined();
  });

  it.each([
    ['credentials', 'authorization: Bearer x'],
    ['a key', 'x-api-key: x'],
    ['a range', 'range: bytes=0-1'],
    ['an expectation', 'expect: 100-continue'],
    ['chunks', 'transfer-encoding: chunked'],
  ])('learns no head with %s', (_what, field) => {
    const piece = get(ADDRESS, field);
    expect(learnt(piece).read(piece)).toBeUndefined();
  });

  it('learns no head that is longer than heads are', () => {
    const piece = get(ADDRESS, `x-long: ${'a'.repeat(5_000)}`);
    expect(learnt(piece).read(piece)).toBeUndefined();
  });

  it('forgets what has not been seen for the longest time', () => {
    const heads = createKnownHeads();
    const first = get(ADDRESS, 'x-number: 0');
    for (let number = 0; number <= 1_024; number += 1) {
      const piece = get(ADDRESS, `x-number: ${number}`);
      heads.learn(piece, parsed(piece));
    }
    expect(heads.read(first)).toBeUndefined();
    expect(heads.read(get(ADDRESS, 'x-number: 1024'))).toBeDefined();
  });
});
