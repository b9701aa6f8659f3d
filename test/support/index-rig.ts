import type { EditionCode } from '../../src/content/edition.ts';
import type { Edition } from '../../src/content/edition.ts';
import type { Database, Queryable } from '../../src/database/database.ts';
import { createIndexer, type IndexObserver, type Indexer } from '../../src/ingest/index/indexer.ts';
import type { IndexedDesk } from '../../src/ingest/index/indexed-desk.ts';
import { createStoryReading, type StoryReading } from '../../src/ingest/index/read-story.ts';
import type { Doubt } from '../../src/stores/indexed/read-stories.ts';
import { createIndexedStores } from '../../src/stores/indexed/indexed-stores.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { createDesk, type Desk } from './desk-source.ts';
import { testEditions } from './import-lines.ts';
import { createWoundClock, type WoundClock } from './wound-clock.ts';

/** The instant at which rigs begin. */
export const INDEX_START = Date.UTC(2026, 10, 23, 9);

/** A desk, the index of its stories, and the stores made of both. */
export interface IndexRig {
  readonly clock: WoundClock;
  readonly desk: Desk;
  readonly indexed: IndexedDesk;
  readonly reading: StoryReading;
  readonly indexer: Indexer;
  readonly stores: Stores;
  /** What readers found otherwise, `42 missing`, in order. */
  readonly doubts: string[];
  /** What could not be taken, by what it is of. */
  readonly leftOut: (readonly [of: string, reasons: readonly string[]])[];
  /** How many were held back, each time. */
  readonly held: number[];
  /** Looks at stories as if somebody had told of them. */
  tell(...sourceIds: readonly string[]): Promise<readonly string[]>;
}

export interface IndexRigOptions {
  readonly edition?: EditionCode;
  readonly clock?: WoundClock;
  /** What the stores send their statements to. Default: the database. */
  readonly reads?: Queryable;
  readonly lagSeconds?: number;
  readonly sourceName?: string;
  readonly observe?: Partial<IndexObserver>;
  readonly desk?: Desk;
}

/** Over a fresh database; closing that is its owner's. */
export const createIndexRig = (database: Database, options: IndexRigOptions = {}): IndexRig => {
  const { edition = 'EN', clock = createWoundClock(INDEX_START), reads = database, lagSeconds = 5 } = options;
  const { sourceName = 'desk', observe = {} } = options;
  const desk = options.desk ?? createDesk({ clock, name: 'desk' });
  const indexed: IndexedDesk = { edition, sourceName, lagSeconds };
  const settings = testEditions.find(({ code }) => code === edition) as Edition;
  const reading = createStoryReading({ editions: testEditions, edition: settings, sourceName });
  const doubts: string[] = [];
  const leftOut: (readonly [string, readonly string[]])[] = [];
  const held: number[] = [];
  const indexer = createIndexer({
    database,
    clock,
    editions: testEditions,
    desk: indexed,
    source: desk.source,
    reading,
    observe: {
      onLooked: () => undefined,
      onLeftOut: (of, reasons) => void leftOut.push([of, reasons]),
      onHeld: (count) => void held.push(count),
      ...observe,
    },
  });
  const stores = createIndexedStores({
    index: createPostgresStores(reads),
    database: reads,
    source: desk.source,
    edition,
    sourceName,
    reader: reading.reader,
    lagSeconds,
    clock,
    onDoubt: (sourceId: string, doubt: Doubt) => void doubts.push(`${sourceId} ${doubt}`),
  });
  return {
    clock,
    desk,
    indexed,
    reading,
    indexer,
    stores,
    doubts,
    leftOut,
    held,
    tell: async (...sourceIds) =>
      (await indexer.look(sourceIds, { reason: 'told' })).map(({ sourceId, outcome }) => `${sourceId} ${outcome}`),
  };
};
