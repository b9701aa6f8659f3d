import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
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

const digest = (bytes: Buffer): string => `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;

const pack = async (body: Buffer, coding: Coding): Promise<PackedBody> => {
  switch (coding) {
    case 'br': {
      const options = {
        params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      };
      const bytes = await compressBrotli(body, options);
      return { bytes, coding, etag: digest(bytes) };
    }
    case 'gzip': {
      const bytes = await compressGzip(body, { level: 6 });
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

const packed = new WeakMap<Buffer, Map<Coding, Form>>();

const codingOf = (body: Buffer, wanted: Coding): Coding => (body.length < PACK_FROM_BYTES ? 'identity' : wanted);

/** `body` in `coding`, or as it is when it is too short to pack. Each form of a body is made once, while it is held. */
export const packBody = (body: Buffer, wanted: Coding): Promise<PackedBody> => {
  const coding = codingOf(body, wanted);
  let forms = packed.get(body);
  if (forms === undefined) {
    forms = new Map();
    packed.set(body, forms);
  }
  let form = forms.get(coding);
  if (form === undefined) {
    const fresh: Form = { making: pack(body, coding), made: undefined };
    void fresh.making.then((made) => (fresh.made = made)).catch(() => undefined);
    form = fresh;
    forms.set(coding, form);
  }
  return form.making;
};

/** As `packBody`, without waiting: undefined when nobody has had `body` packed that way yet. */
export const findPacked = (body: Buffer, wanted: Coding): PackedBody | undefined =>
  packed.get(body)?.get(codingOf(body, wanted))?.made;
