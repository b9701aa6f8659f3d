import type { Follower } from '../changes/follower.ts';
import type { Config } from '../config/load.ts';
import type { Queryable } from '../database/database.ts';
import type { LoaderSetting } from '../loaders/batch-loader.ts';
import { createLoaders } from '../loaders/loaders.ts';
import { createRecorder } from '../loaders/recorder.ts';
import { loadPlanContent } from '../partners/partner-rows.ts';
import type { Counters } from '../stores/counters.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import { createDeltas, type ReadDeltas } from '../syndication/deltas/deltas.ts';
import { sightOfPlan } from '../syndication/deltas/sight-of-plan.ts';

export interface ReadDeltasOptions {
  readonly config: Config;
  /** Of the change log, and of plans. */
  readonly database: Queryable;
  readonly follower: Pick<Follower, 'applied' | 'epoch' | 'tombstones'>;
  readonly storesOf: StoresOf;
  readonly counters: Counters;
}

/** Deltas over the gateway's stores. */
export const readDeltas = (options: ReadDeltasOptions): ReadDeltas => {
  const { config, database, follower, storesOf, counters } = options;
  const codes = config.editions.map(({ code }) => code);
  const createSetting = (): LoaderSetting => {
    const { signal } = new AbortController();
    return { storesOf, tombstones: follower.tombstones, counters, signal };
  };
  return createDeltas({
    database,
    follower,
    editions: config.editions,
    async sightOf(audience, caller) {
      if (audience === caller.audience) return sightOfPlan(caller.plan, createSetting(), codes);
      const plan = audience === 'public' ? null : ((await loadPlanContent(database, audience)) ?? undefined);
      return plan === undefined ? undefined : sightOfPlan(plan, createSetting(), codes);
    },
    articlesFor: ({ plan }, now) => {
      const { articles } = createLoaders(createSetting(), createRecorder(), { now, plan });
      return (ids) => Promise.all(ids.map((id) => articles.byId.load(id)));
    },
  });
};
