import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findPacked, packBody, PACK_BESIDE_FROM_BYTES } from '../../src/http/packed-body.ts';
import { leftByTurn } from '../support/young-garbage.ts';

const LONG = 'صباح الخير, good morning. '.repeat(100);
const LARGE = LONG.repeat(Math.ceil(PACK_BESIDE_FROM_BYTES / LONG.length));
const UNPACK = { identity: (bytes: Buffer) => bytes, gzip: gunzipSync, br: brotliDecompressSync } as const;

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url');

describe('packBody', () => {
  it.each([
    ['identity', LONG],
    ['gzip', LONG],
    ['br', LONG],
    ['gzip', LARGE],
    ['br', LARGE],
  ] as const)('makes a form once, under the digest of its bytes: %s', async (coding, text) => {
    const entry = { body: Buffer.from(text) };
    const [one, other] = await Promise.all([packBody(entry, coding), packBody(entry, coding)]);
    expect(other).toBe(one);
    expect(findPacked(entry, coding)).toBe(one);
    expect(UNPACK[coding](one.bytes).toString()).toBe(text);
    expect(one).toMatchObject({ coding, etag: `"${digestOf(one.bytes).slice(0, 27)}"` });
  });

  it.each(['gzip', 'br'] as const)('keeps nothing of what it was packed in: %s', async (coding) => {
    const { bytes } = await packBody({ body: Buffer.from(LONG) }, coding);
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });

  it.each(['gzip', 'br'] as const)('hands no ordinary page over to another thread: %s', async (coding) => {
    const entry = { body: Buffer.from(LONG) };
    const making = packBody(entry, coding);
    const atOnce = findPacked(entry, coding);
    expect(atOnce).toBeDefined();
    expect(await making).toBe(atOnce);
  });

  it('leaves a short body as it is', async () => {
    const entry = { body: Buffer.from('short') };
    const form = await packBody(entry, 'br');
    expect(form).toMatchObject({ coding: 'identity', bytes: entry.body });
    expect(findPacked(entry, 'gzip')).toBe(form);
  });

  it('works no digest out that came with the body', async () => {
    const body = Buffer.from(LONG);
    const told = { body, bodyDigest: digestOf(body) };
    const plain = findPacked(told, 'identity');
    expect(plain).toEqual(await packBody({ body: Buffer.from(LONG) }, 'identity'));
    expect(await packBody(told, 'identity')).toEqual(plain);
    // Packed, the bytes are others.
    expect(findPacked(told, 'br')).toBeUndefined();
    const packed = await packBody(told, 'br');
    expect(packed.etag).toBe(`"${digestOf(packed.bytes).slice(0, 27)}"`);
  });
});

describe('findPacked', () => {
  it('waits for nothing', async () => {
    const entry = { body: Buffer.from(LARGE) };
    expect(findPacked(entry, 'gzip')).toBeUndefined();
    const making = packBody(entry, 'gzip');
    expect(findPacked(entry, 'gzip')).toBeUndefined();
    await making;
    expect(findPacked(entry, 'gzip')).toBeDefined();
    expect(findPacked(entry, 'br')).toBeUndefined();
  });
});

describe('a body that was sent', () => {
  it('is held by none of its forms', async () => {
    const left = await leftByTurn(async (turn) => {
      for (let index = 0; index < 50; index += 1) await packBody({ body: Buffer.from(`${turn} ${index}`) }, 'identity');
    });
    expect(left / 50).toBeLessThan(100);
  });
});
