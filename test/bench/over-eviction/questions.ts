import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Instant } from '../../../src/clock.ts';
import {
  AUTHORS,
  COMING_AUTHORS,
  COMING_TAGS,
  comingSectionsOf,
  DAY_MS,
  EDITIONS,
  idOfStory,
  OLD_ADDRESSES,
  pathOf,
  searchedWords,
  sectionsOf,
  TAGS,
  type EditionName,
  type Story,
} from './newsroom.ts';

/** Something readers ask. */
export interface Question {
  readonly name: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Ranked anew as time goes by: its order ends with its age, not at an instant. */
  readonly isRanked: boolean;
}

const OPERATIONS = resolve(import.meta.dirname, '../../../src/http/playground/operations');
const operation = (name: string): string => readFileSync(resolve(OPERATIONS, `${name}.graphql`), 'utf8');

const LIST = `query ($edition: EditionCode!, $first: Int, $last: Int, $filter: ArticleFilter, $orderBy: ArticleOrder) {
  edition(code: $edition) { articles(first: $first, last: $last, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { id headline } } pageInfo { hasNextPage hasPreviousPage } } } }`;
const COUNT = `query ($edition: EditionCode!, $filter: ArticleFilter, $orderBy: ArticleOrder) {
  edition(code: $edition) { articles(first: 1, filter: $filter, orderBy: $orderBy) { totalCount } } }`;
const SCOPED = (
  field: string,
  type: string,
): string => `query ($edition: EditionCode!, $key: ${type}!, $filter: ArticleFilter, $orderBy: ArticleOrder) {
  edition(code: $edition) { ${field} { name articles(first: 5, filter: $filter, orderBy: $orderBy) { nodes { id headline } totalCount } } } }`;
const SECTION = SCOPED('section(path: $key)', 'String');
const TAG = SCOPED('tag(slug: $key)', 'String');
const AUTHOR = SCOPED('author(slug: $key)', 'String');
const SEARCH = `query ($edition: EditionCode!, $words: String!, $filter: ArticleFilter) {
  edition(code: $edition) { search(query: $words, first: 5, filter: $filter) {
    nodes { id headline } edges { snippetHtml } totalCount pageInfo { hasNextPage } } } }`;

const instant = (at: Instant): string => new Date(at).toISOString();

