import { describe, expect, it } from 'vitest';
import { checkSize, mapFilter } from '../../resolvers/arguments.ts';
import { GatewayError } from '../../src/errors.ts';

describe('checkSize', () => {
  it.each([
    [1, 1],
    [100, 100],
    [null, 20],
    [undefined, 20],
  ])('reads %j as %d', (value, size) => {
    expect(checkSize('first', value, 20)).toBe(size);
  });

  it.each([
    [0, '"first" must be from 1 to 100; it is 0'],
    [-5, '"first" must be from 1 to 100; it is -5'],
    [101, '"first" must be from 1 to 100; it is 101'],
    [2_147_483_647, '"first" must be from 1 to 100; it is 2147483647'],
  ])('refuses %d', (value, message) => {
    expect(() => checkSize('first', value, 20)).toThrow(new GatewayError('BAD_USER_INPUT', message));
  });

  it('names the argument and its own limit', () => {
    expect(() => checkSize('characters', 6_000, 200, 5_000)).toThrow('"characters" must be from 1 to 5000; it is 6000');
    expect(checkSize('characters', 5_000, 200, 5_000)).toBe(5_000);
  });
});

describe('mapFilter', () => {
  const NOTHING = { kinds: [], sectionPaths: [], tagSlugs: [], authorSlugs: [] };

  it.each([[undefined], [null], [{}], [{ kinds: null, publishedAfter: null, breaking: null, tagSlugs: null }]])(
    'restricts nothing for %j: null is how an argument is left out',
    (filter) => {
      expect(mapFilter(filter)).toEqual(NOTHING);
    },
  );

  it('reads slugs and paths in whatever form they come', () => {
    const slug = encodeURIComponent('أخبار').toLowerCase();
    expect(
      mapFilter({
        sectionPaths: [`/${slug}/${slug}/`],
        tagSlugs: ['ma\u006e\u0303ana'],
        authorSlugs: [' salma '],
        kinds: ['NEWS'],
      }),
    ).toEqual({ kinds: ['NEWS'], sectionPaths: ['أخبار/أخبار'], tagSlugs: ['mañana'], authorSlugs: ['salma'] });
  });

  it('keeps instants and false, which mean something', () => {
    expect(mapFilter({ publishedAfter: 0, publishedBefore: 5, updatedAfter: 7, breaking: false })).toEqual({
      ...NOTHING,
      publishedAfter: 0,
      publishedBefore: 5,
      updatedAfter: 7,
      breaking: false,
    });
  });

  it.each(['kinds', 'sectionPaths', 'tagSlugs', 'authorSlugs'] as const)('takes a hundred %s and no more', (name) => {
    const values = (count: number) => ({ [name]: Array.from({ length: count }, () => 'NEWS') });
    expect(mapFilter(values(100))[name]).toHaveLength(100);
    expect(() => mapFilter(values(101))).toThrow(
      new GatewayError('BAD_USER_INPUT', `"${name}" may hold 100 values; it holds 101`),
    );
  });
});
