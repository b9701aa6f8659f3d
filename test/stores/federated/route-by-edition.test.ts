import { describe, expect, it } from 'vitest';
import { routeByEdition } from '../../../src/stores/federated/route-by-edition.ts';
import type { Stores } from '../../../src/stores/stores.ts';

const stores = (): Stores => ({}) as Stores;

describe('routeByEdition', () => {
  it('leads each edition to the stores that hold it', () => {
    const [europe, beirut] = [stores(), stores()];
    const storesOf = routeByEdition([
      { editions: ['EN', 'ES'], stores: europe },
      { editions: ['AR'], stores: beirut },
    ]);
    expect([storesOf('EN'), storesOf('AR'), storesOf('ES')].map((found) => found === europe)).toEqual([
      true,
      false,
      true,
    ]);
    expect(storesOf('AR')).toBe(beirut);
  });

  it('refuses an edition in two stores', () => {
    expect(() =>
      routeByEdition([
        { editions: ['EN'], stores: stores() },
        { editions: ['AR', 'EN'], stores: stores() },
      ]),
    ).toThrow(new TypeError('Two stores hold the edition EN: an edition lives in one'));
  });

  it('says which editions are held when asked for another', () => {
    const storesOf = routeByEdition([{ editions: ['ES', 'EN'], stores: stores() }]);
    expect(() => storesOf('AR')).toThrow(new TypeError('No store holds the edition AR, only EN, ES'));
  });
});
