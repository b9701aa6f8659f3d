import type { EditionCode } from '../../content/edition.ts';
import type { Stores } from '../stores.ts';
import type { StoresOf } from './route-by-edition.ts';

/** A batch of requests of one kind, whatever editions they are for. */
export interface FederatedBatch<Request, Value> {
  readonly requests: readonly Request[];
  readonly editionOf: (request: Request) => EditionCode;
  /** One upstream call: a value per request of this store, in their order, or the failure of that one. */
  readonly read: (stores: Stores, requests: readonly Request[]) => Promise<readonly (Value | Error)[]>;
}

/**
 * Asks each store once, all at the same time, for its part of the batch.
 *
 * What belongs to several editions is asked for in each: a translation group is a request per edition.
 *
 * @returns one per request, in their order: its value, or the error of the one store it went to. A store that fails
 *   costs the requests of its own editions and no others.
 */
export const askEachStore = async <Request, Value>(
  storesOf: StoresOf,
  { requests, editionOf, read }: FederatedBatch<Request, Value>,
): Promise<readonly (Value | Error)[]> => {
  const only = onlyStores(storesOf, requests, editionOf);
  if (only !== undefined) {
    const values = await readWhole(() => read(only, requests), requests.length);
    return values instanceof Error ? requests.map(() => values) : values;
  }
  const results = Array.from<Value | Error>({ length: requests.length });
  const parts = new Map<Stores, number[]>();
  for (const [index, request] of requests.entries()) {
    try {
      const stores = storesOf(editionOf(request));
      const part = parts.get(stores);
      if (part === undefined) parts.set(stores, [index]);
      else part.push(index);
    } catch (error) {
      results[index] = asError(error);
    }
  }
  await Promise.all(
    [...parts].map(async ([stores, indexes]) => {
      const part = indexes.map((index) => requests[index] as Request);
      const values = await readWhole(() => read(stores, part), part.length);
      for (const [position, index] of indexes.entries())
        results[index] = values instanceof Error ? values : (values[position] as Value | Error);
    }),
  );
  return results;
};

/** The stores that all of `requests` go to, as a rule the only ones; undefined: they go to several, or to nobody's. */
const onlyStores = <Request>(
  storesOf: StoresOf,
  requests: readonly Request[],
  editionOf: (request: Request) => EditionCode,
): Stores | undefined => {
  let only: Stores | undefined;
  for (const request of requests) {
    let stores: Stores;
    try {
      stores = storesOf(editionOf(request));
    } catch {
      return undefined;
    }
    if (only !== undefined && only !== stores) return undefined;
    only = stores;
  }
  return only;
};

const readWhole = async <Value>(
  read: () => Promise<readonly Value[]>,
  expected: number,
): Promise<readonly Value[] | Error> => {
  try {
    const values = await read();
    // A value for another request would be worse than none.
    if (values.length === expected) return values;
    return new TypeError(`A store gave ${values.length} values to ${expected} requests`);
  } catch (error) {
    return asError(error);
  }
};

/** What was thrown by a store; what is no error becomes the cause of one. */
export const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('A store failed without an error', { cause: error });
