import { execute, parse, type DocumentNode } from 'graphql';
import { ANONYMOUS } from '../../../src/content/caller.ts';
import { publicView } from '../../../src/content/listing.ts';
import type { Clock, Instant } from '../../../src/clock.ts';
import { createLocator } from '../../../src/content/addresses.ts';
import type { Edition } from '../../../src/content/edition.ts';
import type { CacheTag } from '../../../src/content/tags.ts';
import type { Tombstones } from '../../../src/content/tombstones.ts';
import type { Database } from '../../../src/database/database.ts';
import { createSchema } from '../../../src/graphql/schema.ts';
import { createLoaders } from '../../../src/loaders/loaders.ts';
import { createRecorder } from '../../../src/loaders/recorder.ts';
import { routeByEdition } from '../../../src/stores/federated/route-by-edition.ts';
import { createCounters } from '../../../src/stores/counters.ts';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import type { Context } from '../../../resolvers/context.ts';
import type { Question } from './questions.ts';
import { noDeltas } from '../../support/no-deltas.ts';

/** An answer as it was made, and what it read. */
export interface Reading {
  /** All of it. */
  readonly text: string;
  /** What may not differ while none of its tags changes: without scored lists, and cursors by what they stand for. */
  readonly settled: string;
  readonly tags: ReadonlySet<CacheTag>;
  readonly boundaryAt: Instant | null;
}

export interface ReaderOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly editions: readonly Edition[];
  readonly tombstones: Tombstones;
}

const SCORED: ReadonlySet<string> = new Set(['related', 'trending', 'mostRead']);
const CURSORS: ReadonlySet<string> = new Set(['cursor', 'startCursor', 'endCursor']);

/**
 * What a cursor stands for. Not the walk it belongs to: that moves with any article of the edition, and where a page goes
 * on from is the same. Nor a score, nor the instant of a ranking: they are the first page's own.
 */
const placeOf = (cursor: string): unknown => {
  const [, place, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as readonly unknown[];
  return typeof place === 'number' && place < 1e9 ? [id] : [place, id];
};

const settle = (key: string, value: unknown): unknown => {
  if (SCORED.has(key)) return undefined;
  return CURSORS.has(key) && typeof value === 'string' ? placeOf(value) : value;
};

/** Answers questions anew, by the gateway's own resolvers, loaders and stores, and says what they read. */
export const createReader = ({ database, clock, editions, tombstones }: ReaderOptions) => {
  const schema = createSchema();
  const documents = new Map<string, DocumentNode>();
  const storesOf = routeByEdition([
    { editions: editions.map(({ code }) => code), stores: createPostgresStores(database) },
  ]);
  const counters = createCounters({ storesOf, clock });
  const { signal } = new AbortController();

  return async ({ document: text, variables }: Question): Promise<Reading> => {
    const document = documents.get(text) ?? parse(text);
    documents.set(text, document);
    const now = clock.now();
    const recorder = createRecorder();
    const contextValue: Context = {
      loaders: createLoaders({ storesOf, tombstones, counters, signal }, recorder, publicView(now)),
      recorder,
      isTextAsked: false,
      editions: {
        all: editions,
        get: (code) => editions.find((edition) => edition.code === code),
        locate: createLocator(editions),
      },
      caller: ANONYMOUS,
      now,
      publicUrl: 'https://news.example',
      standing: () => null,
      admitEngagement: async () => undefined,
      countEngagement: async () => undefined,
      readDeltas: noDeltas,
    };
    const { data, errors } = await execute({ schema, document, variableValues: variables, contextValue });
    if (errors !== undefined)
      throw new Error(`${JSON.stringify(variables)}: ${errors.join('; ')}`, { cause: errors[0] });
    return {
      text: JSON.stringify(data, (key, value: unknown) => (CURSORS.has(key) ? undefined : value)),
      settled: JSON.stringify(data, settle),
      tags: new Set(recorder.tags),
      boundaryAt: recorder.boundaryAt(),
    };
  };
};
