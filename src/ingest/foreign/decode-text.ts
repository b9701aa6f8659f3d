import { FileError } from '../file-error.ts';
import { placeOf } from './place-of.ts';

/** How a file says, or shows, that its text is encoded. */
interface Encoding {
  readonly label: string;
  readonly told: keyof typeof REASONS;
}

/** Why we think so, for a message. */
const REASONS = {
  byMark: 'as its byte order mark says',
  byFirstBytes: 'as its first bytes show',
  byDefault: 'and it names no other encoding',
  byDeclaration: 'as it says itself',
} as const;

const startsWith = (bytes: Uint8Array, ...beginning: readonly number[]): boolean =>
  beginning.every((byte, index) => bytes[index] === byte);

const markedEncoding = (bytes: Uint8Array): string | undefined => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  return startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : undefined;
};

/** Two letters of ASCII, every other byte 0: https://www.w3.org/TR/xml/#sec-guessing */
const shownEncoding = (bytes: Uint8Array): string | undefined => {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (first > 0 && second === 0 && third > 0 && fourth === 0) return 'utf-16le';
  return first === 0 && second > 0 && third === 0 && fourth > 0 ? 'utf-16be' : undefined;
};

const declaredEncoding = (bytes: Uint8Array): string | undefined => {
  const head = Buffer.from(bytes.subarray(0, 1_000)).toString('latin1');
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]{1,40})["']/.exec(head)?.[1];
};

const pickEncoding = (bytes: Uint8Array): Encoding => {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return { label: marked, told: 'byMark' };
  const shown = shownEncoding(bytes);
  if (shown !== undefined) return { label: shown, told: 'byFirstBytes' };
  const declared = declaredEncoding(bytes);
  if (declared === undefined) return { label: 'utf-8', told: 'byDefault' };
  return { label: declared, told: 'byDeclaration' };
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

const createDecoder = (label: string, options: { readonly fatal: boolean }) => {
  try {
    return new TextDecoder(label, options);
  } catch (cause) {
    throw new FileError(`says it is encoded in "${label}", which is not known`, { cause });
  }
};

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

/** Whether `bytes` begin as text in UTF-16 does. */
export const isUtf16 = (bytes: Uint8Array): boolean =>
  (markedEncoding(bytes) ?? shownEncoding(bytes) ?? '').startsWith('utf-16');

/** The beginning of a text, as well as it can be read: to find out what it is. */
export const decodeHead = (bytes: Uint8Array): string => {
  const label = markedEncoding(bytes) ?? shownEncoding(bytes) ?? 'utf-8';
  return new TextDecoder(label).decode(bytes).trimStart();
};

/**
 * The text that `bytes` are, in the encoding that a byte order mark, the first bytes or an XML declaration name, UTF-8
 * otherwise; without the mark.
 *
 * @throws {FileError} when the encoding is not known, or the bytes are none of it: guessing would damage every name.
 */
export const decodeText = (bytes: Uint8Array): string => {
  const { label, told } = pickEncoding(bytes);
  const decoder = createDecoder(label, { fatal: true });
  // Half of the letters of such a file would be zeros: the declaration was left behind when it was converted.
  if (decoder.encoding.startsWith('utf-16') && told === 'byDeclaration')
    throw new FileError(`says it is encoded in "${label}", but its bytes are not`);
  // Any bytes are text in an encoding of one byte a letter; letters of several bytes are UTF-8 by no accident.
  if (!decoder.encoding.startsWith('utf-') && isUtf8(bytes) && !isAscii(bytes))
    throw new FileError(`says it is encoded in "${label}", but its bytes are UTF-8`);
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    const text = createDecoder(label, { fatal: false }).decode(bytes);
    const place = placeOf(text, text.indexOf('\ufffd'));
    throw new FileError(`${place}: bytes that are not ${decoder.encoding.toUpperCase()}, ${REASONS[told]}`, { cause });
  }
};
