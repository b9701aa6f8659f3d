import { createResponseCache } from '../../../src/cache/response-cache.ts';
import { createChanges } from '../../../src/changes/changes.ts';
import type { Caller } from '../../../src/content/caller.ts';
import type { EditionCode } from '../../../src/content/edition.ts';
import { audienceOf, type Plan } from '../../../src/content/plan.ts';
import type { Database } from '../../../src/database/database.ts';
import { createCounters } from '../../../src/stores/counters.ts';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../../src/stores/stores.ts';
import { createAnswering, keyPartsOf } from '../../../src/wiring/create-answering.ts';
import { writeArticles } from '../../support/content-rows.ts';
import { idleDesk } from '../../support/idle-desk.ts';
import { createTestConfig } from '../../support/test-app.ts';
import { createWoundClock, type WoundClock } from '../../support/wound-clock.ts';
import { askAs, holderOf } from './ask-as.ts';
import { FACTS, idOfFact, rowsOf, WORLD_NOW } from './world.ts';
import { readDeltas } from '../../../src/wiring/read-deltas.ts';

export interface RightsQuestion {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface RightsAnswer {
  readonly body: string;
  readonly state: string;
}

/** The gateway over the world, asked through its cache and past it, by the holders of contracts. */
export interface RightsRig {
  readonly clock: WoundClock;
  cached(contract: string, question: RightsQuestion): Promise<RightsAnswer>;
  fresh(contract: string, question: RightsQuestion): Promise<RightsAnswer>;
  close(): Promise<void>;
}

/** What a version gets wrong; default: nothing. */
export interface Mistakes {
  readonly storesOf?: (stores: Stores) => Stores;
  readonly audience?: (plan: Plan) => string;
}

/** Writes the world once. */
export const writeWorld = async (database: Database): Promise<void> => {
  await writeArticles(database, FACTS.map(rowsOf));
  await database.query(
    `INSERT INTO engagement_hours (article_id, hour, edition, views)
     SELECT f.id, date_trunc('hour', $2::timestamptz, 'UTC'), f.edition, 1000 - f.views
     FROM jsonb_to_recordset($1::jsonb) AS f (id text, edition text, views integer) ON CONFLICT DO NOTHING`,
    [
      JSON.stringify(FACTS.map((fact) => ({ id: idOfFact(fact), edition: fact.edition, views: fact.number }))),
      new Date(WORLD_NOW),
    ],
  );
};

export const createRightsRig = async (
  database: Database,
  { storesOf: spoil = (stores) => stores, audience = audienceOf }: Mistakes = {},
): Promise<RightsRig> => {
  const clock = createWoundClock(WORLD_NOW);
  const config = createTestConfig();
  const changes = createChanges({ database, clock, process: 'rights', monotonic: () => 0, wall: () => 0 });
  await changes.step();
  const { follower } = changes;
  const stores = spoil(createPostgresStores(database));
  const storesOf = (_edition: EditionCode): Stores => stores;
  const create = (limitBytes: number) =>
    createAnswering({
      config,
      storesOf,
      follower,
      clock,
      counters: createCounters({ storesOf, clock }),
      desk: idleDesk,
      deltas: readDeltas({ config, database, follower, storesOf, counters: createCounters({ storesOf, clock }) }),
      keyParts: keyPartsOf(config),
      cache: createResponseCache({ follower, clock, limitBytes }),
    });
  const held = await create(256 * 1024 * 1024);
  // Nothing is small enough to be kept.
  const never = await create(1);

  const callerOf = (contract: string): Caller => holderOf(contract, audience);
  const ask =
    ({ service }: Awaited<ReturnType<typeof create>>) =>
    (contract: string, question: RightsQuestion): Promise<RightsAnswer> =>
      askAs(service, callerOf(contract), question);
  return {
    clock,
    cached: ask(held),
    fresh: ask(never),
    close: async () => {
      await held.stop();
      await never.stop();
    },
  };
};
