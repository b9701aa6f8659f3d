import { encodeCursor, parseCursor, positionOf, type CursorList } from '../src/content/cursor.ts';
import type { EditionCode } from '../src/content/edition.ts';
import type { Article, Author, Tag } from '../src/content/entities.ts';
import type { ListingQuery, ListingScope, PageRequest } from '../src/content/listing.ts';
import type { Match, SearchQuery } from '../src/content/search.ts';
import { GatewayError } from '../src/errors.ts';
import type { NameListing, NamePage } from '../src/stores/taxonomy-store.ts';
import { checkSize, mapFilter } from './arguments.ts';
import type { Context } from './context.ts';
import { edgeOf, matchEdgeOf, pageInfoOf } from './page-info.ts';
import type {
  ArticleConnectionSource,
  AuthorConnectionSource,
  SearchConnectionSource,
  TagConnectionSource,
} from './sources.ts';
import type {
  ArticleConnectionResolvers,
  AuthorConnectionResolvers,
  EditionArticlesArgs,
  EditionSearchArgs,
  EditionTagsArgs,
  SearchConnectionResolvers,
  TagConnectionResolvers,
} from './types.generated.ts';

/** Length of a page nobody gave a length for. */
const DEFAULT_SIZE = 20;

/** Arguments as they come: null and absent are the same. */
type Loose<Args> = { readonly [Name in keyof Args]?: Args[Name] | null | undefined };

/**
 * The part of `list` that was asked for.
 *
 * @throws {GatewayError} BAD_USER_INPUT for a size out of range, both directions at once, or a foreign cursor.
 */
const readPageRequest = (
  list: CursorList & { readonly of: 'articles' },
  { first, after, last, before }: Loose<EditionArticlesArgs>,
): PageRequest => {
  const isBackward = typeof last === 'number' || (typeof before === 'string' && typeof first !== 'number');
  if (typeof first === 'number' && typeof last === 'number')
    throw new GatewayError('BAD_USER_INPUT', 'Give "first" or "last", not both');
  if (typeof after === 'string' && isBackward)
    throw new GatewayError('BAD_USER_INPUT', '"after" goes with "first", "before" with "last"');
  if (typeof before === 'string' && !isBackward)
    throw new GatewayError('BAD_USER_INPUT', '"after" goes with "first", "before" with "last"');
  const cursor = isBackward ? before : after;
  return {
    direction: isBackward ? 'backward' : 'forward',
    limit: isBackward ? checkSize('last', last, DEFAULT_SIZE) : checkSize('first', first, DEFAULT_SIZE),
    ...(typeof cursor === 'string' ? { from: parseCursor(list, cursor) } : {}),
  };
};

/** One page of the articles of `scope`. */
export const readArticles = async (
  { edition, scope }: { readonly edition: EditionCode; readonly scope: ListingScope },
  args: Loose<EditionArticlesArgs>,
  { loaders }: Context,
): Promise<ArticleConnectionSource> => {
  const query: ListingQuery = {
    edition,
    scope,
    filter: mapFilter(args.filter),
    order: args.orderBy ?? 'PUBLISHED_DESC',
  };
  const list = { of: 'articles', query } as const;
  const page = readPageRequest(list, args);
  const { articles, read, hasMore, walk } = await loaders.articles.page.load({ ...query, page });
  const cursorOf = (article: Article): string => encodeCursor(list, positionOf(article, query.order, walk));
  const hasCursor = page.from !== undefined;
  return {
    nodes: articles,
    cursorOf,
    // The end that was not looked at: only that a cursor was given is known, and that is what is said.
    pageInfo: pageInfoOf(
      { shown: articles, read, cursorOf },
      page.direction === 'forward'
        ? { hasNextPage: hasMore, hasPreviousPage: hasCursor }
        : { hasNextPage: hasCursor, hasPreviousPage: hasMore },
    ),
    query,
  };
};

