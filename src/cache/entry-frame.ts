import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import type { Entry, EntryNotes } from '../content/answer.ts';
import { isManifest } from '../content/manifest.ts';
import { areHoles } from './are-holes.ts';

/** Whose entry a frame holds: any difference makes it nobody's. */
export interface FrameOwner {
  readonly key: string;
  readonly epoch: string;
  /** Of everything that alters bytes: program, schema, configuration. */
  readonly release: string;
}

/**
 * Changed with the layout; frames of other layouts are nobody's. 5: with the manifest of what partners are given, which a
 * frame of before leaves out.
 */
const VERSION = 5;
/** Version, length of the header, digest of the header; then the header, JSON; the body. */
const [LENGTH_AT, DIGEST_AT, PREFIX_BYTES] = [1, 5, 21];
const DIGEST_NUMBERS = (PREFIX_BYTES - DIGEST_AT) / 4;
/** Packing takes 3 µs per KB and unpacking 1.5: below this the wire is cheaper. */
export const PACK_FROM_BYTES = 32 * 1024;
/** A frame that is larger is not made: it would hold up whatever is behind it on the connection. */
export const FRAME_LIMIT_BYTES = 2 * 1024 * 1024;
/** What a packed body may grow to. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

interface Header extends FrameOwner, Omit<Entry, 'body' | 'epoch' | 'bodyDigest'> {
  /** Made once here, by whoever keeps the entry: over and over by those who read it, it is a tenth of a read. */
  readonly bodyDigest: string;
  readonly bodyBytes: number;
  readonly isPacked: boolean;
}

/** What a frame says in front of its body, read and found whole. */
export interface FrameHead {
  /** Of the header's bytes, 128 bits: a frame that bears the same one has the same header. */
  readonly digest: Int32Array;
  readonly entry: Omit<Entry, 'body'>;
  readonly bodyBytes: number;
  readonly isPacked: boolean;
  readonly notes: EntryNotes;
}

const compress = promisify(zstdCompress);
/** The fastest: JSON comes down to two fifths at any level. */
const PACKING = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** `entry` as bytes that say whose they are; undefined when they would be more than is kept. */
export const encodeEntry = async (
  entry: Entry,
  { key, release }: Omit<FrameOwner, 'epoch'>,
): Promise<Buffer | undefined> => {
  const { body, ...rest } = entry;
  if (body.length > BODY_LIMIT_BYTES) return undefined;
  const isPacked = body.length >= PACK_FROM_BYTES;
  const bytes = isPacked ? await compress(body, PACKING) : body;
  const bodyDigest = rest.bodyDigest ?? createHash('sha256').update(body).digest('base64url');
  const header = Buffer.from(
    JSON.stringify({ ...rest, key, release, isPacked, bodyBytes: body.length, bodyDigest } satisfies Header),
  );
  const frameBytes = PREFIX_BYTES + header.length + bytes.length;
  if (frameBytes > FRAME_LIMIT_BYTES) return undefined;
  const frame = Buffer.allocUnsafe(frameBytes);
  frame.writeUInt8(VERSION, 0);
  frame.writeUInt32BE(header.length, LENGTH_AT);
  createHash('sha256')
    .update(header)
    .digest()
    .copy(frame, DIGEST_AT, 0, PREFIX_BYTES - DIGEST_AT);
  header.copy(frame, PREFIX_BYTES);
  bytes.copy(frame, PREFIX_BYTES + header.length);
  return frame;
};

const isWhole = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= least;
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every((text) => typeof text === 'string');

/** Whether `header` is as `encodeEntry` writes it. Nobody else writes there, but who can may write anything. */
const isHeader = (value: unknown): value is Header => {
  if (typeof value !== 'object' || value === null) return false;
  const header = value as { readonly [Name in keyof Header]?: unknown };
  return (
    isWhole(header.status, 100) &&
    typeof header.contentType === 'string' &&
    areTexts(header.tags) &&
    (header.boundaryAt === null || isWhole(header.boundaryAt, 0)) &&
    isWhole(header.maxAgeSeconds, 0) &&
    (header.holdSeconds === undefined || isWhole(header.holdSeconds, 0)) &&
    (header.scope === 'PUBLIC' || header.scope === 'PRIVATE') &&
    areTexts(header.languages) &&
    (header.link === undefined || typeof header.link === 'string') &&
    (header.holes === undefined || areHoles(header.holes, header.bodyBytes)) &&
    (header.manifest === undefined || isManifest(header.manifest)) &&
    isWhole(header.fence, 0) &&
    isWhole(header.filledAt, 0) &&
    isWhole(header.bodyBytes, 0) &&
    typeof header.bodyDigest === 'string' &&
    /^[\w-]{43}$/.test(header.bodyDigest) &&
    header.bodyBytes <= BODY_LIMIT_BYTES &&
    typeof header.isPacked === 'boolean'
  );
};

const readBody = (bytes: Buffer, { isPacked, bodyBytes }: FrameHead): Buffer | undefined => {
  const body = isPacked ? zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, bodyBytes) }) : bytes;
  return body.length === bodyBytes ? body : undefined;
};

/** Whether `frame` bears `digest`: number by number, in a fifth of the time that a comparison outside of JavaScript takes. */
const isDigest = (digest: Int32Array, frame: Buffer): boolean => {
  for (let place = 0; place < DIGEST_NUMBERS; place += 1)
    if (digest[place] !== frame.readInt32BE(DIGEST_AT + 4 * place)) return false;
  return true;
};

/** What stands before the body at `bodyAt`, if it is whole and `owner`'s. */
const readHead = (frame: Buffer, bodyAt: number, owner: FrameOwner): FrameHead | undefined => {
  const header: unknown = JSON.parse(frame.toString('utf8', PREFIX_BYTES, bodyAt));
  if (!isHeader(header)) return undefined;
  if (header.key !== owner.key || header.epoch !== owner.epoch || header.release !== owner.release) return undefined;
  const { key: _key, release: _release, bodyBytes, isPacked, ...entry } = header;
  const digest = Int32Array.from({ length: DIGEST_NUMBERS }, (_, place) => frame.readInt32BE(DIGEST_AT + 4 * place));
  return { digest, entry, bodyBytes, isPacked, notes: {} };
};

/**
 * What is in `frame`, if it is whole and `owner`'s; undefined: it is nothing. Its body may be a part of `frame`, and so of
 * whatever the socket held: whoever keeps it copies it.
 *
 * @param known what an earlier frame in the same place said, `owner`'s too: taken for read where this one says the same.
 */
export const decodeFrame = (
  frame: Buffer,
  owner: FrameOwner,
  known?: FrameHead,
): { readonly head: FrameHead; readonly body: Buffer } | undefined => {
  if (frame.length < PREFIX_BYTES || frame[0] !== VERSION) return undefined;
  const bodyAt = PREFIX_BYTES + frame.readUInt32BE(LENGTH_AT);
  if (bodyAt > frame.length) return undefined;
  try {
    const isKnown = known !== undefined && isDigest(known.digest, frame);
    const head = isKnown ? known : readHead(frame, bodyAt, owner);
    const body = head && readBody(frame.subarray(bodyAt), head);
    return head === undefined || body === undefined ? undefined : { head, body };
  } catch {
    // No JSON, or not what was packed.
    return undefined;
  }
};
