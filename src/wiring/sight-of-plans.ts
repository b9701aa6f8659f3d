import type { Config } from '../config/load.ts';
import type { Plan } from '../content/plan.ts';
import type { LoaderSetting } from '../loaders/batch-loader.ts';
import type { Sight } from '../syndication/deltas/facets.ts';
import { sightOfPlan } from '../syndication/deltas/sight-of-plan.ts';

export interface SightOfPlansOptions extends Omit<LoaderSetting, 'tombstones' | 'signal'> {
  readonly config: Pick<Config, 'editions'>;
  readonly follower: Pick<LoaderSetting, 'tombstones'>;
}

/** What loaders are made with where no request has to end in time. */
export const endlessSetting = ({ storesOf, follower, counters }: SightOfPlansOptions): LoaderSetting => ({
  storesOf,
  tombstones: follower.tombstones,
  counters,
  signal: new AbortController().signal,
});

/** What the holders of a plan see of the gateway's editions; null: what everybody sees. */
export const sightOfPlans = (options: SightOfPlansOptions): ((plan: Plan | null) => Promise<Sight>) => {
  const codes = options.config.editions.map(({ code }) => code);
  return (plan) => sightOfPlan(plan, endlessSetting(options), codes);
};