const asker =
  (edition: EditionName) =>
  (name: string, document: string, variables: Readonly<Record<string, unknown>> = {}): Question => ({
    name: `${edition}: ${name}`,
    document,
    variables: { edition: edition.toUpperCase(), first: 5, ...variables },
    isRanked: /search\(/.test(document),
  });

type Filter = Readonly<Record<string, unknown>>;

/** Filters of every field, alone and together. */
const filtersOf = (edition: EditionName, now: Instant): readonly Filter[] => {
  const [news = '', politics = '', economy = '', , world = ''] = sectionsOf(edition);
  const [coming = ''] = comingSectionsOf(edition);
  const [tag = '', other = ''] = TAGS;
  const [newTag = ''] = COMING_TAGS;
  const [author = ''] = AUTHORS;
  return [
    {},
    { kinds: ['NEWS'] },
    { kinds: ['VIDEO', 'LIVE_BLOG'] },
    { sectionPaths: [news] },
    { sectionPaths: [politics, world] },
    { sectionPaths: [coming] },
    { tagSlugs: [tag] },
    { tagSlugs: [tag, other] },
    { tagSlugs: [newTag] },
    { authorSlugs: [author] },
    { sectionPaths: [politics], tagSlugs: [tag, other] },
    { sectionPaths: [economy], authorSlugs: [author] },
    { tagSlugs: [tag], authorSlugs: [author] },
    { sectionPaths: [news], tagSlugs: [tag], authorSlugs: AUTHORS.slice(0, 2), kinds: ['NEWS', 'OPINION'] },
    { tagSlugs: [...TAGS], authorSlugs: [...AUTHORS], sectionPaths: [...sectionsOf(edition)] },
    { breaking: true },
    { breaking: false },
    { breaking: true, sectionPaths: [news] },
    { breaking: false, kinds: ['NEWS'], tagSlugs: [tag] },
    { publishedAfter: instant(now - DAY_MS) },
    { publishedAfter: instant(now - DAY_MS), sectionPaths: [news] },
    { publishedBefore: instant(now - 3 * DAY_MS) },
    { publishedBefore: instant(now - 3 * DAY_MS), publishedAfter: instant(now - 20 * DAY_MS), tagSlugs: [tag] },
    { publishedBefore: instant(now - DAY_MS), publishedAfter: instant(now - 2 * DAY_MS), kinds: ['NEWS'] },
    { updatedAfter: instant(now - 9.99 * DAY_MS) },
    { updatedAfter: instant(now - 9.99 * DAY_MS), sectionPaths: [politics], kinds: ['NEWS'] },
  ];
};

const listsOf = (edition: EditionName, now: Instant): readonly Question[] => {
  const ask = asker(edition);
  const [news = '', politics = ''] = sectionsOf(edition);
  const [tag = '', other = ''] = TAGS;
  const [author = ''] = AUTHORS;
  const updated = { orderBy: 'UPDATED_DESC' };
  return [
    ...filtersOf(edition, now).flatMap((filter) => {
      const said = JSON.stringify(filter);
      return [ask(`list ${said}`, LIST, { filter }), ask(`count ${said}`, COUNT, { filter })];
    }),
    ask('oldest first', LIST, { orderBy: 'PUBLISHED_ASC' }),
    ask('from the end', LIST, { first: null, last: 5 }),
    ask('latest updated', LIST, updated),
    ask('latest updated videos', LIST, { ...updated, filter: { kinds: ['VIDEO'] } }),
    ask('latest updated of a tag', LIST, { ...updated, filter: { tagSlugs: [tag] } }),
    ...[...sectionsOf(edition), ...comingSectionsOf(edition)].map((key) => ask(`section ${key}`, SECTION, { key })),
    ask('videos of a section', SECTION, { key: news, filter: { kinds: ['VIDEO'] } }),
    ask('a tag in a section', SECTION, { key: politics, filter: { tagSlugs: [tag] } }),
    ask('a section in a section', SECTION, { key: news, filter: { sectionPaths: [politics], kinds: ['NEWS'] } }),
    ask('breaking in a section', SECTION, { key: news, filter: { breaking: true } }),
    ask('latest updated of a section', SECTION, { key: politics, ...updated }),
    ...[...TAGS.slice(0, 3), ...COMING_TAGS].map((key) => ask(`tag ${key}`, TAG, { key })),
    ask('two tags', TAG, { key: tag, filter: { tagSlugs: [other] } }),
    ...[author, ...COMING_AUTHORS].map((key) => ask(`author ${key}`, AUTHOR, { key })),
    ask('videos of an author', AUTHOR, { key: author, filter: { kinds: ['VIDEO'] } }),
  ];
};

const searchesOf = (edition: EditionName): readonly Question[] => {
  const ask = asker(edition);
  const [word = ''] = searchedWords(edition);
  const [news = ''] = sectionsOf(edition);
  return [
    ...searchedWords(edition).map((words) => ask(`search ${words}`, SEARCH, { words })),
    ask('search a section', SEARCH, { words: word, filter: { sectionPaths: [news] } }),
    ask('search videos', SEARCH, { words: word, filter: { kinds: ['VIDEO'] } }),
    ask('search breaking news', SEARCH, { words: word, filter: { breaking: true } }),
  ];
};

const PAGE = operation('article-page');
const ONE = `query ($id: ID!, $url: URL!, $slug: String!, $edition: EditionCode!) {
  article(id: $id) { headline section { name } tags { name } authors { name } }
  articleByUrl(url: $url) { url aliases breaking }
  edition(code: $edition) { article(slug: $slug) { id rights { syndication } } } }`;
const ROUTE = `query ($url: URL!) { route(url: $url) { status url node { __typename } } }`;
const TRANSLATION = `query ($id: ID!, $to: EditionCode!) { article(id: $id) { translation(edition: $to) { id headline } } }`;

const addressOf = (edition: EditionName, path: string): string => `https://news.example/${edition}/${path}`;

/** Pages of some stories, and ways to some of their addresses. */
const storiesOf = (edition: EditionName, stories: readonly Story[]): readonly Question[] => {
  const ask = asker(edition);
  const [to = 'es'] = EDITIONS.filter((other) => other !== edition);
  return stories.flatMap((story) => {
    const of = { id: idOfStory(story), slug: story.slug, url: addressOf(edition, pathOf(story)) };
    return [
      ask(`page of ${story.key}`, PAGE, of),
      ask(`${story.key} in few words`, ONE, of),
      ask(`way to ${story.key}`, ROUTE, of),
      ask(`${story.key} in ${to}`, TRANSLATION, { ...of, to: to.toUpperCase() }),
    ];
  });
};

const placesOf = (edition: EditionName): readonly Question[] => {
  const ask = asker(edition);
  const NAMES = `query ($edition: EditionCode!) { edition(code: $edition) {
    tags(first: 4) { nodes { name } } authors(first: 4) { nodes { name } } } }`;
  const TREE = `query ($edition: EditionCode!) { edition(code: $edition) { sections { name children { name } } } }`;
  const LIVE = `query ($edition: EditionCode!) { edition(code: $edition) { live { title isLive } } }`;
  const paths = [
    ...comingSectionsOf(edition),
    ...Array.from({ length: OLD_ADDRESSES }, (_, index) => `old/${index}`),
    'tags/tag-9',
  ];
  return [
    ask('front page', operation('front-page'), { perSection: 3 }),
    ...sectionsOf(edition)
      .slice(0, 2)
      .map((path) => ask(`page of ${path}`, operation('section-listing'), { path })),
    ask('names', NAMES),
    ask('tree', TREE),
    ask('live', LIVE),
    ...paths.map((path) => ask(`way to ${path}`, ROUTE, { url: addressOf(edition, path) })),
  ];
};

/** A sample of everything readers ask: lists by every filter, counts, searches, pages, addresses, what is not there yet. */
export const createQuestions = (stories: readonly Story[], now: Instant): readonly Question[] =>
  EDITIONS.flatMap((edition) => {
    const own = stories.filter((story) => story.edition === edition);
    const new1 = { ...(own[0] as Story), key: 'new-1', slug: 'story-new-1' };
    return [
      ...listsOf(edition, now),
      ...searchesOf(edition),
      ...storiesOf(edition, [...own.filter((_, index) => index % 3 === 0), new1]),
      ...placesOf(edition),
    ];
  });
