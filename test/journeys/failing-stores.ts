import type { StoresOf } from '../../src/stores/federated/route-by-edition.ts';
import type { Stores } from '../../src/stores/stores.ts';

/** A method of a store, e.g. `articles.byIds`. */
export type StoreMethod = `${keyof Stores}.${string}`;

/** Stores of which one method can be made to fail. */
export interface FailingStores {
  /** For `createTestApp`'s `swap`. */
  readonly storesOf: StoresOf;
  /** Whose answers are passed on. */
  stand(on: Stores): void;
  /** From now on `method` throws `error`, and every other works; with `call`, only that call of it, from 1. */
  fail(method: StoreMethod, error: Error, only?: { readonly call: number }): void;
  heal(): void;
  /** Methods that were called since it was last asked, in order. */
  takeCalls(): readonly StoreMethod[];
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** The methods of `stores` that read. */
export const readingMethods = (stores: Stores): readonly StoreMethod[] =>
  (Object.entries(stores) as [keyof Stores, object][])
    .flatMap(([store, methods]) => Object.keys(methods).map((method): StoreMethod => `${store}.${method}`))
    .filter((method) => method !== 'engagement.record');

/** Stores that stand on others once those are there, all of them well. */
export const createFailingStores = (): FailingStores => {
  let failing: { readonly method: StoreMethod; readonly error: Error; readonly call: number | undefined } | undefined;
  let seen = 0;
  let wrapped: Stores | undefined;
  let calls: StoreMethod[] = [];

  const wrap = <Store extends object>(store: keyof Stores, methods: Store): Store =>
    Object.fromEntries(
      (Object.entries(methods) as [string, Method][]).map(([name, method]): [string, Method] => [
        name,
        async (...args) => {
          const called: StoreMethod = `${store}.${name}`;
          calls.push(called);
          if (failing?.method === called) {
            seen += 1;
            if (failing.call === undefined || failing.call === seen) throw failing.error;
          }
          return method(...args);
        },
      ]),
    ) as Store;

  return {
    storesOf: () => {
      if (wrapped === undefined) throw new TypeError('The failing stores stand on nothing yet');
      return wrapped;
    },
    stand(on) {
      wrapped = {
        articles: wrap('articles', on.articles),
        taxonomy: wrap('taxonomy', on.taxonomy),
        engagement: wrap('engagement', on.engagement),
      };
    },
    fail(method, error, only) {
      failing = { method, error, call: only?.call };
      seen = 0;
    },
    heal: () => void (failing = undefined),
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
  };
};
