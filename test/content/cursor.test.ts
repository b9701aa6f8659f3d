import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCursor, parseCursor, positionOf, type CursorList } from '../../src/content/cursor.ts';
import type { Article } from '../../src/content/entities.ts';
import { idOf } from '../../src/content/ids.ts';
import { ARTICLE_ORDERS, type ListingQuery } from '../../src/content/listing.ts';
import { GatewayError } from '../../src/errors.ts';

const query: ListingQuery = { edition: 'EN', scope: { of: 'edition' }, filter: {}, order: 'PUBLISHED_DESC' };
const articles = (change: Partial<ListingQuery> = {}) => ({ of: 'articles' as const, query: { ...query, ...change } });
const instant = fc.integer({ min: Date.parse('0001-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59Z') });
const article = fc.string().map((key) => idOf.article('EN', 'test', key));
const position = fc.record({ instant, id: article, walk: fc.nat() });
const place = { instant: Date.parse('2026-11-23T12:00:00Z'), id: idOf.article('EN', 'test', 'a'), walk: 0 };

const refusalOf = (list: CursorList, cursor: string): GatewayError => {
  try {
    parseCursor(list, cursor);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error(`The cursor ${cursor} was taken`);
};

describe('encodeCursor', () => {
  it('writes what parseCursor reads, for every kind of list', () => {
    fc.assert(
      fc.property(position, (given) => {
        expect(parseCursor(articles(), encodeCursor(articles(), given))).toEqual(given);
      }),
    );
    const search = { of: 'search' as const, query: { edition: 'AR' as const, text: 'سلام', filter: {} } };
    const score = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
    fc.assert(
      fc.property(fc.record({ score, id: article, rankedAt: instant }), (given) => {
        expect(parseCursor(search, encodeCursor(search, given))).toEqual(given);
      }),
    );
    const names = { of: 'authors' as const, edition: 'ES' as const };
    fc.assert(
      fc.property(fc.record({ name: fc.string({ unit: 'binary', maxLength: 200 }), id: fc.string() }), (given) => {
        expect(parseCursor(names, encodeCursor(names, given))).toEqual(given);
      }),
    );
  });

  it('can stand in an address as it is', () => {
    fc.assert(
      fc.property(position, (given) => {
        expect(encodeCursor(articles(), given)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it('is the same however the filter is written', () => {
    const written = encodeCursor(articles({ filter: { kinds: ['OPINION', 'NEWS'], tagSlugs: [] } }), place);
    expect(encodeCursor(articles({ filter: { kinds: ['NEWS', 'OPINION', 'NEWS'] } }), place)).toBe(written);
  });
});

describe('parseCursor', () => {
  const cursor = encodeCursor(articles(), place);
  const tag = { of: 'tag' as const, id: idOf.tag('EN', 'moscow') };
  const others: readonly (readonly [string, CursorList])[] = [
    ['another edition', articles({ edition: 'ES' })],
    ['another scope', articles({ scope: tag })],
    ['another order', articles({ order: 'PUBLISHED_ASC' })],
    ['another filter', articles({ filter: { breaking: false } })],
  ];

  it.each(others)('refuses a cursor of %s', (_name, list) => {
    expect(refusalOf(list, cursor)).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'This cursor belongs to another list: use it with the arguments of the list it came from',
    });
  });

  it('refuses a cursor of another search, and of another kind of list', () => {
    const search = (text: string) => ({ of: 'search' as const, query: { edition: 'EN' as const, text, filter: {} } });
    const match = encodeCursor(search('peace'), { score: 0.1, id: place.id, rankedAt: place.instant });
    expect(refusalOf(search('war'), match).code).toBe('BAD_USER_INPUT');
    const name = encodeCursor({ of: 'tags', edition: 'EN' }, { name: 'Moscow', id: tag.id });
    expect(refusalOf({ of: 'authors', edition: 'EN' }, name).code).toBe('BAD_USER_INPUT');
    for (const foreign of [match, name]) expect(refusalOf(articles(), foreign).code).toBe('BAD_USER_INPUT');
  });

  it('refuses a cursor of which one letter was changed, or the end is missing', () => {
    fc.assert(
      fc.property(
        fc.nat(cursor.length - 1),
        fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_', ' ', '=', '+', '/', '%'),
        (index, letter) => {
          const changed = `${cursor.slice(0, index)}${letter}${cursor.slice(index + 1)}`;
          fc.pre(changed !== cursor);
          expect(refusalOf(articles(), changed).code).toBe('BAD_USER_INPUT');
          expect(refusalOf(articles(), cursor.slice(0, index)).code).toBe('BAD_USER_INPUT');
        },
      ),
    );
  });

  it('refuses any other text, however long or strange', () => {
    const json = fc.json().map((text) => Buffer.from(text).toString('base64url'));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), json), (text) => {
        expect(refusalOf(articles(), text).code).toBe('BAD_USER_INPUT');
      }),
    );
    expect(refusalOf(articles(), 'A'.repeat(1_000_000)).message).toBe(
      'Malformed cursor: cursors are opaque, pass them on as they came',
    );
  });

  it('refuses instants that no database can hold, even in a cursor made with care', () => {
    for (const wrong of [8.64e15, -8.64e15, 1.5])
      expect(refusalOf(articles(), encodeCursor(articles(), { ...place, instant: wrong })).code).toBe('BAD_USER_INPUT');
  });
});

describe('positionOf', () => {
  it('takes the instant that the order sorts by', () => {
    const story = { id: place.id, publishedAt: 1, updatedAt: 2 } as Article;
    expect(ARTICLE_ORDERS.map((order) => positionOf(story, order, 7).instant)).toEqual([1, 1, 2]);
    expect(positionOf(story, 'UPDATED_DESC', 7)).toEqual({ instant: 2, id: place.id, walk: 7 });
  });
});
