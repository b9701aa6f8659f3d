import { z } from 'zod';
import { MAIN_STORE } from './stores.ts';
import type { Problem } from './problem.ts';

/** Only what routing is about, whatever else is wrong with the file. */
const routed = z.object({
  stores: z.record(z.string(), z.object({ kind: z.string().catch('') }).catch({ kind: '' })).catch({}),
  editions: z.array(z.object({ store: z.string().catch(MAIN_STORE) }).catch({ store: MAIN_STORE })).catch([]),
});

const HOLDS_ONE: ReadonlySet<string> = new Set(['wordpress', 'graphql']);

/** Editions whose store is not there or holds another, and stores without an edition. */
export const findRoutingProblems = (content: unknown): readonly Problem[] => {
  const read = routed.safeParse(content);
  if (!read.success) return [];
  const { stores, editions } = read.data;
  const known = [MAIN_STORE, ...Object.keys(stores)];
  return [
    ...editions.flatMap(({ store }, index): Problem[] => {
      const path = ['editions', index, 'store'];
      if (!known.includes(store)) return [{ path, message: `must be one of ${known.join(', ')}` }];
      const isTaken = editions.findIndex((edition) => edition.store === store) < index;
      return isTaken && HOLDS_ONE.has(stores[store]?.kind ?? '')
        ? [{ path, message: 'is the store of another edition: a store of its kind holds one' }]
        : [];
    }),
    ...Object.keys(stores).flatMap((name): Problem[] => {
      const path = ['stores', name];
      if (name === MAIN_STORE)
        return [
          { path, message: 'is the gateway’s own database, which DATABASE_URL chooses: give this one another name' },
        ];
      return editions.some(({ store }) => store === name)
        ? []
        : [{ path, message: 'holds no edition: name it in one, or take it out' }];
    }),
  ];
};
