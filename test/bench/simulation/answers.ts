import { ANONYMOUS } from '../../../src/content/caller.ts';
import type { Follower } from '../../../src/changes/follower.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Config } from '../../../src/config/load.ts';
import type { Entry } from '../../../src/content/answer.ts';
import type { CacheTag } from '../../../src/content/tags.ts';
import type { Database } from '../../../src/database/database.ts';
import { createResponseCache } from '../../../src/cache/response-cache.ts';
import { createCounters } from '../../../src/stores/counters.ts';
import { routeByEdition } from '../../../src/stores/federated/route-by-edition.ts';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import { createAnswering, keyPartsOf } from '../../../src/wiring/create-answering.ts';
import { keepEntities } from '../../../src/wiring/keep-entities.ts';
import { idleDesk } from '../../support/idle-desk.ts';
import type { View } from './readers.ts';
import { noDeltas } from '../../support/no-deltas.ts';

/** An answer as the gateway makes it. */
export interface Made {
  readonly entry: Entry;
  /** Sent to the database for it. */
  readonly statements: number;
}

export interface AnswersOptions {
  readonly database: Database;
  /** Statements sent to `database` so far. */
  readonly statements: () => number;
  readonly config: Config;
  readonly follower: Follower;
  readonly clock: Clock;
}

/** Answers, each made by the gateway itself and remembered for as long as it stays true. */
export interface Answers {
  of(view: View): Promise<Made>;
  /** How many were made. */
  count(): number;
}

const ownTag = ({ key }: View): CacheTag => `article:${key}` as CacheTag;

/** The gateway's own way from a question to its answer, over `database`, with its entities in memory and its answers nowhere. */
export const createAnswers = async ({
  database,
  statements,
  config,
  follower,
  clock,
}: AnswersOptions): Promise<Answers> => {
  const stores = createPostgresStores(database);
  const storesOf = routeByEdition([{ editions: config.editions.map(({ code }) => code), stores }]);
  const { service } = await createAnswering({
    config,
    storesOf,
    residentStoresOf: keepEntities({ storesOf, follower, environment: config.environment, metrics: createMetrics() }),
    // Nothing is small enough to be kept.
    cache: createResponseCache({ follower, clock, limitBytes: 1 }),
    follower,
    clock,
    counters: createCounters({ storesOf, clock }),
    deltas: noDeltas,
    desk: idleDesk,
    keyParts: keyPartsOf(config),
  });
  const known = new Map<string, Made & { readonly first: number }>();
  const copies = new Map<string, Made & { readonly of: Entry }>();
  let count = 0;

  const isTrue = ({ entry }: Made): boolean =>
    entry.tags.every((tag) => follower.lastOf(tag) <= entry.fence) && (entry.boundaryAt ?? Infinity) > clock.now();
  const make = async ({ query, variables }: View): Promise<Made> => {
    const request = { query, variables, operationName: undefined };
    const before = statements();
    const { entry } = await service.answer(request, service.prepare(request), {
      caller: ANONYMOUS,
      mediaType: 'application/json',
      onError: (error) => {
        throw error;
      },
    });
    count += 1;
    return { entry, statements: statements() - before };
  };

  return {
    count: () => count,
    async of(view) {
      const place = JSON.stringify([view.query.length, view.variables]);
      const former = known.get(place);
      const made = former !== undefined && isTrue(former) ? former : await make(view);
      // The first time nothing of it was in memory, as of one that nobody has asked for lately.
      const first = former?.first ?? made.statements;
      if (made !== former) known.set(place, { ...made, first });
      const { own } = view;
      if (own === undefined) return made;
      const copied = copies.get(view.key);
      if (copied?.of === made.entry) return copied;
      const tags = made.entry.tags.filter((tag) => !own.some((name) => tag.includes(name)));
      const copy = { of: made.entry, entry: { ...made.entry, tags: [...tags, ownTag(view)] }, statements: first };
      copies.set(view.key, copy);
      return copy;
    },
  };
};
