import type { Stores } from '../stores.ts';
import type { Guard } from './guard.ts';

/** What counts up when it is done again. */
const WRITES: ReadonlySet<string> = new Set(['record']);

const guardMethods = <Methods extends object>(methods: Methods, guard: Guard): Methods =>
  Object.fromEntries(
    (Object.entries(methods) as [string, (...parameters: unknown[]) => Promise<unknown>][]).map(([name, method]) => [
      name,
      (...parameters: unknown[]) => guard.run(() => method(...parameters), { isIdempotent: !WRITES.has(name) }),
    ]),
  ) as Methods;

/** `stores` of one upstream, every call behind `guard`. */
export const guardStores = (stores: Stores, guard: Guard): Stores => ({
  articles: guardMethods(stores.articles, guard),
  taxonomy: guardMethods(stores.taxonomy, guard),
  engagement: guardMethods(stores.engagement, guard),
});
