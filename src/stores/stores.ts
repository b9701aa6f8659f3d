import type { ArticleStore } from './article-store.ts';
import type { EngagementStore } from './engagement-store.ts';
import type { TaxonomyStore } from './taxonomy-store.ts';

/** Everything a query can read, by kind of upstream. */
export interface Stores {
  readonly articles: ArticleStore;
  readonly taxonomy: TaxonomyStore;
  readonly engagement: EngagementStore;
}
