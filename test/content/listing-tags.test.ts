import { describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import type { ListingFilter, ListingQuery } from '../../src/content/listing.ts';
import { canonicalListing, listTagsOf } from '../../src/content/listing-tags.ts';

const query = (rest: Partial<ListingQuery> = {}): ListingQuery => ({
  edition: 'EN',
  scope: { of: 'edition' },
  filter: {},
  order: 'PUBLISHED_DESC',
  ...rest,
});
const textOf = (filter: ListingFilter): string => JSON.stringify(canonicalListing(query({ filter })));

describe('canonicalListing', () => {
  it.each<[ListingFilter, ListingFilter, string]>([
    [{ kinds: ['NEWS', 'BLOG'] }, { kinds: ['BLOG', 'NEWS'] }, 'the order of values'],
    [{ kinds: ['NEWS', 'NEWS'] }, { kinds: ['NEWS'] }, 'a value given twice'],
    [{ kinds: [], tagSlugs: [] }, {}, 'empty lists, which restrict nothing'],
    [{ breaking: true, kinds: ['NEWS'] }, { kinds: ['NEWS'], breaking: true }, 'the order of fields'],
  ])('%j and %j are one list: %s', (one, other) => {
    expect(textOf(one)).toBe(textOf(other));
  });

  it.each<[ListingFilter, ListingFilter]>([
    [{ breaking: false }, {}],
    [{ breaking: false }, { breaking: true }],
    [{ publishedAfter: 1 }, { publishedBefore: 1 }],
    [{ publishedAfter: 0 }, {}],
    [{ tagSlugs: ['a'] }, { authorSlugs: ['a'] }],
    [{ tagSlugs: ['a', 'b'] }, { tagSlugs: ['a,b'] }],
  ])('%j and %j are two', (one, other) => {
    expect(textOf(one)).not.toBe(textOf(other));
  });

  it('tells editions, scopes and orders apart', () => {
    const lists = [
      query(),
      query({ edition: 'AR' }),
      query({ order: 'UPDATED_DESC' }),
      query({ scope: { of: 'section', id: idOf.section('EN', 'x') } }),
      query({ scope: { of: 'tag', id: idOf.tag('EN', 'x') } }),
      query({ scope: { of: 'author', id: idOf.author('EN', 'x') } }),
    ];
    expect(new Set(lists.map((list) => JSON.stringify(canonicalListing(list)))).size).toBe(lists.length);
  });
});

describe('listTagsOf', () => {
  const section = idOf.section('EN', 'news');
  const tag = idOf.tag('EN', 'moscow');
  const author = idOf.author('EN', 'salma');

  it.each<[string, Partial<ListingQuery>, readonly string[]]>([
    ['an edition', {}, ['list:en:all']],
    ['kinds of an edition', { filter: { kinds: ['NEWS', 'BLOG'] } }, ['list:en:kind:NEWS', 'list:en:kind:BLOG']],
    ['a section', { scope: { of: 'section', id: section } }, [`list:${section}`]],
    ['a tag', { scope: { of: 'tag', id: tag } }, [`list:${tag}`]],
    ['an author', { scope: { of: 'author', id: author } }, [`list:${author}`]],
    [
      'kinds of a section: the section covers them',
      { scope: { of: 'section', id: section }, filter: { kinds: ['NEWS'] } },
      [`list:${section}`],
    ],
    [
      'sections named in a filter: only the edition covers them',
      { filter: { sectionPaths: ['a', 'b'] } },
      ['list:en:all'],
    ],
    ['what sorts by update', { order: 'UPDATED_DESC' }, ['list:en:all', 'updated:en']],
    [
      'what filters by update',
      { filter: { updatedAfter: 1 }, scope: { of: 'tag', id: tag } },
      [`list:${tag}`, 'updated:en'],
    ],
  ])('is the narrowest that covers %s', (_, rest, tags) => {
    expect(listTagsOf(query(rest))).toEqual(tags);
  });
});
