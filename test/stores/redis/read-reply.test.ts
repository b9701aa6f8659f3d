import { describe, expect, it } from 'vitest';
import { readCount, readEach, readRanking, readTold } from '../../../src/stores/redis/read-reply.ts';

describe('readEach', () => {
  it('gives as many as were asked for', () => {
    expect(readEach([0, 7, 2 ** 40], 3, readCount)).toEqual([0, 7, 2 ** 40]);
    expect(readEach([1, 0], 2, readTold)).toEqual([true, false]);
    expect(readEach([['art_en_1', '-2.5', 'art_en_2', '-1'], []], 2, readRanking)).toEqual([
      [
        { id: 'art_en_1', score: -2.5 },
        { id: 'art_en_2', score: -1 },
      ],
      [],
    ]);
    expect(readEach([], 0, readCount)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a status', 'OK'],
    ['a number', 1],
    ['fewer', [1]],
    ['more', [1, 1, 1]],
    ['texts', ['1', '1']],
    ['nothing in it', [null, null]],
    ['lists', [[1], [1]]],
    ['what is below 0', [1, -1]],
    ['what is no whole number', [1, 0.5]],
  ])('gives none of them for %s', (_, reply) => {
    expect(readEach(reply, 2, readCount)).toBeUndefined();
    expect(readEach(reply, 2, readTold)).toBeUndefined();
    expect(readEach(reply, 2, readRanking)).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['an id without a score', ['art_en_1']],
    ['a score that is none', ['art_en_1', 'many']],
    ['a score of another type', ['art_en_1', 7]],
    ['an id of another type', [7, '7']],
  ])('takes no ranking that has %s', (_, ranking) => {
    expect(readEach([ranking], 1, readRanking)).toBeUndefined();
  });
});
