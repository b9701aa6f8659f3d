import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { cacheKey, canonicalJson } from '../../src/cache/cache-key.ts';

describe('cacheKey', () => {
  it('is 64 hex digits and the same for the same parts', () => {
    expect(cacheKey(['a', 'b'])).toMatch(/^[0-9a-f]{64}$/);
    expect(cacheKey(['a', 'b'])).toBe(cacheKey(['a', 'b']));
  });

  it.each([
    [
      ['ab', 'c'],
      ['a', 'bc'],
    ],
    [['a', 'b'], ['ab']],
    [['a', ''], ['a']],
    [
      ['', 'a'],
      ['a', ''],
    ],
    [['1:a'], ['', '1:a']],
    [['a1:b'], ['a', 'b']],
    [['\u00e9'], ['e\u0301']],
  ])('tells %j from %j', (one, other) => {
    expect(cacheKey(one)).not.toBe(cacheKey(other));
  });

  it('tells any two lists of parts apart', () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', ':', '1', '2', 'é') }), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(cacheKey(one) === cacheKey(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });
});

describe('canonicalJson', () => {
  it('writes equal values alike whatever the order of their keys, at any depth', () => {
    const one = { b: [{ y: 1, x: null }], a: { d: 'é', c: true } };
    const other = { a: { c: true, d: 'é' }, b: [{ x: null, y: 1 }] };
    expect(canonicalJson(one)).toBe('{"a":{"c":true,"d":"é"},"b":[{"x":null,"y":1}]}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it('keeps the order of lists, which means something', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });

  it('tells null from what is absent, and text from a number', () => {
    expect(canonicalJson({ first: null })).not.toBe(canonicalJson({}));
    expect(canonicalJson({ first: '1' })).not.toBe(canonicalJson({ first: 1 }));
  });

  it('has text for nothing at all', () => {
    expect(canonicalJson(undefined)).toBe('undefined');
  });

  it('writes the objects that graphql-js makes, which have no prototype', () => {
    expect(canonicalJson(Object.assign(Object.create(null) as object, { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
  });
});
