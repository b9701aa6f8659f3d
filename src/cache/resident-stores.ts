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

/** Each of the stores with what it may keep in `tier`: the same for the same, so that their calls stay one. */
export const keepInTier = (storesOf: StoresOf, tier: EntityTier): StoresOf => {
  const known = new Map<Stores, Stores>();
  return (edition) => {
    const stores = storesOf(edition);
    const found = known.get(stores) ?? createResidentStores(stores, tier);
    known.set(stores, found);
    return found;
  };
};
