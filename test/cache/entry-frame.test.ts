import { createHash, randomBytes } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFrame,
  encodeEntry,
  FRAME_LIMIT_BYTES,
  PACK_FROM_BYTES,
  type FrameOwner,
} from '../../src/cache/entry-frame.ts';
import type { Entry } from '../../src/content/answer.ts';
import type { Manifest } from '../../src/content/manifest.ts';
import { answer } from './answer.ts';

const owner = { key: 'a'.repeat(64), epoch: 'epoch-1', release: 'release-1' };

const entry = (rest: Partial<Entry> = {}): Entry => ({
  ...answer('{"data":{"text":"ممر الحبوب"}}'),
  fence: 41,
  epoch: owner.epoch,
  filledAt: 1_780_000_000_123,
  ...rest,
});

/** As it is read: it bears the digest of its body. */
const withDigest = (kept: Entry): Entry => ({
  ...kept,
  bodyDigest: createHash('sha256').update(kept.body).digest('base64url'),
});

/** The entry in `frame`, read as for the first time. */
const decodeEntry = (frame: Buffer, asked: FrameOwner): Entry | undefined => {
  const found = decodeFrame(frame, asked);
  return found === undefined ? undefined : { ...found.head.entry, body: found.body };
};

const frameOf = async (kept: Entry): Promise<Buffer> => {
  const frame = await encodeEntry(kept, owner);
  if (frame === undefined) throw new Error('It was not made');
  return frame;
};

const manifest: Manifest = { digest: '0123456789abcdef'.repeat(2), entries: [['art_en_1', 3, 2]] };

/** Before the header: version, its length, its digest. */
const PREFIX_BYTES = 21;

/** `frame` with another header, its body as it was. */
const withHeader = (frame: Buffer, change: (header: Record<string, unknown>) => void): Buffer => {
  const bodyAt = PREFIX_BYTES + frame.readUInt32BE(1);
  const header = JSON.parse(frame.toString('utf8', PREFIX_BYTES, bodyAt)) as Record<string, unknown>;
  change(header);
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.from(frame.subarray(0, PREFIX_BYTES));
  prefix.writeUInt32BE(text.length, 1);
  return Buffer.concat([prefix, text, frame.subarray(bodyAt)]);
};

describe('encodeEntry and decodeFrame', () => {
  it('give back whatever was put in, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          body: fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
          status: fc.integer({ min: 100, max: 599 }),
          contentType: fc.string(),
          tags: fc.array(fc.string({ unit: 'binary' }).map((text) => `slug:en:article:${text}` as const)),
          boundaryAt: fc.option(fc.nat({ max: 4_000_000_000_000 })),
          maxAgeSeconds: fc.nat(),
          scope: fc.constantFrom('PUBLIC', 'PRIVATE'),
          languages: fc.array(fc.string()),
          link: fc.string(),
          manifest: fc.constant(manifest),
          fence: fc.maxSafeNat(),
          filledAt: fc.maxSafeNat(),
          epoch: fc.constant(owner.epoch),
        }),
        async (kept) => {
          expect(decodeEntry(await frameOf(kept), owner)).toEqual(withDigest(kept));
        },
      ),
    );
  });

  it('pack a large body and give it back', async () => {
    const body = Buffer.from(JSON.stringify(Array.from({ length: 5_000 }, (_, i) => ({ id: i, headline: 'Grain' }))));
    const frame = await frameOf(entry({ body }));
    expect(frame.length).toBeLessThan(body.length / 4);
    expect(decodeEntry(frame, owner)).toEqual(withDigest(entry({ body })));
  });

  it('leave a small body as it is', async () => {
    const body = Buffer.alloc(PACK_FROM_BYTES - 1, 'a');
    expect((await frameOf(entry({ body }))).length).toBeGreaterThan(body.length);
  });

  it('give a small body where it arrived, without a copy that most are sent without', async () => {
    const frame = await frameOf(entry());
    const received = Buffer.concat([Buffer.alloc(60_000), frame]).subarray(60_000);
    const body = decodeEntry(received, owner)?.body;
    expect(body).toEqual(entry().body);
    expect(body?.buffer).toBe(received.buffer);
  });

  it('do not make what is too large to be shared', async () => {
    expect(await encodeEntry(entry({ body: randomBytes(FRAME_LIMIT_BYTES) }), owner)).toBe(undefined);
    expect(await encodeEntry(entry({ body: Buffer.alloc(9 * 1024 * 1024) }), owner)).toBe(undefined);
    expect(decodeEntry(await frameOf(entry({ body: Buffer.alloc(7 * 1024 * 1024) })), owner)?.body.length).toBe(
      7 * 1024 * 1024,
    );
  });
});

