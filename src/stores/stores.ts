import type { ArticleStore } from './article-store.ts';
import type { EngagementStore } from './engagement-store.ts';
import type { TaxonomyStore } from './taxonomy-store.ts';

/**
 * Whether the change log tells whatever changes in a store, as far as is known now; what it tells has no `lookAgainAt`.
 * Asked at every read.
 */
export interface Told {
  readonly articles: () => boolean;
  readonly taxonomy: () => boolean;
}

/** Everything a query can read, by kind of upstream. */
export interface Stores {
  readonly articles: ArticleStore;
  readonly taxonomy: TaxonomyStore;
  readonly engagement: EngagementStore;
  /** Absent: nothing that is read there may be kept beyond the answer it was read for. */
  readonly told?: Told;
}
