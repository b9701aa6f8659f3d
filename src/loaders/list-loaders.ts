import type DataLoader from 'dataloader';
import type { EditionCode } from '../content/edition.ts';
import type { Article } from '../content/entities.ts';
import type { ArticleId } from '../content/ids.ts';
import { canonicalListing, countTagsOf, listTagsOf, searchTagsOf } from '../content/listing-tags.ts';
import type { ArticlePage, Listing, ListingCount, ListingQuery, Viewpoint } from '../content/listing.ts';
import type { Match, SearchCount, SearchPage, SearchQuery, SearchRequest } from '../content/search.ts';
import type { RelatedRequest } from '../content/weigh-related.ts';
import { createBatchLoader, type LoaderSetting } from './batch-loader.ts';
import type { Recorder } from './recorder.ts';
import { editionsOf, type Sight } from './sight.ts';

/** A page as its reader sees it. */
export interface SeenArticlePage extends ArticlePage {
  /** All that stood on it, also what was found gone: where the list goes on, even from a page that is empty for that. */
  readonly read: readonly Article[];
}

export interface SeenSearchPage extends SearchPage {
  /** As for a list. */
  readonly read: readonly Match[];
}

export interface ListLoaders {
  readonly page: DataLoader<Listing, SeenArticlePage, unknown>;
  readonly count: DataLoader<ListingQuery, ListingCount, unknown>;
  readonly related: DataLoader<RelatedRequest, readonly Article[], unknown>;
  readonly search: DataLoader<SearchRequest, SeenSearchPage, unknown>;
  readonly searchCount: DataLoader<SearchQuery, SearchCount, unknown>;
}

/** A passage is a part of the text: searched for often enough, it would be all of it. */
const matchSeen = (match: Match, article: Article | null): readonly Match[] => {
  if (article === null) return [];
  return [{ ...match, article, snippetHtml: article.rights.syndication === 'FULL' ? match.snippetHtml : null }];
};

/** What was taken down: a store that has not heard of it, or that was only told to hide it, would count it still. */
const hiddenFrom = (
  { tombstones }: Pick<LoaderSetting, 'tombstones'>,
  queries: readonly { readonly edition: EditionCode }[],
): readonly ArticleId[] => [...editionsOf(queries)].flatMap(tombstones.of);

/** Loaders of lists of articles, as whoever has this `sight` may have them; `remember` is told of every article it is given. */
export const createListLoaders = (
  setting: LoaderSetting,
  recorder: Recorder,
  sight: Sight,
  remember: <Found extends Article | null>(article: Found) => Found,
): ListLoaders => {
  const { view } = sight;
  const keep = (articles: readonly Article[], from: Viewpoint): readonly Article[] =>
    articles.map((article) => remember(sight.show(article, from))).filter((article) => article !== null);

  return {
    page: createBatchLoader(setting, {
      name: 'articles of a list',
      editionOf: ({ edition }: Listing) => edition,
      identityOf: (listing) => JSON.stringify([canonicalListing(listing), listing.page]),
      record: (listing) => listTagsOf(listing, view).forEach(recorder.tag),
      read: async ({ articles }, listings) => {
        const from = await sight.from(editionsOf(listings));
        return (await articles.list(listings, from)).map((page) => {
          recorder.boundary(page.boundaryAt);
          return { ...page, articles: keep(page.articles, from), read: page.articles };
        });
      },
    }),
    count: createBatchLoader(setting, {
      name: 'count of a list',
      editionOf: ({ edition }: ListingQuery) => edition,
      identityOf: (query) => JSON.stringify(canonicalListing(query)),
      record: (query) => countTagsOf(query, view).forEach(recorder.tag),
      read: async ({ articles }, queries) => {
        const from = await sight.from(editionsOf(queries));
        const counts = await articles.count(queries, from, hiddenFrom(setting, queries));
        for (const { boundaryAt } of counts) recorder.boundary(boundaryAt);
        return counts;
      },
    }),
    related: createBatchLoader(setting, {
      name: 'related articles',
      editionOf: ({ edition }: RelatedRequest) => edition,
      identityOf: ({ id, limit }) => `${id}:${limit}`,
      // A scored list carries its articles' tags only: it may be as old as the page, a takedown ends it at once.
      record: () => undefined,
      read: async ({ articles }, requests) => {
        const from = await sight.from(editionsOf(requests));
        return (await articles.related(requests, from)).map((page) => keep(page.articles, from));
      },
    }),
    search: createBatchLoader(setting, {
      name: 'search',
      editionOf: ({ edition }: SearchRequest) => edition,
      identityOf: (request) => JSON.stringify(request),
      record: (query) => searchTagsOf(query, view).forEach(recorder.tag),
      read: async ({ articles }, requests) => {
        const from = await sight.from(editionsOf(requests));
        return (await articles.search(requests, from)).map((page) => {
          recorder.boundary(page.boundaryAt);
          const matches = page.matches.flatMap((match) => matchSeen(match, remember(sight.show(match.article, from))));
          return { ...page, matches, read: page.matches };
        });
      },
    }),
    searchCount: createBatchLoader(setting, {
      name: 'count of a search',
      editionOf: ({ edition }: SearchQuery) => edition,
      identityOf: (query) => JSON.stringify(query),
      record: (query) => searchTagsOf(query, view).forEach(recorder.tag),
      read: async ({ articles }, queries) => {
        const from = await sight.from(editionsOf(queries));
        const counts = await articles.countSearch(queries, from, hiddenFrom(setting, queries));
        for (const { boundaryAt } of counts) recorder.boundary(boundaryAt);
        return counts;
      },
    }),
  };
};
