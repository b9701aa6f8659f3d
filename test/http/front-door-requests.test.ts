import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createKnownRequests, type RequestBytes } from '../../src/http/front-door-requests.ts';

const TYPE = 'application/json';
const LIMIT_BYTES = 1_000_000;

const learnAll = (all: readonly RequestBytes[], limitBytes = LIMIT_BYTES) => {
  const requests = createKnownRequests(limitBytes);
  for (const [index, bytes] of all.entries()) requests.learn(bytes, TYPE, `key ${index}`);
  return requests;
};

/** Differs from `bytes` in five bytes, and has its CRC-32: what is XORed is the polynomial itself, in the order of bits. */
const withSameChecksum = (bytes: Buffer, place: number): Buffer => {
  const other = Buffer.from(bytes);
  let bits = 0x1db710641n; // x^32 first: the reflected polynomial EDB88320, shifted by one, with its leading bit
  for (let index = 0; bits > 0n; index += 1, bits >>= 8n)
    other[place + index] = (other[place + index] ?? 0) ^ Number(bits & 0xffn);
  return other;
};

describe('createKnownRequests', () => {
  it('gives the key of exactly these bytes', () => {
    const requests = learnAll(['/graphql?query=a', Buffer.from('{"query":"a"}')]);
    expect(requests.keyOf('/graphql?query=a', TYPE)).toBe('key 0');
    expect(requests.keyOf(Buffer.from('{"query":"a"}'), TYPE)).toBe('key 1');
    for (const other of ['/graphql?query=b', '/graphql?query=a ', '', Buffer.from('{"query":"b"}'), '{"query":"a"}'])
      expect(requests.keyOf(other, TYPE)).toBeUndefined();
  });

  it('gives the key of the media type asked for', () => {
    const requests = learnAll(['a']);
    expect(requests.keyOf('a', 'application/graphql-response+json')).toBeUndefined();
    requests.learn('a', 'application/graphql-response+json', 'other');
    expect([requests.keyOf('a', TYPE), requests.keyOf('a', 'application/graphql-response+json')]).toEqual([
      'key 0',
      'other',
    ]);
  });

  it.each([
    ['text', (text: string): RequestBytes => text],
    ['bytes', (text: string): RequestBytes => Buffer.from(text)],
  ])('tells %s apart wherever they differ', (_what, of) => {
    const plain = 'x'.repeat(4_000);
    const all = [
      plain,
      ...[0, 1, 57, 2_000, 2_001, 3_950, 3_999].map((at) => `${plain.slice(0, at)}y${plain.slice(at + 1)}`),
    ];
    const requests = learnAll(all.map(of));
    for (const [index, text] of all.entries()) expect(requests.keyOf(of(text), TYPE)).toBe(`key ${index}`);
    expect(requests.keyOf(of(`${plain.slice(0, 999)}z${plain.slice(1_000)}`), TYPE)).toBeUndefined();
  });

  it('never gives one the key of another, not even of the same checksum', () => {
    const one = Buffer.alloc(4_000, 'x');
    const other = withSameChecksum(one, 1_001);
    expect(other.equals(one)).toBe(false);
    expect(crc32(other)).toBe(crc32(one));
    const requests = learnAll([one]);
    expect(requests.keyOf(other, TYPE)).toBeUndefined();
    requests.learn(other, TYPE, 'other');
    expect(requests.keyOf(other, TYPE)).toBe('other');
    expect([undefined, 'key 0']).toContain(requests.keyOf(one, TYPE));
  });

  it('keeps to its bound, forgetting what was not asked for longest', () => {
    const all = Array.from({ length: 100 }, (_, index) => `${index}:${'x'.repeat(1_000)}`);
    const requests = learnAll(
      all.slice(0, 50).flatMap((bytes) => [bytes, bytes]),
      100_000,
    );
    expect(requests.keyOf(all[0] ?? '', TYPE)).toBeDefined();
    for (const bytes of all.slice(50)) for (let time = 0; time < 2; time += 1) requests.learn(bytes, TYPE, 'later');
    const known = all.filter((bytes) => requests.keyOf(bytes, TYPE) !== undefined);
    expect(known.length).toBeGreaterThan(50);
    expect(known.length).toBeLessThan(80);
    expect(known).toContain(all[0]);
    expect(known).toContain(all[99]);
    expect(known).not.toContain(all[1]);
  });

  it('gives a quarter of it to requests that came once, and forgets for them none that came twice', () => {
    const [often, once] = ['often', 'once'].map((name) =>
      Array.from({ length: name === 'often' ? 40 : 500 }, (_, index) => `${name} ${index}:${'x'.repeat(1_000)}`),
    ) as [string[], string[]];
    const requests = learnAll([], 100_000);
    for (const bytes of often) for (let time = 0; time < 2; time += 1) requests.learn(bytes, TYPE, 'often');
    for (const bytes of once) requests.learn(bytes, TYPE, 'once');
    const knownOf = (all: readonly string[]) => all.filter((bytes) => requests.keyOf(bytes, TYPE) !== undefined);
    expect([knownOf(often).length, knownOf(once).length]).toEqual([40, 0]);
    const empty = learnAll(once, 100_000);
    expect(once.filter((bytes) => empty.keyOf(bytes, TYPE) !== undefined).length).toBeLessThan(25);
  });
});
