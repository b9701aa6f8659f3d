import { describe, expect, it } from 'vitest';
import { parseSrcset } from '../../../src/ingest/html/parse-srcset.ts';

describe('parseSrcset', () => {
  it.each([
    ['a.jpg', [['a.jpg', 1]]],
    [
      'a.jpg 480w, b.jpg 1200w',
      [
        ['a.jpg', 480],
        ['b.jpg', 1200],
      ],
    ],
    [
      ' a.jpg 1x,b.jpg 2.5x ,\n c,d.jpg',
      [
        ['a.jpg', 1],
        ['b.jpg', 2.5],
        ['c,d.jpg', 1],
      ],
    ],
    [
      'a.jpg, b.jpg 2x,',
      [
        ['a.jpg', 1],
        ['b.jpg', 2],
      ],
    ],
    ['a.jpg x', [['a.jpg', 1]]],
    [' , ,', []],
    ['', []],
  ])('gives every candidate: %s', (srcset, expected) => {
    expect(parseSrcset(srcset).map(({ address, size }) => [address, size])).toEqual(expected);
  });
});
