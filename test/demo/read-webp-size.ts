/** Width and height in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const uint24At = (file: Buffer, offset: number): number => file.readUIntLE(offset, 3);

/**
 * The size that the head of a WebP file tells: lossy (`VP8 `), lossless (`VP8L`) or extended (`VP8X`), RFC 9649.
 *
 * @throws {TypeError} if `file` is none.
 */
export const readWebpSize = (file: Buffer): PictureSize => {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WEBP')
    throw new TypeError('not a WebP file');
  // The container says how long it is: a file that was cut short is none.
  if (file.readUInt32LE(4) + 8 !== file.length) throw new TypeError('not a whole WebP file');
  switch (file.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = file.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: uint24At(file, 24) + 1, height: uint24At(file, 27) + 1 };
    default:
      throw new TypeError('not a WebP file of a kind we know');
  }
};
