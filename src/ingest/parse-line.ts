import type { LineDocument } from './document.ts';
import { LineError } from './line-error.ts';
import { findUnstorable, parseDocument } from './parse-document.ts';

/** Bytes of one line; longer ones are refused before they are in memory. A body has at most 2,000,000 letters. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;

// Only an escape can bring them: they are not UTF-8, and JSON forbids a bare NUL.
const MAYBE_UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

const decode = (bytes: Uint8Array): string => {
  try {
    // Drops a byte order mark, which files made on Windows begin with.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LineError('not UTF-8', { cause });
  }
};

const parseJson = (line: string): object => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new LineError(`not JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`, { cause: error });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new LineError('not a JSON object');
};

/**
 * The document that a line of an import file holds; null when it is blank.
 *
 * @throws {LineError} with everything that is wrong with it.
 */
export const parseLine = (bytes: Uint8Array | null): LineDocument | null => {
  if (bytes === null) throw new LineError(`longer than ${MAX_LINE_BYTES / 1024 / 1024} MB`);
  const line = decode(bytes);
  if (line.trim() === '') return null;
  const value = parseJson(line);
  // Refused, not cleaned: such a text was cut or damaged on its way, and its sender still has it whole.
  const unstorable = MAYBE_UNSTORABLE.test(line) ? findUnstorable(value) : undefined;
  if (unstorable !== undefined) throw new LineError(unstorable);
  return parseDocument(value);
};
