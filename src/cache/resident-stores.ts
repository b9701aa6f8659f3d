import { mapStores } from '../stores/federated/map-stores.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import type { Stores } from '../stores/stores.ts';
import type { EntityTier } from './entity-tier.ts';
import { createResidentArticleStore } from './resident-article-store.ts';
import { createResidentTaxonomyStore } from './resident-taxonomy-store.ts';

/** `stores` with what the change log tells of kept in `tier`; the same where it tells of nothing. */
export const createResidentStores = (stores: Stores, tier: EntityTier): Stores => {
  const { articles, taxonomy, told } = stores;
  if (told === undefined) return stores;
  return {
    ...stores,
    articles: createResidentArticleStore(articles, tier, told.articles),
    taxonomy: createResidentTaxonomyStore(taxonomy, tier, told.taxonomy),
  };
};

/** Each of the stores with what it may keep in `tier`. */
export const keepInTier = (storesOf: StoresOf, tier: EntityTier): StoresOf =>
  mapStores(storesOf, (stores) => createResidentStores(stores, tier));
