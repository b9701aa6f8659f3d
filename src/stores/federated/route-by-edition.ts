import { EDITION_CODES, type EditionCode } from '../../content/edition.ts';
import type { Stores } from '../stores.ts';

/** Who holds an edition: the same object for editions that share a store, which makes their calls one. */
export type StoresOf = (edition: EditionCode) => Stores;

/** Stores, and the editions whose content lives in them. */
export interface Holding {
  readonly editions: readonly EditionCode[];
  readonly stores: Stores;
}

/**
 * The way from an edition to its stores.
 *
 * @throws {TypeError} at once for an edition held twice; on use for one that nobody holds.
 */
export const routeByEdition = (holdings: readonly Holding[]): StoresOf => {
  const routes = new Map<EditionCode, Stores>();
  for (const { editions, stores } of holdings) {
    for (const edition of editions) {
      if (routes.has(edition)) throw new TypeError(`Two stores hold the edition ${edition}: an edition lives in one`);
      routes.set(edition, stores);
    }
  }
  return (edition) => {
    const stores = routes.get(edition);
    if (stores === undefined) {
      const held = EDITION_CODES.filter((code) => routes.has(code)).join(', ');
      throw new TypeError(`No store holds the edition ${edition}, only ${held}`);
    }
    return stores;
  };
};
