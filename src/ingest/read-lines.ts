import type { EntryReader } from './entry.ts';
import { MAX_LINE_BYTES, parseLine } from './parse-line.ts';
import { splitLines } from './split-lines.ts';

/** Reads NDJSON, one document a line, as `docs/import.md` describes it. */
export const readLines: EntryReader = async function* (chunks) {
  for await (const { number, bytes, lengthBytes } of splitLines(chunks, MAX_LINE_BYTES)) {
    const read = () => {
      const document = parseLine(bytes);
      return document === null ? [] : [document];
    };
    yield { number, lengthBytes, read };
  }
};
