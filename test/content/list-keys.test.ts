import { assert, boolean, constant, constantFrom, oneof, property, record, subarray, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleKind } from '../../src/content/entities.ts';
import { idOf } from '../../src/content/ids.ts';
import { coversOf, listKeysBetween, listKeysOf, movingKeysOf, type Listed } from '../../src/content/list-keys.ts';
import { listTagsOf } from '../../src/content/listing-tags.ts';
import { publicView, type ListingQuery, type ListingScope } from '../../src/content/listing.ts';
import { tagOf } from '../../src/content/tags.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const DAY_MS = 86_400_000;

const [PATHS, TAGS, AUTHORS] = ['s', 't', 'a'].map((word) =>
  Array.from({ length: 6 }, (_, index) => `${word}${index}`),
) as [string[], string[], string[]];
const KINDS: readonly ArticleKind[] = ['NEWS', 'OPINION', 'VIDEO'];

/** Where an article stands, by paths and slugs. */
interface Standing {
  readonly paths: readonly string[];
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly kind: ArticleKind;
  readonly breaking: boolean;
}
const standing = (most: number) =>
  record<Standing>({
    paths: subarray(PATHS, { minLength: 1, maxLength: most }),
    tags: subarray(TAGS, { maxLength: most }),
    authors: subarray(AUTHORS, { maxLength: most }),
    kind: constantFrom(...KINDS),
    breaking: boolean(),
  });

const listedOf = ({ paths, tags, authors, kind, breaking }: Standing, publishedAt = NOW): Listed => ({
  edition: 'EN',
  kind,
  breaking,
  publishedAt,
  targets: [
    ...paths.map((path) => idOf.section('EN', path)),
    ...tags.map((slug) => idOf.tag('EN', slug)),
    ...authors.map((slug) => idOf.author('EN', slug)),
  ],
});

const scope = oneof<[Arbitrary<ListingScope>, Arbitrary<ListingScope>, Arbitrary<ListingScope>]>(
  constant({ of: 'edition' }),
  constantFrom(...PATHS).map((path) => ({ of: 'section', id: idOf.section('EN', path) })),
  constantFrom(...TAGS).map((slug) => ({ of: 'tag', id: idOf.tag('EN', slug) })),
);
const some = (values: readonly string[], maxLength: number) => subarray([...values], { maxLength });
const query = record({
  scope,
  sectionPaths: some(PATHS, 6),
  tagSlugs: some(TAGS, 6),
  authorSlugs: some(AUTHORS, 6),
  kinds: subarray([...KINDS]),
  breaking: constantFrom(undefined, undefined, true, false),
}).map(({ scope: of, breaking, ...filter }): ListingQuery => ({
  edition: 'EN',
  scope: of,
  filter: breaking === undefined ? filter : { ...filter, breaking },
  order: 'PUBLISHED_DESC',
}));

const meets = (wanted: readonly string[] = [], had: readonly string[]): boolean =>
  wanted.length === 0 || wanted.some((one) => had.includes(one));

const isIn = (article: Standing, { scope: of, filter }: ListingQuery): boolean =>
  (of.of === 'edition' || listedOf(article).targets.includes(of.id)) &&
  meets(filter.sectionPaths, article.paths) &&
  meets(filter.tagSlugs, article.tags) &&
  meets(filter.authorSlugs, article.authors) &&
  meets(filter.kinds, [article.kind]) &&
  (filter.breaking === undefined || filter.breaking === article.breaking);

const isEnded = (told: readonly string[], asked: ListingQuery): boolean =>
  listTagsOf(asked, publicView(NOW)).some((tag) => told.includes(tag));

