import type { Instant } from '../clock.ts';
import type { Candidates } from '../content/candidates.ts';
import type { ArticleBody } from '../content/body.ts';
import type { EditionCode } from '../content/edition.ts';
import type { Article } from '../content/entities.ts';
import type { ArticleId, SectionId, TagId } from '../content/ids.ts';
import type { ArticlePage, Listing, ListingCount, ListingQuery, Viewpoint } from '../content/listing.ts';
import type { RelatedRequest } from '../content/weigh-related.ts';
import type { SearchCount, SearchPage, SearchQuery, SearchRequest } from '../content/search.ts';

/** A slug, or a path under the edition's address, in any spelling; decoded. */
export interface Address {
  readonly edition: EditionCode;
  readonly form: 'slug' | 'path';
  readonly value: string;
}

export interface AddressRequest extends Address {
  /** Whether the text of what stands there will be asked for: a store that can give it with the article does. */
  readonly withText?: boolean;
}

/** Where an address leads. */
export interface Addressed {
  readonly address: Address;
  readonly article: Article;
  /** Of the same reading as the article. Absent: it is there to be asked for. */
  readonly body?: ArticleBody;
  /** False: the article stood here once and has moved. */
  readonly isCurrent: boolean;
}

/** The newest that everybody sees of a tag or section. */
export interface NewestRequest {
  readonly target: TagId | SectionId;
  readonly limit: number;
}

/** Articles chosen by a score, best first. */
export interface ScoredPage {
  readonly articles: readonly Article[];
}

/**
 * Where articles come from. Every implementation passes `test/contracts/article-store.ts`.
 *
 * Batches hold no repeats and may be as long as a query's cost allows; answers stand in the order of the requests where
 * they are lists of lists, in any order otherwise. Every method is one upstream call however long its batch is; an
 * upstream that takes fewer at a time splits the batch and says so.
 *
 * @throws {StoreError} if the upstream fails as a whole. Never a partial answer.
 */
export interface ArticleStore {
  /** The articles that exist among `ids`, visible or not (`visibilityOf`). Unknown ids are left out. */
  byIds(ids: readonly ArticleId[]): Promise<readonly Article[]>;
  /** The bodies of the articles that exist among `ids`. */
  bodies(ids: readonly ArticleId[]): Promise<readonly ArticleBody[]>;
  /**
   * What stands, or once stood, at each address, visible or not; a current holder hides former ones. Addresses of one
   * `spellingKey` are one.
   */
  byAddresses(addresses: readonly AddressRequest[]): Promise<readonly Addressed[]>;
  /** All articles of the translation groups, visible or not. */
  byTranslationGroups(groups: readonly string[]): Promise<readonly Article[]>;
  /** One page of visible articles per listing. Ties of the sort instant are broken by id, descending with it. */
  list(listings: readonly Listing[], view: Viewpoint): Promise<readonly ArticlePage[]>;
  /** @param without articles that are not counted, whatever is stored of them. Of one reading with the rest. */
  count(
    queries: readonly ListingQuery[],
    view: Viewpoint,
    without?: readonly ArticleId[],
  ): Promise<readonly ListingCount[]>;
  /** Visible articles that share tags or the primary section with each, most in common first, newest among equals. */
  related(requests: readonly RelatedRequest[], view: Viewpoint): Promise<readonly ScoredPage[]>;
  /**
   * The newest of each tag or section, in the order of the requests, newest first, ties by id: what `related` weighs for everybody.
   * Absent: the store weighs by itself, every time.
   */
  newest?(requests: readonly NewestRequest[], now: Instant): Promise<readonly Candidates[]>;
  /** Visible articles that match, best first; ranked as of `request.rankedAt`. */
  search(requests: readonly SearchRequest[], view: Viewpoint): Promise<readonly SearchPage[]>;
  /** As `count`. */
  countSearch(
    queries: readonly SearchQuery[],
    view: Viewpoint,
    without?: readonly ArticleId[],
  ): Promise<readonly SearchCount[]>;
}
