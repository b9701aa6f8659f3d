import { describe, expect, it } from 'vitest';
import { edgeOf, pageInfoOf } from '../../resolvers/page-info.ts';
import { leftByTurn } from '../support/young-garbage.ts';

const FURTHER = { hasNextPage: true, hasPreviousPage: false };

/** Writes cursors, and notes for whom. */
const createWriter = () => {
  const written: string[] = [];
  const cursorOf = (row: string): string => {
    written.push(row);
    return `cursor of ${row}`;
  };
  return { written, cursorOf };
};

describe('pageInfoOf', () => {
  it('gives the cursors of the ends, written when they are asked for', () => {
    const { written, cursorOf } = createWriter();
    const page = pageInfoOf({ shown: ['a', 'b', 'c'], read: ['a', 'x', 'b', 'c'], cursorOf }, FURTHER);
    expect(page).toMatchObject(FURTHER);
    expect(written).toEqual([]);
    expect(page.endCursor).toBe('cursor of c');
    expect(written).toEqual(['c']);
    expect(page.startCursor).toBe('cursor of a');
  });

  it('gives those of what stood there when all of it was found gone, and null for an empty page', () => {
    const { cursorOf } = createWriter();
    expect(pageInfoOf({ shown: [], read: ['x', 'y'], cursorOf }, FURTHER)).toMatchObject({
      startCursor: 'cursor of x',
      endCursor: 'cursor of y',
    });
    expect(pageInfoOf({ shown: [], read: [], cursorOf }, FURTHER)).toMatchObject({
      startCursor: null,
      endCursor: null,
    });
  });
});

describe('edgeOf', () => {
  it('writes its cursor when it is asked for', () => {
    const { written, cursorOf } = createWriter();
    const edge = edgeOf('a', cursorOf);
    expect([edge.node, written]).toEqual(['a', []]);
    expect(edge.cursor).toBe('cursor of a');
  });
});

describe('a page that nobody reads any more', () => {
  it('is held neither by its ends nor by its edges', async () => {
    const left = await leftByTurn(() => {
      const row = Buffer.alloc(20_000, 'x').toString('latin1');
      const cursorOf = (): string => row;
      void pageInfoOf({ shown: [row], read: [], cursorOf }, FURTHER);
      void edgeOf(row, cursorOf);
    });
    expect(left).toBeLessThan(2_000);
  });
});
