import type { Clock } from '../clock.ts';
import type { Config } from '../config/load.ts';
import type { IndexedStore } from '../config/stores.ts';
import type { Database } from '../database/database.ts';
import type { IndexedDesk } from '../ingest/index/indexed-desk.ts';
import { createIndexKeeper, type IndexKeeper, type IndexWork } from '../ingest/index/index-keeper.ts';
import { createIndexer, type Indexer } from '../ingest/index/indexer.ts';
import { createStoryReading } from '../ingest/index/read-story.ts';
import { countStatements } from '../stores/guarded/count-calls.ts';
import { DEFAULT_GUARD } from '../stores/guarded/guard-settings.ts';
import { createIndexedStores } from '../stores/indexed/indexed-stores.ts';
import type { Stores } from '../stores/stores.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createSource } from './create-source.ts';
import { guardHttpClient } from './guard-http-client.ts';
import type { StoreTools } from './parts.ts';

export interface IndexDeskOptions extends StoreTools {
  readonly config: Pick<Config, 'editions'>;
  readonly store: IndexedStore;
  /** The gateway's own. */
  readonly database: Database;
  /** Of the gateway's own database, guarded. */
  readonly index: Stores;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A store that is read by id, with its index: what readers read, and what keeps it true. */
export interface IndexedDeskParts {
  readonly store: IndexedStore;
  readonly desk: IndexedDesk;
  readonly stores: Stores;
  readonly indexer: Indexer;
  readonly keeper: IndexKeeper;
}

const WORDS: Readonly<Record<IndexWork, string>> = {
  sweep: 'what was saved in a store cannot be found out: changes that nobody tells of are not seen',
  inventory: 'what a store has cannot be found out: what was deleted there and nobody told of is not seen',
  looks: 'stories of a store cannot be looked at: what readers find otherwise stays as it is indexed',
};

/** Connects a store of stories with the index of them; nothing is asked of it before it is started or read. */
export const indexDesk = ({
  config,
  store,
  database,
  index,
  clock,
  logger,
  ...tools
}: IndexDeskOptions): IndexedDeskParts => {
  const [code] = store.editions;
  const edition = config.editions.find((one) => one.code === code);
  if (edition === undefined) throw new TypeError(`The store ${store.name} holds an edition that is not configured`);
  const { deadlineMs, retries, concurrency, queue, breaker } = store;
  const http = guardHttpClient({
    name: store.name,
    settings: { ...DEFAULT_GUARD, deadlineMs, retries, concurrency, queue, breaker },
    limitBytes: store.limitKilobytes * 1024,
    // Nothing is written there: a query of another graph goes by POST and is a reading all the same.
    isIdempotent: () => true,
    isJson: true,
    // As small as anything it is asked, and nobody's read.
    probe: (plain) => createSource(store, { clock, http: plain }).savedSince(clock.now(), null),
    ...tools,
  });
  const source = createSource(store, { clock, http });
  const { source: sourceName, lagSeconds, sweepSeconds, inventorySeconds } = store;
  const desk: IndexedDesk = { edition: code, sourceName, lagSeconds };
  const reading = createStoryReading({ editions: config.editions, edition, sourceName });
  const indexer = createIndexer({
    database,
    clock,
    editions: config.editions,
    desk,
    source,
    reading,
    observe: {
      onLooked: (results, reason) => logger.debug({ store: store.name, reason, results }, 'stories were looked at'),
      onLeftOut: (of, reasons) =>
        logger.warn({ store: store.name, of, reasons }, 'what a store says could not be taken as it is'),
      onHeld: (count) =>
        logger.warn({ store: store.name, count }, 'many stories of a store are not there: counted before they go'),
    },
  });
  const keeper = createIndexKeeper({
    database,
    clock,
    desk,
    source,
    indexer,
    sweepSeconds,
    inventorySeconds,
    onFailure: (work, error) => logger.error({ store: store.name, work, error }, WORDS[work]),
    onRecovery: (work) => logger.info({ store: store.name, work }, 'a store is followed again'),
    onProgress: ({ isFirst, ...progress }) =>
      logger[isFirst ? 'info' : 'debug']({ store: store.name, ...progress }, 'a store is being indexed'),
    onSuspicion: (missing, standing) =>
      logger.error(
        { store: store.name, missing, standing },
        'a store says that far less is there than was: not believed until it says so again',
      ),
    onStrangers: (count) =>
      logger.warn({ store: store.name, count }, 'articles of an edition came from elsewhere: withdrawn'),
  });
  const stores = createIndexedStores({
    index,
    database: countStatements(database, () => tools.upstream.begin(database.kind)),
    source,
    sourceName,
    edition: code,
    reader: reading.reader,
    lagSeconds,
    clock,
    onDoubt: keeper.note,
  });
  return { store, desk, stores, indexer, keeper };
};