describe('decodeFrame', () => {
  it.each([
    ['key', { ...owner, key: 'b'.repeat(64) }],
    ['epoch', { ...owner, epoch: 'epoch-2' }],
    ['release', { ...owner, release: 'release-2' }],
  ])('gives nothing to who asks for another %s', async (_, other) => {
    const frame = await frameOf(entry());
    expect(decodeEntry(frame, other)).toBe(undefined);
    expect(decodeEntry(frame, owner)).toEqual(withDigest(entry()));
  });

  it.each([1, 4, 6])('gives nothing of another layout: %i', async (layout) => {
    const frame = await frameOf(entry());
    frame[0] = layout;
    expect(decodeEntry(frame, owner)).toBe(undefined);
  });

  it('gives nothing of a frame cut short anywhere, or with something behind it', async () => {
    for (const body of [Buffer.from('short'), Buffer.alloc(40_000, 'long ')]) {
      const frame = await frameOf(entry({ body }));
      for (let end = 0; end < frame.length; end += 1)
        expect(decodeEntry(frame.subarray(0, end), owner)).toBe(undefined);
      expect(decodeEntry(Buffer.concat([frame, Buffer.from('!')]), owner)?.body.equals(body) ?? true).toBe(true);
    }
  });

  it('throws at nothing, whatever stands there', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 255 }), (bytes) => {
        expect(decodeEntry(Buffer.from(bytes), owner)).toBe(undefined);
        expect(
          decodeEntry(Buffer.from([3, 0, 0, 0, bytes.length, ...Array.from({ length: 16 }, () => 0), ...bytes]), owner),
        ).toBe(undefined);
      }),
    );
  });

  it.each([
    ['status', '200'],
    ['contentType', 5],
    ['tags', 'article:x'],
    ['tags', [5]],
    ['boundaryAt', 'tomorrow'],
    ['boundaryAt', undefined],
    ['maxAgeSeconds', -1],
    ['maxAgeSeconds', 1e300],
    ['holdSeconds', '2'],
    ['scope', 'ANYONE'],
    ['languages', null],
    ['link', 5],
    ['manifest', { ...manifest, digest: 'short' }],
    ['manifest', { ...manifest, entries: [['art_en_1', null, 2]] }],
    ['manifest', { ...manifest, entries: [['art_en_1', 3, 9]] }],
    ['manifest', { ...manifest, entries: [['art_en_1', 2 ** 31, 2]] }],
    ['manifest', { ...manifest, entries: [['art_en_\u0000', 3, 2]] }],
    ['manifest', { ...manifest, entries: [] }],
    ['fence', null],
    ['filledAt', 0.5],
    ['bodyBytes', 3],
    ['isPacked', 1],
    ['bodyDigest', undefined],
    ['bodyDigest', 'short'],
    ['bodyDigest', `${'a'.repeat(42)}"`],
    ['isPacked', true],
  ])('gives nothing when %s is %j', async (name, value) => {
    const frame = await frameOf(entry());
    expect(
      decodeEntry(
        withHeader(frame, (header) => Object.assign(header, { [name]: value })),
        owner,
      ),
    ).toBe(undefined);
  });

  it('takes for read what an earlier frame said in the same words', async () => {
    const frame = await frameOf(entry());
    const former = decodeFrame(frame, owner)?.head;
    const again = decodeFrame(Buffer.from(frame), owner, former);
    expect(again?.head).toBe(former);
    expect(again?.body).toEqual(entry().body);
  });

  it.each<[string, Partial<Entry>]>([
    ['body', { body: Buffer.from('another') }],
    ['fence', { fence: 42 }],
    ['tag', { tags: ['article:other'] }],
  ])('reads it anew when the %s is another', async (_, change) => {
    const former = decodeFrame(await frameOf(entry()), owner)?.head;
    const again = decodeFrame(await frameOf(entry(change)), owner, former);
    expect(again?.head).not.toBe(former);
    expect({ ...again?.head.entry, body: again?.body }).toEqual(withDigest(entry(change)));
  });

  it('gives nothing of a known frame cut short, or with something behind it', async () => {
    const frame = await frameOf(entry());
    const former = decodeFrame(frame, owner)?.head;
    for (let end = 0; end < frame.length; end += 1)
      expect(decodeFrame(frame.subarray(0, end), owner, former)).toBe(undefined);
    expect(decodeFrame(Buffer.concat([frame, Buffer.from('!')]), owner, former)).toBe(undefined);
  });

  it('unpacks no more than it was told there is', async () => {
    const frame = await frameOf(entry({ body: Buffer.alloc(40_000) }));
    const bodyAt = PREFIX_BYTES + frame.readUInt32BE(1);
    const bomb = Buffer.concat([frame.subarray(0, bodyAt), zstdCompressSync(Buffer.alloc(50_000_000))]);
    expect(decodeEntry(bomb, owner)).toBe(undefined);
    expect(
      decodeEntry(
        withHeader(bomb, (header) => Object.assign(header, { bodyBytes: 50_000_000 })),
        owner,
      ),
    ).toBe(undefined);
  });
});
