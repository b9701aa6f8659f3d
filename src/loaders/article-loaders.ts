import type DataLoader from 'dataloader';
import { canonicalListing, countTagsOf, listTagsOf, searchTagsOf } from '../content/listing-tags.ts';
import type { BodyBlock } from '../content/body.ts';
import type { Article } from '../content/entities.ts';
import { editionOfId, type ArticleId } from '../content/ids.ts';
import type { ArticlePage, Listing, ListingCount, ListingQuery, Viewpoint } from '../content/listing.ts';
import type { Match, SearchCount, SearchPage, SearchQuery, SearchRequest } from '../content/search.ts';
import { tagOf } from '../content/tags.ts';
import { nextBoundaryOf, visibilityOf, type Visibility } from '../content/visibility.ts';
import { addressKey } from '../stores/address-key.ts';
import type { Address, Addressed, RelatedRequest } from '../stores/article-store.ts';
import { createBatchLoader, inOrderOf, type LoaderSetting } from './batch-loader.ts';
import type { Recorder } from './recorder.ts';
import type { GroupInEdition } from './taxonomy-loaders.ts';

/** Where an address leads, whether or not the article may be seen. */
export type Standing = {
  /** False: the article has moved on from this address. */
  readonly isCurrent: boolean;
} & (
  | { readonly visibility: 'visible'; readonly article: Article }
  // Null: taken down, and its store does not know it any longer.
  | { readonly visibility: Exclude<Visibility, 'visible'>; readonly article: Article | null }
);

/** What an address leads to when its article was taken down and no other stands there: a section may. */
const TAKEN_DOWN: Standing = { article: null, visibility: 'gone', isCurrent: false };

/** A page as its reader sees it. */
export interface SeenArticlePage extends ArticlePage {
  /** All that stood on it, also what was found gone: where the list goes on, even from a page that is empty for that. */
  readonly read: readonly Article[];
}

export interface SeenSearchPage extends SearchPage {
  /** As for a list. */
  readonly read: readonly Match[];
}

export interface ArticleLoaders {
  /** Null: unknown, or not to be seen now. */
  readonly byId: DataLoader<ArticleId, Article | null, unknown>;
  readonly standingAt: DataLoader<Address, Standing | null, unknown>;
  readonly body: DataLoader<ArticleId, readonly BodyBlock[], unknown>;
  readonly byGroup: DataLoader<GroupInEdition, Article | null, unknown>;
  readonly page: DataLoader<Listing, SeenArticlePage, unknown>;
  readonly count: DataLoader<ListingQuery, ListingCount, unknown>;
  readonly related: DataLoader<RelatedRequest, readonly Article[], unknown>;
  readonly search: DataLoader<SearchRequest, SeenSearchPage, unknown>;
  readonly searchCount: DataLoader<SearchQuery, SearchCount, unknown>;
}

