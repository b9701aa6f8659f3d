import { describe, expect, it } from 'vitest';
import { peek } from '../../../src/ingest/foreign/peek.ts';
import { isTelling } from '../../../src/ingest/foreign/recognise.ts';
import { readWhole } from '../../../src/ingest/foreign/read-whole.ts';

const open = (pieces: readonly string[]) => {
  let taken = 0;
  async function* chunks(): AsyncGenerator<string> {
    for (const piece of pieces) {
      taken += 1;
      yield piece;
    }
  }
  return { chunks: chunks(), taken: () => taken };
};

describe('peek', () => {
  it('looks no further than it must, and gives the whole stream again', async () => {
    const { chunks, taken } = open(['abc', 'def', 'ghi', 'jkl']);
    const peeked = await peek(chunks, 4);
    expect(Buffer.from(peeked.head).toString()).toBe('abcdef');
    expect(taken()).toBe(2);
    expect(Buffer.from(await readWhole(peeked.chunks)).toString()).toBe('abcdefghijkl');
  });

  it('waits no longer than until it is told', async () => {
    const { chunks, taken } = open(['\n', '{"edition": "en"', '}\n', 'more']);
    await peek(chunks, 1_000, isTelling);
    expect(taken()).toBe(3);
    for (const [pieces, expected] of [
      [['[\n', '{"uri": 1}]\n'], 2],
      [[' ', '<rss>', 'x'], 2],
      [['{\n', '"uri": 1\n', '}'], 3],
    ] as const) {
      const stream = open(pieces);
      await peek(stream.chunks, 1_000, isTelling);
      expect(stream.taken()).toBe(expected);
    }
  });

  it('gives what there is of a short stream', async () => {
    const peeked = await peek(open(['a', '']).chunks, 100);
    expect(Buffer.from(peeked.head).toString()).toBe('a');
    expect(Buffer.from(await readWhole(peeked.chunks)).toString()).toBe('a');
  });
});

describe('readWhole', () => {
  it('stops reading at its limit', async () => {
    const mebibyte = 'x'.repeat(1024 * 1024);
    const { chunks, taken } = open(Array.from({ length: 300 }, () => mebibyte));
    await expect(readWhole(chunks, 2 * 1024 * 1024)).rejects.toThrow(
      'longer than 2 MB, which is the most that is read at once',
    );
    expect(taken()).toBe(3);
  });
});
