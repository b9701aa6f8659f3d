import type { Follower } from '../changes/follower.ts';
import type { Config } from '../config/load.ts';
import type { Queryable } from '../database/database.ts';
import { createLoaders } from '../loaders/loaders.ts';
import { createRecorder } from '../loaders/recorder.ts';
import { loadPlanContent } from '../partners/partner-rows.ts';
import type { Counters } from '../stores/counters.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import { createDeltas, type ReadDeltas } from '../syndication/deltas/deltas.ts';
import { endlessSetting, sightOfPlans } from './sight-of-plans.ts';

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
  const { config, database, follower } = options;
  const sightOf = sightOfPlans(options);
  return createDeltas({
    database,
    follower,
    editions: config.editions,
    async sightOf(audience, caller) {
      if (audience === caller.audience) return sightOf(caller.plan);
      const plan = audience === 'public' ? null : ((await loadPlanContent(database, audience)) ?? undefined);
      return plan === undefined ? undefined : sightOf(plan);
    },
    articlesFor: ({ plan }, now) => {
      const { articles } = createLoaders(endlessSetting(options), createRecorder(), { now, plan });
      return (ids) => Promise.all(ids.map((id) => articles.byId.load(id)));
    },
  });
};
