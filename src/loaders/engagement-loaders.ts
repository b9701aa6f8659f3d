import type DataLoader from 'dataloader';
import { counterKey, type Counter } from '../content/counter.ts';
import { editionOfId, type ArticleId } from '../content/ids.ts';
import type { Viewpoint } from '../content/listing.ts';
import type { Count } from '../stores/counters.ts';
import type { RankingRequest } from '../stores/engagement-store.ts';
import { createBatchLoader, type LoaderSetting } from './batch-loader.ts';

/** The longest that may be asked for. */
const LONGEST_RANKING = 100;

export interface EngagementLoaders {
  /** Where the store fails, what was last known. */
  readonly count: DataLoader<Counter, Count, unknown>;
  /** May name articles that are no longer visible: load them. */
  readonly ranking: DataLoader<RankingRequest, readonly ArticleId[], unknown>;
}

/** Loaders of counters. They record nothing: a counter has no change, only an age. */
export const createEngagementLoaders = (setting: LoaderSetting, { now, plan }: Viewpoint): EngagementLoaders => ({
  count: createBatchLoader(setting, {
    name: 'counter',
    editionOf: ({ id }: Counter) => editionOfId(id),
    identityOf: counterKey,
    record: () => undefined,
    read: ({ engagement }, requests) => setting.counters.read(engagement, requests, now),
  }),
  ranking: createBatchLoader(setting, {
    name: 'ranking',
    editionOf: ({ edition }: RankingRequest) => edition,
    identityOf: (request) => JSON.stringify(request),
    record: () => undefined,
    // Whoever may have some of an edition finds its best further down.
    read: ({ engagement }, requests) =>
      engagement.rankings(plan === null ? requests : requests.map((one) => ({ ...one, limit: LONGEST_RANKING })), now),
  }),
});
