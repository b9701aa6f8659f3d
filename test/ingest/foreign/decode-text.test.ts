import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/ingest/foreign/decode-text.ts';

const xml = (encoding: string, words: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?>\n<a>${words}</a>`;

/** ISO 8859-1 by hand: Node writes it, and windows-1256 it does not. */
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const utf16 = (text: string, mark: readonly number[] = []): Uint8Array =>
  Buffer.concat([Buffer.from(mark), Buffer.from(text, 'utf16le')]);
const swapped = (bytes: Uint8Array): Uint8Array => Buffer.from(bytes).swap16();

// خبر: kha, ba, ra.
const windows1256 = Buffer.concat([
  latin1('<?xml version="1.0" encoding="windows-1256"?><a>'),
  Buffer.from([0xce, 0xc8, 0xd1]),
  latin1('</a>'),
]);

describe('decodeText', () => {
  it('reads UTF-8, with a byte order mark or without', () => {
    expect(decodeText(Buffer.from('<a>خبر</a>'))).toBe('<a>خبر</a>');
    expect(decodeText(Buffer.from('\ufeff<a>é</a>'))).toBe('<a>é</a>');
  });

  it('reads what the declaration names', () => {
    expect(decodeText(latin1(xml('ISO-8859-1', 'España')))).toContain('<a>España</a>');
    expect(decodeText(windows1256)).toContain('<a>خبر</a>');
  });

  it('reads UTF-16 by its mark, or by its first letters, in either order', () => {
    const text = xml('UTF-16', 'España خبر');
    expect(decodeText(utf16(text, [0xff, 0xfe]))).toBe(text);
    expect(decodeText(utf16(text))).toBe(text);
    expect(decodeText(swapped(utf16(text, [0xff, 0xfe])))).toBe(text);
    expect(decodeText(swapped(utf16(text)))).toBe(text);
  });

  it('refuses bytes that are not what they are said to be, with the place', () => {
    const broken = Buffer.concat([Buffer.from('<a>\nwords '), Buffer.from([0xce, 0xc8]), Buffer.from('</a>')]);
    expect(() => decodeText(broken)).toThrow(
      'line 2, column 7: bytes that are not UTF-8, and it names no other encoding',
    );
    expect(() => decodeText(latin1(xml('utf-8', 'España')))).toThrow(
      /^line 2, column 8: bytes that are not UTF-8, as it says itself$/,
    );
  });

  it('refuses UTF-8 that says it is something else: every name would be damaged', () => {
    expect(() => decodeText(Buffer.from(xml('ISO-8859-1', 'España')))).toThrow(
      'says it is encoded in "ISO-8859-1", but its bytes are UTF-8',
    );
    expect(decodeText(Buffer.from(xml('ISO-8859-1', 'Spain')))).toContain('Spain');
  });

  it('refuses encodings nobody knows, and UTF-16 that is none', () => {
    expect(() => decodeText(Buffer.from(xml('x-mine', 'a')))).toThrow(
      'says it is encoded in "x-mine", which is not known',
    );
    expect(() => decodeText(Buffer.from(xml('UTF-16', 'a')))).toThrow(
      'says it is encoded in "UTF-16", but its bytes are not',
    );
  });
});
