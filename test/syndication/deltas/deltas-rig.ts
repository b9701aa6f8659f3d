import { createChangeLog } from '../../../src/changes/change-log.ts';
import { createTombstoneRegister } from '../../../src/changes/tombstone-register.ts';
import { loadTombstones } from '../../../src/changes/tombstone-table.ts';
import { ANONYMOUS, type Caller } from '../../../src/content/caller.ts';
import type { DeltaPage } from '../../../src/content/delta.ts';
import type { Article } from '../../../src/content/entities.ts';
import type { ArticleId } from '../../../src/content/ids.ts';
import type { Plan } from '../../../src/content/plan.ts';
import type { Database } from '../../../src/database/database.ts';
import { announceDue } from '../../../src/ingest/schedule/announce-due.ts';
import type { LoaderSetting } from '../../../src/loaders/batch-loader.ts';
import { createLoaders } from '../../../src/loaders/loaders.ts';
import { createRecorder } from '../../../src/loaders/recorder.ts';
import { createCounters } from '../../../src/stores/counters.ts';
import { createArticleStore } from '../../../src/stores/postgres/article-store.ts';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import { createDeltas, type ArticlesOf, type DeltaRequest } from '../../../src/syndication/deltas/deltas.ts';
import type { Sight } from '../../../src/syndication/deltas/facets.ts';
import { sightOfPlan } from '../../../src/syndication/deltas/sight-of-plan.ts';
import { testEditions } from '../../support/import-lines.ts';
import { createIngestRig, type IngestRig } from '../../support/ingest-rig.ts';

export interface DeltasRig extends IngestRig {
  readonly database: Database;
  /** By audience. */
  readonly sights: Map<string, Sight>;
  /** Announces what is due and moves the outbox into the log; deltas are read up to there from then on. */
  step(): Promise<void>;
  read(request?: Partial<DeltaRequest>): Promise<DeltaPage>;
  /** `KIND source-id` of everything from `after` on, and where to go on. */
  follow(request?: Partial<DeltaRequest>): Promise<{ readonly told: readonly string[]; readonly cursor: string }>;
  /** From now on `audience` has this plan. */
  readonly setPlan: (audience: string, plan: Plan | null) => Promise<void>;
  readonly callerOf: (audience: string) => Caller;
  readonly articlesFor: (caller: Caller) => ArticlesOf;
  /** All articles that no tombstone hides, whoever may see them. */
  readonly standing: () => Promise<readonly Article[]>;
}

/** Deltas over a fresh database; closing that is its owner's. */
export const createDeltasRig = async (database: Database): Promise<DeltasRig> => {
  const rig = createIngestRig(database);
  const log = createChangeLog(database);
  const store = createArticleStore(database);
  const sights = new Map<string, Sight>();
  const plans = new Map<string, Plan | null>();
  const tombstones = createTombstoneRegister();
  const codes = testEditions.map(({ code }) => code);
  const createSetting = (): LoaderSetting => {
    const stores = createPostgresStores(database);
    const storesOf = () => stores;
    const counters = createCounters({ storesOf, clock: rig.clock });
    return { storesOf, tombstones, counters, signal: new AbortController().signal };
  };
  const setPlan: DeltasRig['setPlan'] = async (audience, plan) => {
    plans.set(audience, plan);
    sights.set(audience, await sightOfPlan(plan, createSetting(), codes));
  };
  const callerOf = (audience: string): Caller => ({ audience, partner: null, plan: plans.get(audience) ?? null });
  await setPlan('public', null);
  let head = await log.head();
  const standing: DeltasRig['standing'] = async () => {
    const rows = await database.query<{ id: ArticleId }>('SELECT id FROM articles');
    return (await store.byIds(rows.map(({ id }) => id))).filter(({ id }) => !tombstones.hidesId(id));
  };
  const articlesFor: DeltasRig['articlesFor'] = ({ plan }) => {
    const { articles } = createLoaders(createSetting(), createRecorder(), { now: rig.clock.now(), plan });
    return (ids) => Promise.all(ids.map((id) => articles.byId.load(id)));
  };
  const read = createDeltas({
    database,
    follower: { applied: () => head.sequence, epoch: () => head.epoch },
    editions: testEditions,
    sightOf: async (audience, { plan }) => sights.get(audience) ?? (await sightOfPlan(plan, createSetting(), codes)),
    articlesFor: (caller) => articlesFor(caller),
  });
  const readNow: DeltasRig['read'] = (request = {}) =>
    read({ caller: ANONYMOUS, after: null, first: 50, editions: [], now: rig.clock.now(), ...request });
  return {
    ...rig,
    database,
    sights,
    setPlan,
    callerOf,
    articlesFor,
    standing,
    read: readNow,
    async step() {
      while ((await announceDue(database, rig.clock.now(), 100)).taken === 100);
      while ((await log.relay(100, true)) > 0);
      head = await log.head();
      tombstones.replace((await loadTombstones(database)).lying);
    },
    async follow(request = {}) {
      const rows = await database.query<{ id: string; source_id: string }>('SELECT id, source_id FROM articles');
      const names = new Map(rows.map(({ id, source_id: name }) => [id, name]));
      const told: string[] = [];
      for (let after = request.after ?? null; ;) {
        const { changes, cursor, hasMore } = await readNow({ ...request, after });
        for (const { change } of changes) {
          if ((change.article === null) !== (change.kind === 'KILL'))
            throw new Error(`A ${change.kind} has an article, or has none`);
          told.push(`${change.kind} ${names.get(change.articleId)}`);
        }
        if (!hasMore) return { told, cursor };
        after = cursor;
      }
    },
  };
};
