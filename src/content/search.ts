import type { Instant } from '../clock.ts';
import type { EditionCode } from './edition.ts';
import type { Article } from './entities.ts';
import type { ListingCount, ListingFilter } from './listing.ts';

export interface SearchQuery {
  readonly edition: EditionCode;
  /** 1 to 200 characters, NFC, trimmed. */
  readonly text: string;
  readonly filter: ListingFilter;
}

/** Where a match stands in a ranking. */
export interface Rank {
  readonly score: number;
  readonly id: string;
}

export interface SearchRequest extends SearchQuery {
  /** 1 to 100. */
  readonly limit: number;
  /** The first page's instant: recency is measured from here on every page, so that pages agree. */
  readonly rankedAt: Instant;
  /** Exclusive; absent: from the best. */
  readonly after?: Rank;
}

export interface Match {
  readonly article: Article;
  readonly score: number;
  /** Escaped text with `<mark>` only; null: nothing to show. */
  readonly snippetHtml: string | null;
}

export interface SearchPage {
  readonly matches: readonly Match[];
  readonly hasMore: boolean;
  readonly boundaryAt: Instant | null;
}

export type SearchCount = ListingCount;