describe('listKeysBetween', () => {
  it.each([2, 6])('ends every list that an article enters or leaves, with up to %i of each', (most) => {
    assert(
      property(standing(most), standing(most), query, (before, after, asked) => {
        const told = listKeysBetween(listedOf(before), listedOf(after), NOW);
        const isMoved = isIn(before, asked) !== isIn(after, asked);
        expect(isEnded(told, asked) || !isMoved).toBe(true);
      }),
      { numRuns: 4_000 },
    );
  });

  it('ends no other, where lists are narrowed by one of each at most', () => {
    const narrow = query.filter(
      ({ scope: { of }, filter: { breaking, sectionPaths = [], tagSlugs = [], authorSlugs = [], kinds = [] } }) => {
        const isDouble = (of === 'section' && sectionPaths.length > 0) || (of === 'tag' && tagSlugs.length > 0);
        return (
          !isDouble &&
          breaking !== false &&
          Math.max(sectionPaths.length, tagSlugs.length, authorSlugs.length, kinds.length) < 2
        );
      },
    );
    assert(
      property(standing(2), standing(2), narrow, (before, after, asked) => {
        const told = listKeysBetween(listedOf(before), listedOf(after), NOW);
        expect(isEnded(told, asked)).toBe(isIn(before, asked) !== isIn(after, asked));
      }),
      { numRuns: 4_000 },
    );
  });

  it('tells nothing of an article that stands where it stood', () => {
    assert(
      property(standing(6), (one) => {
        expect(
          listKeysBetween(listedOf(one), { ...listedOf(one), targets: listedOf(one).targets.toReversed() }, NOW),
        ).toEqual([]);
      }),
    );
  });
});

describe('listKeysOf', () => {
  it.each([2, 6])('ends every list that an article stands in, with up to %i of each', (most) => {
    assert(
      property(standing(most), query, (article, asked) => {
        expect(isEnded(listKeysOf([listedOf(article)], NOW), asked) || !isIn(article, asked)).toBe(true);
      }),
      { numRuns: 4_000 },
    );
  });

  it('is short, however many lists there are', () => {
    assert(
      property(standing(6), (article) => {
        expect(listKeysOf([listedOf(article)], NOW).length).toBeLessThanOrEqual(64 * 4 + 2);
      }),
    );
  });

  it.each([
    [0, false],
    [0.9, false],
    [1.1, true],
    [400, true],
  ])('tells the archive of a story %d days old: %s', (days, isTold) => {
    const article: Standing = { paths: ['s0'], tags: [], authors: [], kind: 'NEWS', breaking: false };
    const told = listKeysOf([listedOf(article, NOW - days * DAY_MS)], NOW);
    expect(told.includes('list:en:archive')).toBe(isTold);
  });

  it('tells all it may be where little is known', () => {
    const known: Listed = { edition: 'EN', kind: 'NEWS', targets: [] };
    expect(listKeysOf([known], NOW)).toEqual(
      expect.arrayContaining(['list:en:all', 'list:en:all:breaking', 'list:en:kind:NEWS:breaking', 'list:en:archive']),
    );
  });
});

describe('movingKeysOf', () => {
  it('covers whatever is sorted by update and holds the article', () => {
    assert(
      property(standing(3), query, (article, asked) => {
        const isByUpdate = listTagsOf({ ...asked, order: 'UPDATED_DESC' }, publicView(NOW));
        const told = movingKeysOf('updated', [listedOf(article)]);
        expect(isByUpdate.some((tag) => told.includes(tag)) || !isIn(article, asked)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('coversOf', () => {
  it('ends what is narrower than the list that is named by hand', () => {
    assert(
      property(query, constantFrom(...TAGS), (asked, slug) => {
        const tag = tagOf.list.tag(idOf.tag('EN', slug));
        const named = [tag, ...coversOf(tag)];
        expect(isEnded(named, asked) || !asked.filter.tagSlugs?.includes(slug)).toBe(true);
        expect(isEnded([tagOf.list.all('EN'), ...coversOf(tagOf.list.all('EN'))], asked)).toBe(true);
      }),
    );
  });

  it('names nothing for what has nothing narrower', () => {
    expect(coversOf(tagOf.edition('EN'))).toEqual([]);
  });
});
