import { describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import { createPlan } from './create-plan.ts';
import type { Plan } from '../../src/content/plan.ts';
import { publicView, type ListingFilter, type ListingQuery } from '../../src/content/listing.ts';
import { canonicalListing, countTagsOf, listTagsOf, searchTagsOf } from '../../src/content/listing-tags.ts';

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
  const NOW = Date.UTC(2026, 10, 23, 12);
  const DAY = 86_400_000;
  const section = idOf.section('EN', 'news');
  const tag = idOf.tag('EN', 'moscow');
  const author = idOf.author('EN', 'salma');
  const short = (id: string): string => id[0] + id.slice(-10);
  const of = (rest: Partial<ListingQuery>): readonly string[] => listTagsOf(query(rest), publicView(NOW));
  const every = 'lists:en:all';

  it.each<[string, Partial<ListingQuery>, readonly string[]]>([
    ['an edition', {}, ['list:en:all', every]],
    ['kinds of an edition', { filter: { kinds: ['NEWS', 'BLOG'] } }, ['list:en:kind:NEWS', 'list:en:kind:BLOG', every]],
    ['a section', { scope: { of: 'section', id: section } }, [`list:${section}`, every]],
    ['a tag', { scope: { of: 'tag', id: tag } }, [`list:${tag}`, every]],
    ['an author', { scope: { of: 'author', id: author } }, [`list:${author}`, every]],
    ['a tag named in a filter', { filter: { tagSlugs: ['moscow'] } }, [`list:${tag}`, every]],
    [
      'sections named in a filter, each once',
      { filter: { sectionPaths: ['a', 'b', 'a'] } },
      [`list:${idOf.section('EN', 'a')}`, `list:${idOf.section('EN', 'b')}`, every],
    ],
    [
      'kinds of a section, which ends with the section named by hand too',
      { scope: { of: 'section', id: section }, filter: { kinds: ['NEWS'] } },
      [`list:${section}:NEWS`, every, `lists:${section}`, 'lists:en:kind:NEWS'],
    ],
    [
      'a tag and an author in a section',
      { scope: { of: 'section', id: section }, filter: { tagSlugs: ['moscow'], authorSlugs: ['salma'] } },
      [
        `list:en:${short(section)}+${short(tag)}+${short(author)}`,
        every,
        'list:en:wide',
        `lists:${section}`,
        `lists:${author}`,
        `lists:${tag}`,
      ],
    ],
    [
      'sections within a section: no article is said to stand in two',
      { scope: { of: 'section', id: section }, filter: { sectionPaths: ['a'], kinds: ['NEWS'] } },
      [
        `list:${section}`,
        `list:${idOf.section('EN', 'a')}:NEWS`,
        every,
        `lists:${section}`,
        `lists:${idOf.section('EN', 'a')}`,
        'lists:en:kind:NEWS',
      ],
    ],
    ['breaking news', { filter: { breaking: true } }, ['list:en:all:breaking', every]],
    [
      'what is not breaking, and may have been',
      { filter: { breaking: false } },
      ['list:en:all', 'list:en:all:breaking', every],
    ],
    ['a window that runs', { filter: { publishedAfter: NOW - DAY } }, ['list:en:all', every]],
    ['a window just over', { filter: { publishedBefore: NOW - DAY } }, ['list:en:all', every]],
    ['a window long over', { filter: { publishedBefore: NOW - 2 * DAY } }, ['list:en:archive', every]],
    [
      'a window long over in a section',
      { filter: { publishedBefore: 0 }, scope: { of: 'section', id: section } },
      ['list:en:archive', every, `lists:${section}`],
    ],
    ['what sorts by update', { order: 'UPDATED_DESC' }, ['list:en:all', every, 'updated:en']],
    [
      'kinds by update',
      { order: 'UPDATED_DESC', filter: { kinds: ['BLOG'] } },
      ['list:en:kind:BLOG', every, 'updated:en:kind:BLOG', 'lists:updated:en'],
    ],
    [
      'what filters by update',
      { filter: { updatedAfter: 1 }, scope: { of: 'tag', id: tag } },
      [`list:${tag}`, every, `updated:${tag}`, 'lists:updated:en'],
    ],
  ])('is the narrowest that covers %s', (_, rest, tags) => {
    expect(of(rest)).toEqual(tags);
  });

  it('stays short where a filter can be met in thousands of ways', () => {
    const slugs = Array.from({ length: 100 }, (_, index) => `s${index}`);
    const tags = of({ filter: { tagSlugs: slugs, authorSlugs: slugs, sectionPaths: slugs } });
    expect(new Set(tags).size).toBeLessThanOrEqual(601);
    expect(tags).toEqual(expect.arrayContaining([`list:${idOf.tag('EN', 's99')}`, `list:${idOf.author('EN', 's0')}`]));
  });

  it('is shorter for a count, which no order changes', () => {
    expect(countTagsOf(query({ order: 'UPDATED_DESC' }), publicView(NOW))).toEqual(['list:en:all', every]);
    expect(countTagsOf(query({ filter: { updatedAfter: 1 } }), publicView(NOW))).toContain('updated:en');
  });

  it.each<[string, ListingFilter, readonly string[]]>([
    ['words alone', {}, ['search:en']],
    ['words in a window', { publishedAfter: 1 }, ['search:en']],
    ['words in what was updated', { updatedAfter: 1 }, ['search:en', 'updated:en']],
    ['words in kinds', { kinds: ['BLOG'] }, ['search:en:kind:BLOG', 'lists:search:en', 'list:en:kind:BLOG', every]],
    [
      'words in breaking news',
      { breaking: true },
      ['search:en:breaking', 'lists:search:en', 'list:en:all:breaking', every],
    ],
  ])('of a search covers %s', (_, filter, tags) => {
    expect(searchTagsOf({ edition: 'EN', text: 'x', filter }, publicView(NOW))).toEqual(tags);
  });
});

describe('by plan', () => {
  const NOW = Date.UTC(2026, 10, 23);
  const view = (plan: Partial<Plan>) => ({ now: NOW, plan: createPlan(plan) });
  const politics = idOf.section('EN', 'news/politics');

  it('a list ends with those of the sections and kinds of its plan, where articles come and go', () => {
    const plan = view({ sections: { EN: ['news/politics'] }, kinds: ['NEWS', 'VIDEO'] });
    const tags = listTagsOf(query({}), plan);
    for (const kind of ['NEWS', 'VIDEO']) expect(tags).toContain(`list:${politics}:${kind}`);
    expect(tags).toContain('lists:en:all');
    expect(listTagsOf(query({}), view({ sections: { AR: ['x'] } }))).toEqual(listTagsOf(query({}), publicView(NOW)));
  });

  it('a list that is narrowed by the same ends with either', () => {
    const tags = listTagsOf(
      query({ filter: { sectionPaths: ['sport'] } }),
      view({ sections: { EN: ['news/politics'] } }),
    );
    expect(tags).toEqual(expect.arrayContaining([`list:${politics}`, `list:${idOf.section('EN', 'sport')}`]));
  });

  it('a count and a search too', () => {
    const plan = view({ kinds: ['VIDEO'] });
    expect(countTagsOf(query({}), plan)).toContain('list:en:kind:VIDEO');
    expect(searchTagsOf({ edition: 'EN', text: 'x', filter: {} }, plan)).toEqual(
      expect.arrayContaining(['search:en:kind:VIDEO', 'list:en:kind:VIDEO']),
    );
  });
});
