import type { Stores } from '../stores.ts';
import { createIndexedArticleStore, type IndexedArticleStoreOptions } from './indexed-article-store.ts';

export interface IndexedStoresOptions extends Omit<IndexedArticleStoreOptions, 'index'> {
  readonly index: Stores;
}

/**
 * The stores of an edition whose stories another system holds. What they are filed under and how often they are read is
 * the index's: a source that is away costs neither the menu nor the counters.
 */
export const createIndexedStores = ({ index, ...options }: IndexedStoresOptions): Stores => ({
  ...index,
  articles: createIndexedArticleStore({ ...options, index: index.articles }),
  // A story is saved before the gateway hears of it: a reading is of the answer it was made for, and of no other.
  told: { articles: () => false, taxonomy: () => index.told?.taxonomy() ?? false },
});
