import type { Stores } from '../stores.ts';
import type { StoresOf } from './route-by-edition.ts';

/** Each of the stores as `change` gives it: the same for the same, so that their calls stay one. */
export const mapStores = (storesOf: StoresOf, change: (stores: Stores) => Stores): StoresOf => {
  const known = new Map<Stores, Stores>();
  return (edition) => {
    const stores = storesOf(edition);
    const found = known.get(stores) ?? change(stores);
    known.set(stores, found);
    return found;
  };
};
