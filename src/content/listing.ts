import type { Instant } from '../clock.ts';
import type { Detail } from './detail.ts';
import type { EditionCode } from './edition.ts';
import type { Article, ArticleKind } from './entities.ts';
import type { AuthorId, SectionId, TagId } from './ids.ts';
import type { Plan, SectionScopes } from './plan.ts';

export const ARTICLE_ORDERS = ['PUBLISHED_DESC', 'PUBLISHED_ASC', 'UPDATED_DESC'] as const;
export type ArticleOrder = (typeof ARTICLE_ORDERS)[number];

/** Whose articles: a whole edition's, or those of one section (descendants included), tag or author in it. */
export type ListingScope =
  | { readonly of: 'edition' }
  | { readonly of: 'section'; readonly id: SectionId }
  | { readonly of: 'tag'; readonly id: TagId }
  | { readonly of: 'author'; readonly id: AuthorId };

/** OR within a list, AND between fields; an absent field and an empty list restrict nothing. Paths and slugs by their `spellingKey`. */
export interface ListingFilter {
  readonly kinds?: readonly ArticleKind[];
  readonly sectionPaths?: readonly string[];
  readonly tagSlugs?: readonly string[];
  readonly authorSlugs?: readonly string[];
  /** Inclusive. */
  readonly publishedAfter?: Instant;
  /** Exclusive. */
  readonly publishedBefore?: Instant;
  /** Inclusive. */
  readonly updatedAfter?: Instant;
  readonly breaking?: boolean;
}

/** Where an article stands in a listing's order: its sort instant, then its id. */
export interface Position {
  readonly instant: Instant;
  readonly id: string;
  /** Which walk through the list it was met on: `ArticlePage.walk`. */
  readonly walk: number;
}

/** Which part of an ordered list: `limit` of it from the start (forwards) or from the end (backwards), past `from`. */
export interface PageRequest {
  readonly direction: 'forward' | 'backward';
  /** 1 to 100. */
  readonly limit: number;
  /** Exclusive; absent: from the list's own start or end. */
  readonly from?: Position;
}

/** A list of articles before it is paged. */
export interface ListingQuery {
  readonly edition: EditionCode;
  readonly scope: ListingScope;
  readonly filter: ListingFilter;
  readonly order: ArticleOrder;
}

export interface Listing extends ListingQuery {
  readonly page: PageRequest;
}

/** From where content is looked at, when and by whom; handed to every statement, so that one answer is of one instant. */
export interface Viewpoint {
  readonly now: Instant;
  /** Null: what everybody may have. */
  readonly plan: Plan | null;
  /** The sections of `plan` in the editions that are looked at; where they are absent, a plan of sections sees nothing. */
  readonly sections?: SectionScopes;
  /** How much of the articles of lists is looked at, at least; absent: the whole. */
  readonly detail?: Detail;
}

/** What everybody sees at `now`. */
export const publicView = (now: Instant): Viewpoint => ({ now, plan: null });

/** One page of a listing. */
export interface ArticlePage {
  /** In the listing's order whatever the direction; at most `limit`. */
  readonly articles: readonly Article[];
  /** Whether the list goes on past the page in the direction it was read. */
  readonly hasMore: boolean;
  /** The next instant at which the list's membership or count changes by itself; null: none known. */
  readonly boundaryAt: Instant | null;
  /**
   * For the page's cursors: how far the edition's articles had been moved about when the walk through the list began.
   * Pages that go on from such a cursor leave out what moved later, as it may stand on a page already read. The
   * last page begins a walk of its own, so that who waits there for more misses nothing.
   */
  readonly walk: number;
}

export interface ListingCount {
  /** Exact, or null above 10,000. */
  readonly total: number | null;
  readonly boundaryAt: Instant | null;
}

/** Above this a count is not worth its cost: `totalCount` is null. */
export const COUNT_LIMIT = 10_000;
