import type { GraphQLSchema } from 'graphql';
import { ANONYMOUS } from '../../src/content/caller.ts';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import { createChangeLog } from '../../src/changes/change-log.ts';
import type { Config } from '../../src/config/load.ts';
import type { Entry } from '../../src/content/answer.ts';
import type { Database } from '../../src/database/database.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { createApolloExecutor } from '../../src/graphql/apollo.ts';
import { createDocuments } from '../../src/graphql/documents.ts';
import type { Executor } from '../../src/graphql/executor.ts';
import { createGraphqlService, type GraphqlService } from '../../src/graphql/graphql-service.ts';
import { createPlannedExecutor } from '../../src/graphql/planned-executor.ts';
import { RequestFailure } from '../../src/graphql/request-failure.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { createCounters } from '../../src/stores/counters.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { createContexts } from '../../src/wiring/create-contexts.ts';
import { readDeltas } from '../../src/wiring/read-deltas.ts';
import { createHandFollower } from '../cache/hand-follower.ts';
import { wideLimits } from '../graphql/limits/wide-limits.ts';
import { readPools } from '../support/document-pools.ts';
import { idleDesk } from '../support/idle-desk.ts';
import type { RandomOperation } from '../support/random-operations.ts';
import { rememberParts } from '../support/remembered-stores.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { findDifference, hasSpread, type ShownResult } from './compare.ts';
import type { Rig } from './rig.ts';
import { worryStores } from './worried-stores.ts';

export interface ContentRigOptions {
  readonly config: Config;
  /** Migrated; the demo newsroom is loaded into it. */
  readonly database: Database;
  readonly createTested?: (schema: GraphQLSchema) => Executor;
}

/** More than one operation asks for; every run takes the room anew. */
const CELL_LIMIT = 5_000;
const START = Date.UTC(2026, 10, 23, 9);

const sorted = (list: readonly string[]): readonly string[] => [...new Set(list)].toSorted();

/** What an answer says beside its bytes, and what was asked for it. */
const recordOf = (entry: Entry, calls: readonly string[]): string =>
  JSON.stringify({ ...entry, body: null, tags: sorted(entry.tags), calls: calls.toSorted() }, null, 1);

/** The lines of `text` that are not in `other`. */
const linesBeyond = (text: string, other: string): string => {
  const known = new Set(other.split('\n'));
  return text
    .split('\n')
    .filter((line) => !known.has(line))
    .join('\n');
};

/** graphql-js and plans over the demo newsroom, whose stores fail at random: with the gateway's own resolvers, loaders and records. */
export const createContentRig = async ({
  config,
  database,
  createTested = createPlannedExecutor,
}: ContentRigOptions): Promise<Rig> => {
  const clock = createWoundClock(START);
  await loadDemo(database, config.editions, clock);
  // Deltas are read beside the stores.
  const remembered = rememberParts({ ...createPostgresStores(database), log: { query: database.query } });
  const { log: deltaReads, ...kept } = remembered.parts;
  const { stores, worry, takeCalls } = worryStores(kept);
  const storesOf = () => stores;
  const follower = createHandFollower();
  const log = createChangeLog(database);
  while ((await log.relay(500)) > 0);
  const { sequence, epoch } = await log.head();
  const reader = { ...follower, applied: () => sequence, epoch: () => epoch };
  const documents = createDocuments(createSchema(), wideLimits());
  const reference = await createApolloExecutor(createSchema());
  const tested = createTested(createSchema());
  /** One for each run: what its counters once read helps it when the store fails, and must not differ from another's. */
  const createService = (executor: Executor): GraphqlService =>
    createGraphqlService({
      documents,
      executor,
      // Nothing is small enough to be kept.
      cache: createResponseCache({ follower, clock, limitBytes: 1 }),
      follower,
      clock,
      keyParts: [],
      operationTimeoutMs: 10_000,
      createContext: createContexts({
        config,
        storesOf,
        follower,
        counters: createCounters({ storesOf, clock, cellLimit: CELL_LIMIT }),
        desk: idleDesk,
        deltas: readDeltas({
          config,
          database: deltaReads,
          follower: reader,
          storesOf,
          counters: createCounters({ storesOf, clock, cellLimit: CELL_LIMIT }),
        }),
      }),
    });

  const run = async (executor: Executor, { query, variables }: RandomOperation) => {
    const service = createService(executor);
    const request = { query, variables, operationName: undefined };
    const { entry } = await service.answer(request, service.prepare(request), {
      caller: ANONYMOUS,
      mediaType: 'application/json',
      onError: () => undefined,
    });
    const calls = await takeCalls();
    return { entry, calls, result: JSON.parse(entry.body.toString()) as ShownResult };
  };

  /** Both answers, when each read of both came at once: what comes sooner for the second is batched otherwise. */
  const runBoth = async (operation: RandomOperation) => {
    for (;;) {
      const before = remembered.asked();
      const [right, given] = [await run(reference, operation), await run(tested, operation)];
      if (remembered.asked() === before) return { right, given };
    }
  };

  return {
    pools: [...(await readPools(database, config.editions)).values()],
    async ask(operation, seed) {
      worry(seed);
      try {
        const { right, given } = await runBoth(operation);
        const difference = findDifference(right.result, given.result);
        if (difference !== undefined) return difference;
        // Where a failure went through what may not be null, graphql-js answers before all that was begun has ended.
        if (hasSpread(right.result)) return undefined;
        const [record, expected] = [recordOf(given.entry, given.calls), recordOf(right.entry, right.calls)];
        if (record === expected) return undefined;
        return `its record\n${linesBeyond(record, expected)}\nand should have\n${linesBeyond(expected, record)}`;
      } catch (error) {
        // Refused before it ran: by the one and the other alike.
        if (error instanceof RequestFailure) return undefined;
        throw error;
      }
    },
    close: async () => {
      await reference.stop();
      await tested.stop();
    },
  };
};