const QUERY_LIMIT = 200;

/** One page of what matches a reader's words. */
export const readSearch = async (
  edition: EditionCode,
  args: Loose<EditionSearchArgs>,
  { loaders, now }: Context,
): Promise<SearchConnectionSource> => {
  const text = (args.query ?? '').normalize('NFC').trim();
  const length = [...text].length;
  if (length < 1 || length > QUERY_LIMIT)
    throw new GatewayError('BAD_USER_INPUT', `"query" must have 1 to ${QUERY_LIMIT} characters; it has ${length}`);
  const query: SearchQuery = { edition, text, filter: mapFilter(args.filter) };
  const list = { of: 'search', query } as const;
  const limit = checkSize('first', args.first, DEFAULT_SIZE);
  const from = typeof args.after === 'string' ? parseCursor(list, args.after) : undefined;
  // The ranking of the first page, on every page.
  const rankedAt = from?.rankedAt ?? now;
  const { matches, read, hasMore } = await loaders.articles.search.load({
    ...query,
    limit,
    rankedAt,
    ...(from === undefined ? {} : { after: { score: from.score, id: from.id } }),
  });
  const cursorOf = ({ article, score }: Match): string => encodeCursor(list, { score, rankedAt, id: article.id });
  const edges = matches.map((match) => matchEdgeOf(match, cursorOf));
  const further = { hasNextPage: hasMore, hasPreviousPage: from !== undefined };
  return { edges, pageInfo: pageInfoOf({ shown: matches, read, cursorOf }, further), query };
};

const readNames = async <Entity extends { readonly id: string; readonly name: string }>(
  of: 'tags' | 'authors',
  edition: EditionCode,
  { first, after }: Loose<EditionTagsArgs>,
  load: (listing: NameListing) => Promise<NamePage<Entity>>,
) => {
  const list = { of, edition } as const;
  const from = typeof after === 'string' ? parseCursor(list, after) : undefined;
  const { entities, hasMore } = await load({
    edition,
    limit: checkSize('first', first, DEFAULT_SIZE),
    ...(from === undefined ? {} : { after: from }),
  });
  const cursorOf = ({ name, id }: Entity): string => encodeCursor(list, { name, id });
  const further = { hasNextPage: hasMore, hasPreviousPage: from !== undefined };
  return {
    edges: entities.map((entity) => edgeOf(entity, cursorOf)),
    pageInfo: pageInfoOf({ shown: entities, read: entities, cursorOf }, further),
  };
};

/** One page of an edition's tags, by name. */
export const readTags = (
  edition: EditionCode,
  args: Loose<EditionTagsArgs>,
  { loaders }: Context,
): Promise<TagConnectionSource> => readNames<Tag>('tags', edition, args, (listing) => loaders.tags.page.load(listing));

/** One page of an edition's authors, by name. */
export const readAuthors = (
  edition: EditionCode,
  args: Loose<EditionTagsArgs>,
  { loaders }: Context,
): Promise<AuthorConnectionSource> =>
  readNames<Author>('authors', edition, args, (listing) => loaders.authors.page.load(listing));

const nodes = <Node>({ edges }: { readonly edges: readonly { readonly node: Node }[] }): readonly Node[] =>
  edges.map(({ node }) => node);

export const ArticleConnection: ArticleConnectionResolvers = {
  edges: ({ nodes: articles, cursorOf }) => articles.map((article) => edgeOf(article, cursorOf)),
  totalCount: async ({ query }, _args, { loaders }) => (await loaders.articles.count.load(query)).total,
};

export const SearchConnection: SearchConnectionResolvers = {
  nodes,
  totalCount: async ({ query }, _args, { loaders }) => (await loaders.articles.searchCount.load(query)).total,
};

export const TagConnection: TagConnectionResolvers = { nodes };
export const AuthorConnection: AuthorConnectionResolvers = { nodes };
