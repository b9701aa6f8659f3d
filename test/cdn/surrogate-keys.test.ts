import { array, assert, constantFrom, integer, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERYTHING_KEY, HEADER_LIMIT_BYTES, purgeKeysOf, surrogateKeysOf } from '../../src/cdn/surrogate-keys.ts';
import type { CacheTag } from '../../src/content/tags.ts';
import { manyTags, measureExactness } from './false-positives.ts';

const TYPES = ['article', 'section', 'tag', 'author', 'edition', 'slug', 'url', 'list', 'search', 'updated', 'group'];

/** Real shapes and anything a client may have put into a slug or an address. */
const someTag = tuple(
  constantFrom(...TYPES),
  constantFrom('', 'en:', 'AR:', 'es:article:', 'art_en_', 'xx:'),
  string(),
).map(([type, start, rest]) => `${type}:${start}${rest}` as CacheTag);

/** As few or as many as it takes to reach every level: fast-check's own arrays stay short. */
const someTags = tuple(
  array(someTag, { maxLength: 50 }),
  integer({ min: 0, max: 6_000 }),
  string({ maxLength: 8 }),
).map(([tags, count, prefix]) => [...tags, ...manyTags(count, prefix)]);

const isPurgedBy = (header: string, tag: CacheTag): boolean => {
  const keys = new Set(header.split(' '));
  return purgeKeysOf(tag).some((key) => keys.has(key));
};

describe('surrogateKeysOf', () => {
  it('keeps any answer purgeable by every tag it read, in a header no proxy refuses', () => {
    assert(
      property(someTags, (tags) => {
        const header = surrogateKeysOf(tags);
        // The whole line is what Varnish counts: name, colon, space, value, line end.
        expect(Buffer.byteLength(`Surrogate-Key: ${header}\r\n`)).toBeLessThanOrEqual(8_192);
        expect(header).toMatch(/^[A-Za-z0-9_:-]+( [A-Za-z0-9_:-]+)*$/);
        expect(tags.filter((tag) => !isPurgedBy(header, tag))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it.each([5, 700, 1_100, 1_500, 1_990, 4_000, 20_000])('drops no key of %i tags', (count) => {
    const tags = manyTags(count, 'x');
    const header = surrogateKeysOf(tags);
    expect(header.length).toBeLessThanOrEqual(HEADER_LIMIT_BYTES);
    expect(tags.filter((tag) => !isPurgedBy(header, tag))).toEqual([]);
  });

  it('leaves an answer alone when something changes that it did not read', () => {
    const header = surrogateKeysOf(manyTags(500, 'read'));
    expect(manyTags(20_000, 'other').filter((tag) => isPurgedBy(header, tag))).toEqual([]);
  });

  it('says the same whatever the order in which tags were read twice', () => {
    const tags = manyTags(3, 'x');
    expect(surrogateKeysOf([...tags, ...tags])).toBe(surrogateKeysOf(tags));
  });

  it('names every answer by one key, so that all of them can be dropped at once', () => {
    expect(surrogateKeysOf([]).split(' ')).toContain(EVERYTHING_KEY);
    expect(surrogateKeysOf(manyTags(9_000, 'x')).split(' ')).toContain(EVERYTHING_KEY);
  });

  it('falls back to the edition past what a header can hold, and to no other edition', () => {
    const header = surrogateKeysOf(manyTags(9_000, 'x'));
    expect(header).toBe('masthead:all masthead:en');
    expect(isPurgedBy(header, 'list:ar:all')).toBe(false);
    expect(isPurgedBy(header, 'list:en:all')).toBe(true);
  });
});

describe('false positives', () => {
  // [tags, share of changed tags that end the answer although it did not read them, at most]
  it.each([
    [500, 0],
    [700, 0],
    [1_100, 0],
    [1_500, 0.0005],
    [2_000, 0.012],
    [4_000, 0.7],
  ])('stay rare: an answer of %i tags', (count, most) => {
    const exactness = measureExactness(count, 24_000);
    console.log(`surrogate keys: ${JSON.stringify(exactness)}`);
    expect(exactness.perTag).toBeLessThanOrEqual(most);
  });
});
