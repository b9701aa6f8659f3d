import type { Queryable } from '../../database/database.ts';
import type { Stores } from '../stores.ts';
import { createArticleStore } from './article-store.ts';
import { createEngagementStore } from './engagement-store.ts';
import { createTaxonomyStore } from './taxonomy-store.ts';

/** Everything a query can read, from one PostgreSQL database of our own tables. */
export const createPostgresStores = (database: Queryable): Stores => ({
  articles: createArticleStore(database),
  taxonomy: createTaxonomyStore(database),
  engagement: createEngagementStore(database),
});
