import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import type { Entry } from '../content/answer.ts';
import { ownBytes } from '../content/own-bytes.ts';
import type { Coding } from './negotiate.ts';

/** A body as it goes out: its strong validator is a digest of these very bytes. */
export interface PackedBody {
  readonly bytes: Buffer;
  readonly coding: Coding;
  readonly etag: string;
}

/** Below this packing costs more than it saves. */
const PACK_FROM_BYTES = 1_024;

/**
 * From here on a body is packed by another thread, which takes as much CPU as packing 8 KB does, for gzip, and nearly twice as much for
 * br. What is shorter is packed at once: 15 µs per KB, so others wait for half a millisecond at most.
 */
export const PACK_BESIDE_FROM_BYTES = 32 * 1_024;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Enough of a digest to tell forms apart for ever: 160 bits. */
const etagOf = (digest: string): string => `"${digest.slice(0, 27)}"`;
const digest = (bytes: Buffer): string => etagOf(hash('sha256', bytes, 'base64url'));

const GZIP = { level: 6 };
const brotliFor = ({ length }: Buffer) => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: length },
});

/** What was packed, in memory of its own: as zlib gives it, it is the beginning of 16 KB. */
const made = (packed: Buffer, coding: Coding): PackedBody => {
  const bytes = ownBytes(packed);
  return { bytes, coding, etag: digest(bytes) };
};

const packNow = (body: Buffer, coding: Coding): PackedBody => {
  if (coding === 'identity') return { bytes: body, coding, etag: digest(body) };
  return made(coding === 'br' ? brotliCompressSync(body, brotliFor(body)) : gzipSync(body, GZIP), coding);
};

const packBeside = async (body: Buffer, coding: Exclude<Coding, 'identity'>): Promise<PackedBody> =>
  made(await (coding === 'br' ? compressBrotli(body, brotliFor(body)) : compressGzip(body, GZIP)), coding);

const pack = (body: Buffer, coding: Coding): PackedBody | Promise<PackedBody> =>
  coding === 'identity' || body.length < PACK_BESIDE_FROM_BYTES ? packNow(body, coding) : packBeside(body, coding);

/**
 * Forms of a body lie at the body itself. In a weak map, what they say of it would keep every body, sent once and gone, until the
 * whole heap is marked: collections of young objects ask nothing about its keys.
 */
const FORMS = Symbol('packed forms');
type Forms = { [Name in Coding]?: PackedBody | Promise<PackedBody> };
type Formed = Buffer & { [FORMS]?: Forms };

const madeOf = (body: Formed, coding: Coding): PackedBody | undefined => {
  const form = body[FORMS]?.[coding];
  return form instanceof Promise ? undefined : form;
};

const codingOf = (body: Buffer, wanted: Coding): Coding => (body.length < PACK_FROM_BYTES ? 'identity' : wanted);

/** What is packed: the body of an answer, with its digest where that is known. */
type Packable = Pick<Entry, 'body' | 'bodyDigest'>;

/** The body as it is, if nothing has to be worked out for that. */
const asItIs = ({ body, bodyDigest }: Packable, coding: Coding): PackedBody | undefined =>
  coding === 'identity' && bodyDigest !== undefined ? { bytes: body, coding, etag: etagOf(bodyDigest) } : undefined;

/** A body in `coding`, or as it is when it is too short to pack. Each form of a body is made once, while it is held. */
export const packBody = async (entry: Packable, wanted: Coding): Promise<PackedBody> => {
  const { body } = entry;
  const coding = codingOf(body, wanted);
  const plain = asItIs(entry, coding);
  if (plain !== undefined) return plain;
  const forms = ((body as Formed)[FORMS] ??= {});
  const form = (forms[coding] ??= pack(body, coding));
  if (!(form instanceof Promise)) return form;
  try {
    const packed = await form;
    forms[coding] = packed;
    return packed;
  } catch (error) {
    // Whoever comes next tries again.
    delete forms[coding];
    throw error;
  }
};

/** The bytes of a body in a form that it has had before, `coding` being that form's own. */
export const findBytes = ({ body }: Packable, coding: Coding): Buffer | undefined =>
  coding === 'identity' ? body : madeOf(body, coding)?.bytes;

/** As `packBody`, without waiting: undefined when nobody has had the body packed that way yet. */
export const findPacked = (entry: Packable, wanted: Coding): PackedBody | undefined => {
  const coding = codingOf(entry.body, wanted);
  return asItIs(entry, coding) ?? madeOf(entry.body, coding);
};
