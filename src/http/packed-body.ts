import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
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

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Enough of a digest to tell forms apart for ever: 160 bits. */
const etagOf = (digest: string): string => `"${digest.slice(0, 27)}"`;
const digest = (bytes: Buffer): string => etagOf(hash('sha256', bytes, 'base64url'));

const pack = async (body: Buffer, coding: Coding): Promise<PackedBody> => {
  switch (coding) {
    case 'br': {
      const options = {
        params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      };
      const bytes = ownBytes(await compressBrotli(body, options));
      return { bytes, coding, etag: digest(bytes) };
    }
    case 'gzip': {
      // As zlib gives it, it is the beginning of 16 KB.
      const bytes = ownBytes(await compressGzip(body, { level: 6 }));
      return { bytes, coding, etag: digest(bytes) };
    }
    case 'identity':
      return { bytes: body, coding, etag: digest(body) };
  }
};

interface Form {
  readonly making: Promise<PackedBody>;
  made: PackedBody | undefined;
}

/**
 * Forms of a body lie at the body itself. In a weak map, what they say of it would keep every body, sent once and gone, until the
 * whole heap is marked: collections of young objects ask nothing about its keys.
 */
const FORMS = Symbol('packed forms');
type Formed = Buffer & { [FORMS]?: Map<Coding, Form> };
const formsOf = (body: Formed): Map<Coding, Form> | undefined => body[FORMS];

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
  const forms = ((body as Formed)[FORMS] ??= new Map());
  let form = forms.get(coding);
  if (form === undefined) {
    const fresh: Form = { making: pack(body, coding), made: undefined };
    void fresh.making.then((made) => (fresh.made = made)).catch(() => undefined);
    form = fresh;
    forms.set(coding, form);
  }
  return form.making;
};

/** The bytes of a body in a form that it has had before, `coding` being that form's own. */
export const findBytes = ({ body }: Packable, coding: Coding): Buffer | undefined =>
  coding === 'identity' ? body : formsOf(body)?.get(coding)?.made?.bytes;

/** As `packBody`, without waiting: undefined when nobody has had the body packed that way yet. */
export const findPacked = (entry: Packable, wanted: Coding): PackedBody | undefined => {
  const coding = codingOf(entry.body, wanted);
  return asItIs(entry, coding) ?? formsOf(entry.body)?.get(coding)?.made;
};
