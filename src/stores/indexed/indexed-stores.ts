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
});
