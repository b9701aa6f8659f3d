import { describe, expect, it } from 'vitest';
import { splitLines } from '../../src/ingest/split-lines.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  // One buffer for every piece, as some streams do.
  const piece = Buffer.alloc(size);
  for (let start = 0; start < bytes.length; start += size) {
    const part = bytes.subarray(start, start + size);
    piece.set(part);
    yield piece.subarray(0, part.length);
  }
}

const read = async (text: string, { size = 1_000, maxLineBytes = 100 } = {}): Promise<readonly (string | null)[]> => {
  const lines: (string | null)[] = [];
  for await (const { bytes, number } of splitLines(inPieces(Buffer.from(text), size), maxLineBytes)) {
    lines.push(bytes === null ? null : Buffer.from(bytes).toString());
    expect(number).toBe(lines.length);
  }
  return lines;
};

describe('splitLines', () => {
  it.each([1, 2, 3, 7, 1_000])('finds the same lines in pieces of %i bytes', async (size) => {
    expect(await read('one\n\nالخبر\nlast', { size })).toEqual(['one', '', 'الخبر', 'last']);
  });

  it('does not count the end of the last line as a line', async () => {
    expect(await read('one\ntwo\n')).toEqual(['one', 'two']);
    expect(await read('')).toEqual([]);
  });

  it.each([4, 1_000])('reads past a line that is too long and goes on, in pieces of %i', async (size) => {
    expect(await read(`a\n${'x'.repeat(101)}\nb\n${'y'.repeat(100)}`, { size })).toEqual([
      'a',
      null,
      'b',
      'y'.repeat(100),
    ]);
  });
});
