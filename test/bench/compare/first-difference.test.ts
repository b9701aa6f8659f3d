import { describe, expect, it } from 'vitest';
import { firstDifference } from './first-difference.ts';

describe('firstDifference', () => {
  it('finds none between equal answers, whatever the order of their keys', () => {
    expect(firstDifference({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] })).toBeUndefined();
  });

  it.each([
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 'answer.a.b.1: 2 and 3'],
    [{ a: [1] }, { a: [1, 2] }, 'answer.a.1: nothing and 2'],
    [{ a: null }, { a: {} }, 'answer.a: null and {}'],
    [{ a: [] }, { a: {} }, 'answer.a: [] and {}'],
    [{ a: 1, b: 2 }, { a: 1 }, 'answer.b: 2 and nothing'],
  ])('says where %j and %j differ', (one, other, said) => {
    expect(firstDifference(one, other)).toBe(said);
  });
});
