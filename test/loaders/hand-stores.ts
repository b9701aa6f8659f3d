import type { Article } from '../../src/content/entities.ts';
import type { EditionCode } from '../../src/content/edition.ts';
import type { Plan } from '../../src/content/plan.ts';
import type { Tombstones } from '../../src/content/tombstones.ts';
import { createLoaders, type Loaders } from '../../src/loaders/loaders.ts';
import { createRecorder, type Recorder } from '../../src/loaders/recorder.ts';
import { createCounters } from '../../src/stores/counters.ts';
import type { Stores } from '../../src/stores/stores.ts';

type Methods<Store> = { readonly [Name in keyof Store]?: Store[Name] };

/** A call a loader made: which method of which kind of store, and for how many keys. */
export type Call = readonly [method: string, size: number];

/** What a test's stores answer; a method that is not given must not be called. */
export interface HandStores {
  readonly articles?: Methods<Stores['articles']>;
  readonly taxonomy?: Methods<Stores['taxonomy']>;
  readonly engagement?: Methods<Stores['engagement']>;
}

const watch = (kind: string, methods: object, calls: Call[]): never =>
  new Proxy(methods, {
    get: (target, name) => {
      if (name === 'held') return undefined;
      const method = Reflect.get(target, name) as ((...values: unknown[]) => unknown) | undefined;
      return (...values: unknown[]) => {
        calls.push([`${kind}.${String(name)}`, (values[0] as readonly unknown[]).length]);
        if (method === undefined) throw new Error(`nobody should have called ${kind}.${String(name)}`);
        return method(...values);
      };
    },
  }) as never;

/** Stores of these methods, whose calls are written into `calls`. */
export const createHandStores = (
  { articles = {}, taxonomy = {}, engagement = {} }: HandStores,
  calls: Call[] = [],
): Stores => ({
  articles: watch('articles', articles, calls),
  taxonomy: watch('taxonomy', taxonomy, calls),
  engagement: watch('engagement', engagement, calls),
});

/** Nothing was taken down. */
const NO_TOMBSTONES: Tombstones = {
  hidesId: () => false,
  hidesSlug: () => false,
  hidesPath: () => false,
  of: () => [],
  size: () => 0,
};

export interface HandSetting {
  readonly now?: number;
  readonly signal?: AbortSignal;
  readonly tombstones?: Tombstones;
  /** Default: what everybody may have. */
  readonly plan?: Plan | null;
}

/** Loaders as of `now` over `storesOf`, and what they record. */
export const createHandLoaders = (
  storesOf: (edition: EditionCode) => Stores,
  { now = 0, signal = new AbortController().signal, tombstones = NO_TOMBSTONES, plan = null }: HandSetting = {},
): { readonly loaders: Loaders; readonly recorder: Recorder; readonly tags: () => readonly string[] } => {
  const recorder = createRecorder();
  const loaders = createLoaders(
    { storesOf, tombstones, counters: createCounters({ storesOf, clock: { now: () => now } }), signal },
    recorder,
    { now, plan },
  );
  return { loaders, recorder, tags: () => [...recorder.tags].toSorted((a, b) => (a < b ? -1 : 1)) };
};

/** `articles.byIds` over these articles. */
export const byIdsOf =
  (articles: readonly Article[]): Stores['articles']['byIds'] =>
  async (ids) =>
    articles.filter(({ id }) => ids.includes(id));