/** Loaders of articles, as they stand at `view.now`. */
export const createArticleLoaders = (setting: LoaderSetting, recorder: Recorder, view: Viewpoint): ArticleLoaders => {
  const { tombstones } = setting;
  /** What may be seen of `article`; it is recorded either way, for it may come or go. */
  const see = (article: Article): Visibility => {
    recorder.tag(tagOf.article(article.id));
    if (tombstones.hidesId(article.id)) return 'gone';
    recorder.boundary(nextBoundaryOf(article, view.now));
    return visibilityOf(article, view);
  };
  const standingOf = ({ edition, form, value }: Address, found: Addressed | null): Standing | null => {
    const isCurrent = found?.isCurrent ?? false;
    if (!isCurrent) {
      // Whoever stands there now goes before it; who left before does not come back for it.
      const isHidden = form === 'slug' ? tombstones.hidesSlug(edition, value) : tombstones.hidesPath(edition, value);
      if (isHidden) return TAKEN_DOWN;
    }
    return found && { article: found.article, visibility: see(found.article), isCurrent };
  };
  const visible = (article: Article | null): Article | null =>
    article !== null && see(article) === 'visible' ? article : null;
  const keep = (articles: readonly Article[]): readonly Article[] => {
    const kept = articles.filter((article) => see(article) === 'visible');
    for (const article of kept) byId.prime(article.id, article);
    return kept;
  };
  const groupKey = (edition: string, group: string | null): string => `${edition}:${group}`;

  const byId: ArticleLoaders['byId'] = createBatchLoader(setting, {
    name: 'article',
    editionOf: editionOfId,
    record: (id: ArticleId) => recorder.tag(tagOf.article(id)),
    read: async ({ articles }, ids) => inOrderOf(ids, await articles.byIds(ids), ({ id }) => id).map(visible),
  });

  return {
    byId,
    standingAt: createBatchLoader(setting, {
      name: 'article by address',
      editionOf: ({ edition }: Address) => edition,
      identityOf: addressKey,
      record: ({ edition, form, value }) =>
        recorder.tag(form === 'slug' ? tagOf.slug(edition, 'article', value) : tagOf.url(edition, value)),
      read: async ({ articles }, addresses) => {
        const found = await articles.byAddresses(addresses);
        const inOrder = inOrderOf(addresses.map(addressKey), found, ({ address }) => addressKey(address));
        return addresses.map((address, index) => standingOf(address, inOrder[index] ?? null));
      },
    }),
    body: createBatchLoader(setting, {
      name: 'body',
      editionOf: editionOfId,
      record: (id: ArticleId) => recorder.tag(tagOf.article(id)),
      read: async ({ articles }, ids) =>
        inOrderOf(ids, await articles.bodies(ids), ({ id }) => id).map((body) => {
          recorder.boundary(body?.lookAgainAt ?? null);
          return body === null || tombstones.hidesId(body.id) ? [] : body.blocks;
        }),
    }),
    byGroup: createBatchLoader(setting, {
      name: 'article by translation group',
      editionOf: ({ edition }: GroupInEdition) => edition,
      identityOf: ({ edition, group }) => groupKey(edition, group),
      record: ({ edition, group }) => recorder.tag(tagOf.group(edition, group)),
      read: async ({ articles }, keys) => {
        const found = await articles.byTranslationGroups([...new Set(keys.map(({ group }) => group))]);
        const wanted = keys.map(({ edition, group }) => groupKey(edition, group));
        const keyOf = (article: Article): string => groupKey(article.edition, article.translationGroup);
        // Versions nobody asked for are not recorded: their changes end nothing here.
        const asked = new Set(wanted);
        // An edition may hold several: the first by id that may be seen, and all recorded, for that may change.
        const seen = found
          .filter((article) => asked.has(keyOf(article)))
          .filter((article) => see(article) === 'visible')
          .toSorted((a, b) => (a.id < b.id ? 1 : -1));
        return inOrderOf(wanted, seen, keyOf);
      },
    }),
    page: createBatchLoader(setting, {
      name: 'articles of a list',
      editionOf: ({ edition }: Listing) => edition,
      identityOf: (listing) => JSON.stringify([canonicalListing(listing), listing.page]),
      record: (listing) => listTagsOf(listing, view).forEach(recorder.tag),
      read: async ({ articles }, listings) =>
        (await articles.list(listings, view)).map((page) => {
          recorder.boundary(page.boundaryAt);
          return { ...page, articles: keep(page.articles), read: page.articles };
        }),
    }),
    count: createBatchLoader(setting, {
      name: 'count of a list',
      editionOf: ({ edition }: ListingQuery) => edition,
      identityOf: (query) => JSON.stringify(canonicalListing(query)),
      record: (query) => countTagsOf(query, view).forEach(recorder.tag),
      read: async ({ articles }, queries) => {
        const counts = await articles.count(queries, view);
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
      read: async ({ articles }, requests) =>
        (await articles.related(requests, view)).map((page) => keep(page.articles)),
    }),
    search: createBatchLoader(setting, {
      name: 'search',
      editionOf: ({ edition }: SearchRequest) => edition,
      identityOf: (request) => JSON.stringify(request),
      record: (query) => searchTagsOf(query, view).forEach(recorder.tag),
      read: async ({ articles }, requests) =>
        (await articles.search(requests, view)).map((page) => {
          recorder.boundary(page.boundaryAt);
          const matches = page.matches.filter(({ article }) => visible(article) !== null);
          return { ...page, matches, read: page.matches };
        }),
    }),
    searchCount: createBatchLoader(setting, {
      name: 'count of a search',
      editionOf: ({ edition }: SearchQuery) => edition,
      identityOf: (query) => JSON.stringify(query),
      record: (query) => searchTagsOf(query, view).forEach(recorder.tag),
      read: async ({ articles }, queries) => {
        const counts = await articles.countSearch(queries, view);
        for (const { boundaryAt } of counts) recorder.boundary(boundaryAt);
        return counts;
      },
    }),
  };
};
