import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EDITION_CODES, type EditionCode } from '../../../src/content/edition.ts';
import { ARCHIVE, archiveEditionOf, archiveSlug, type Archive } from '../../support/archive/archive-places.ts';
import { COMMON_WORD, PAST_WORD, RARE_WORD } from '../../support/archive/archive-words.ts';

/** What a reader asks for, over and over. */
export interface ScaleRow {
  readonly name: string;
  readonly document: string;
  /** Variables of request number `place`. */
  readonly variablesOf: (place: number, asked: Asked) => Readonly<Record<string, unknown>>;
  /** How much longer it may take in the largest archive than in the smallest. */
  readonly wanted: number;
}

/** What is asked, and what has been found out about it. */
export interface Asked {
  readonly archive: Archive;
  /** As `findDeepCursors` finds it in `DEEP_SECTION`. */
  readonly deepCursor: string | null;
  /** The same among changes. */
  readonly deltaCursor: string | null;
}

/** The section whose last pages are read. */
export const DEEP_SECTION = { edition: 'EN', path: 's3' } as const;

const contract = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, `../../../src/http/playground/operations/${name}.graphql`), 'utf8');

const CARD = 'nodes { id headline url publishedAt section { id name } authors { id name } tags { id name } }';
const sectionPage = (fields: string): string =>
  `query ($edition: EditionCode!, $path: String!, $after: String, $filter: ArticleFilter) { edition(code: $edition) { id section(path: $path) { id name
    articles(first: 20, after: $after, filter: $filter) { ${fields} ${CARD} pageInfo { hasNextPage endCursor } } } } }`;
const TAG_PAGE = `query ($edition: EditionCode!) { edition(code: $edition) { id tag(slug: "t0") { id name
  articles(first: 20) { ${CARD} pageInfo { hasNextPage endCursor } } } } }`;
const SEARCH = `query ($edition: EditionCode!, $words: String!, $filter: ArticleFilter) { edition(code: $edition) { id
  search(query: $words, filter: $filter, first: 10) { edges { snippetHtml node { id headline url } } pageInfo { endCursor } } } }`;

/** Changes as a partner follows them, to know what has to be fetched. */
export const DELTAS = `query ($first: Int!, $after: String) { changes(first: $first, after: $after) { cursor
  edges { cursor node { id kind articleId url edition occurredAt version article { id headline updatedAt } } }
  pageInfo { hasNextPage endCursor } } }`;

/** Prime: each request asks for another part of the archive. */
const STEP = 7_368_787;
const articleAt = (place: number, { archive }: Asked): number => (place * STEP) % archive.articles;
const editionAt = (place: number): EditionCode => EDITION_CODES[place % EDITION_CODES.length] ?? 'EN';

const LISTS = 1.5;
const SEARCHES = 3;

/** Every row, in the order shown. */
export const scaleRows: readonly ScaleRow[] = [
  {
    name: 'article page',
    document: contract('article-page'),
    variablesOf: (place, asked) => {
      const number = articleAt(place, asked);
      return { edition: archiveEditionOf(number), slug: archiveSlug(number) };
    },
    wanted: LISTS,
  },
  {
    name: 'front page',
    document: contract('front-page'),
    variablesOf: (place) => ({ edition: editionAt(place) }),
    wanted: LISTS,
  },
  {
    name: 'section, page 1',
    document: sectionPage(''),
    variablesOf: (place) => ({ edition: editionAt(place), path: `s${place % ARCHIVE.sections}` }),
    wanted: LISTS,
  },
  {
    name: 'section, page 500 or its last',
    document: sectionPage(''),
    variablesOf: (_place, { deepCursor }) => ({ ...DEEP_SECTION, after: deepCursor }),
    wanted: LISTS,
  },
  {
    name: 'section, page 1, counted',
    document: sectionPage('totalCount'),
    variablesOf: (place) => ({ edition: editionAt(place), path: `s${place % ARCHIVE.sections}` }),
    wanted: LISTS,
  },
  {
    name: 'the same, of a list nobody has counted',
    document: sectionPage('totalCount'),
    // All of them, by another instant each time: counts are kept by list.
    variablesOf: (place) => ({
      edition: editionAt(place),
      path: `s${place % ARCHIVE.sections}`,
      filter: { publishedAfter: new Date(place * 1_000).toISOString() },
    }),
    wanted: LISTS,
  },
  {
    name: 'tag on every third article',
    document: TAG_PAGE,
    variablesOf: (place) => ({ edition: editionAt(place) }),
    wanted: LISTS,
  },
  {
    name: 'search, a rare word',
    document: SEARCH,
    variablesOf: (place) => ({ edition: editionAt(place), words: RARE_WORD[editionAt(place)] }),
    wanted: SEARCHES,
  },
  {
    name: 'search, a common word',
    document: SEARCH,
    variablesOf: (place) => ({ edition: editionAt(place), words: COMMON_WORD[editionAt(place)] }),
    wanted: SEARCHES,
  },
  {
    name: 'search, a word of the past',
    document: SEARCH,
    variablesOf: (place) => ({ edition: editionAt(place), words: PAST_WORD[editionAt(place)] }),
    wanted: SEARCHES,
  },
  {
    name: 'search, a common word in a section',
    document: SEARCH,
    variablesOf: (place) => ({
      edition: editionAt(place),
      words: COMMON_WORD[editionAt(place)],
      filter: { sectionPaths: [`s${place % ARCHIVE.sections}`] },
    }),
    wanted: SEARCHES,
  },
  {
    name: 'deltas, from the beginning',
    document: DELTAS,
    variablesOf: () => ({ first: 20, after: null }),
    wanted: LISTS,
  },
  {
    name: 'deltas, page 500 or the last',
    document: DELTAS,
    variablesOf: (_place, { deltaCursor }) => ({ first: 20, after: deltaCursor }),
    wanted: LISTS,
  },
];

/** Reads on through the lists of a section, as clients do. */
export const WALK = sectionPage('').replace('first: 20', 'first: 100');
