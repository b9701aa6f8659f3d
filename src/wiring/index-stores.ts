import type { Clock } from '../clock.ts';
import type { Edition, EditionCode } from '../content/edition.ts';
import type { Database, Queryable } from '../database/database.ts';
import type { ChangeHook } from '../http/verify-hook.ts';
import { createHookIntake } from '../ingest/index/hook-intake.ts';
import { createIndexKeeper, type IndexKeeper, type IndexState } from '../ingest/index/index-keeper.ts';
import { createIndexer } from '../ingest/index/indexer.ts';
import { createStoryReading } from '../ingest/index/read-story.ts';
import type { ContentSource } from '../stores/content-source.ts';
import type { Holding } from '../stores/federated/route-by-edition.ts';
import { createIndexedStores } from '../stores/indexed/indexed-stores.ts';
import type { Stores } from '../stores/stores.ts';
import { createIndexMetrics, type IndexMetrics } from '../telemetry/index-metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { observeIndex } from './observe-index.ts';

/** A system that holds the stories of one edition, as it is configured. */
export interface IndexedStore {
  readonly name: string;
  readonly edition: EditionCode;
  readonly source: ContentSource;
  /** What article ids are born from. Default: the name. */
  readonly sourceName?: string;
  readonly sweepSeconds: number;
  readonly inventorySeconds: number;
  /** How long it may go on to answer from before a save. */
  readonly lagSeconds: number;
  /** Undefined: it signs nothing. */
  readonly hookSecret?: string | undefined;
}

export interface IndexStoresOptions {
  readonly stores: readonly IndexedStore[];
  /** Of the gateway. */
  readonly editions: readonly Edition[];
  readonly database: Database;
  /** What readers read of it besides the index. */
  readonly reads: Queryable;
  /** Not behind readers: what a store tells is looked up by it. */
  readonly hookDatabase: Database;
  /** Of the gateway's own database. */
  readonly index: Stores;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Stores that are indexed, and how they are kept so. */
export interface IndexedStores {
  readonly holdings: readonly Holding[];
  readonly hooks: readonly ChangeHook[];
  /** By the store's name. */
  readonly keepers: ReadonlyMap<string, IndexKeeper>;
  states(): Readonly<Record<string, IndexState>>;
  start(): void;
  close(): Promise<void>;
}

interface Indexed extends Holding {
  readonly keeper: IndexKeeper;
  readonly hooks: readonly ChangeHook[];
}

const indexStore = (store: IndexedStore, options: IndexStoresOptions, metrics: IndexMetrics): Indexed => {
  const { editions, database, reads, hookDatabase, index, clock, logger } = options;
  const { name, edition: code, source, sourceName = name, sweepSeconds, inventorySeconds, lagSeconds } = store;
  const edition = editions.find((one) => one.code === code);
  if (edition === undefined) throw new TypeError(`Store "${name}" holds the edition ${code}, which is not served`);
  const desk = { edition: code, sourceName, lagSeconds };
  const reading = createStoryReading({ editions, edition, sourceName });
  const observe = observeIndex(name, { logger, metrics });
  const plain = { clock, editions, desk, source, reading, observe };
  const keeper = createIndexKeeper({
    ...observe,
    database,
    clock,
    desk,
    source,
    indexer: createIndexer({ ...plain, database }),
    sweepSeconds,
    inventorySeconds,
  });
  for (const task of ['sweep', 'inventory'] as const) metrics.watchTask(name, task, () => keeper.ageSeconds(task));
  const intake = createHookIntake({
    database: hookDatabase,
    clock,
    desk,
    storeName: source.name,
    indexer: createIndexer({ ...plain, database: hookDatabase }),
  });
  const { reader } = reading;
  const onDoubt = keeper.note;
  return {
    keeper,
    editions: [code],
    stores: createIndexedStores({
      index,
      database: reads,
      source,
      edition: code,
      sourceName,
      reader,
      lagSeconds,
      clock,
      onDoubt,
    }),
    hooks: store.hookSecret === undefined ? [] : [{ store: name, secret: store.hookSecret, intake }],
  };
};

/**
 * The stores that are indexed, not yet kept.
 *
 * @throws {TypeError} for a store of an edition that is not served, or whose hook secret is none.
 */
export const indexStores = (options: IndexStoresOptions): IndexedStores => {
  const metrics = createIndexMetrics(options.metrics.registry);
  const all = new Map(options.stores.map((store) => [store.name, indexStore(store, options, metrics)]));
  return {
    holdings: [...all.values()],
    hooks: [...all.values()].flatMap(({ hooks }) => hooks),
    keepers: new Map([...all].map(([name, { keeper }]) => [name, keeper])),
    states: () => Object.fromEntries([...all].map(([name, { keeper }]) => [name, keeper.state()])),
    start() {
      for (const { keeper } of all.values()) keeper.start();
    },
    async close() {
      await Promise.all([...all.values()].map(({ keeper }) => keeper.close()));
    },
  };
};
