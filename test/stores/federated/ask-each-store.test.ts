import { describe, expect, it } from 'vitest';
import type { EditionCode } from '../../../src/content/edition.ts';
import { StoreError } from '../../../src/errors.ts';
import { askEachStore } from '../../../src/stores/federated/ask-each-store.ts';
import { routeByEdition } from '../../../src/stores/federated/route-by-edition.ts';
import type { Stores } from '../../../src/stores/stores.ts';
import { createGate } from '../../support/gate.ts';

const europe = { name: 'europe' } as unknown as Stores;
const beirut = { name: 'beirut' } as unknown as Stores;
const storesOf = routeByEdition([
  { editions: ['EN', 'ES'], stores: europe },
  { editions: ['AR'], stores: beirut },
]);

type Request = readonly [EditionCode, number];
const requests: readonly Request[] = [
  ['AR', 1],
  ['EN', 2],
  ['AR', 3],
  ['ES', 4],
];
const editionOf = ([edition]: Request): EditionCode => edition;
const tenfold = async (part: readonly Request[]) => part.map(([, number]) => number * 10);

describe('askEachStore', () => {
  it('asks each store once for its own requests and answers in the order of all', async () => {
    const calls: (readonly [Stores, readonly Request[]])[] = [];
    const values = await askEachStore(storesOf, {
      requests,
      editionOf,
      read: (stores, part) => {
        calls.push([stores, part]);
        return tenfold(part);
      },
    });
    expect(values).toEqual([10, 20, 30, 40]);
    expect(calls).toEqual([
      [beirut, [requests[0], requests[2]]],
      [europe, [requests[1], requests[3]]],
    ]);
  });

  it('hands what is for one store alone to it as it is', async () => {
    const parts: (readonly Request[])[] = [];
    const english = requests.filter(([edition]) => edition !== 'AR');
    const values = await askEachStore(storesOf, {
      requests: english,
      editionOf,
      read: (stores, part) => {
        expect(stores).toBe(europe);
        parts.push(part);
        return tenfold(part);
      },
    });
    expect([values, parts]).toEqual([[20, 40], [english]]);
    const failure = new StoreError('europe', 'STORE_FAILED');
    expect(
      await askEachStore(storesOf, { requests: english, editionOf, read: async () => Promise.reject(failure) }),
    ).toEqual([failure, failure]);
  });

  it('makes a failing store cost its own requests only', async () => {
    const failure = new StoreError('beirut', 'STORE_TIMEOUT');
    const values = await askEachStore(storesOf, {
      requests,
      editionOf,
      read: (stores, part) => (stores === beirut ? Promise.reject(failure) : tenfold(part)),
    });
    expect(values).toEqual([failure, 20, failure, 40]);
    expect(values[0]).toBe(failure);
  });

  it('takes a store that throws before it answers, or throws no error, as failed', async () => {
    const ask = (thrown: unknown) =>
      askEachStore(storesOf, {
        requests,
        editionOf,
        read: (stores, part) => {
          if (stores === beirut) throw thrown;
          return tenfold(part);
        },
      });
    const failure = new TypeError('no such method');
    expect(await ask(failure)).toEqual([failure, 20, failure, 40]);
    expect((await ask('gone'))[0]).toMatchObject({ message: 'A store failed without an error', cause: 'gone' });
  });

  it('makes an edition that nobody holds cost its own requests only', async () => {
    const [lost, found] = await askEachStore(routeByEdition([{ editions: ['EN'], stores: europe }]), {
      requests: requests.slice(0, 2),
      editionOf,
      read: (_stores, part) => tenfold(part),
    });
    expect(lost).toEqual(new TypeError('No store holds the edition AR, only EN'));
    expect(found).toBe(20);
  });

  it('does not hand out values when a store gives too few or too many', async () => {
    const values = await askEachStore(storesOf, {
      requests,
      editionOf,
      read: async (stores, part) => (stores === europe ? [1] : tenfold(part)),
    });
    const failure = new TypeError('A store gave 1 values to 2 requests');
    expect(values).toEqual([10, failure, 30, failure]);
  });

  it('asks the stores at the same time', async () => {
    const gate = createGate();
    const values = askEachStore(storesOf, {
      requests,
      editionOf,
      read: async (stores, part) => {
        if (stores === beirut) await gate.pass();
        else gate.open();
        return tenfold(part);
      },
    });
    expect(await values).toEqual([10, 20, 30, 40]);
  });

  it('asks nobody for nothing', async () => {
    const read = () => Promise.reject(new Error('asked'));
    expect(await askEachStore<Request, number>(storesOf, { requests: [], editionOf, read })).toEqual([]);
  });
});
