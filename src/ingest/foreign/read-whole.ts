import { FileError } from '../file-error.ts';

/** Bytes of a file that has to be in memory at once; a day's feed of a large agency has a tenth of it. */
export const MAX_WHOLE_BYTES = 16 * 1024 * 1024;

/**
 * The bytes of `chunks`, joined. What lies behind the limit is not read.
 *
 * @throws {FileError} when there are more than `maxBytes`.
 */
export const readWhole = async (
  chunks: AsyncIterable<Uint8Array | string>,
  maxBytes = MAX_WHOLE_BYTES,
): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let lengthBytes = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    lengthBytes += bytes.length;
    if (lengthBytes > maxBytes)
      throw new FileError(
        `longer than ${maxBytes / 1024 / 1024} MB, which is the most that is read at once: cut it into several files, ` +
          'or give ninjs as NDJSON, one item a line',
      );
    parts.push(new Uint8Array(bytes));
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
};
