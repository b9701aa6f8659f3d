import type { Follower } from '../changes/follower.ts';
import type { Database } from '../database/database.ts';
import { worstOf, type PartState } from '../http/part-state.ts';
import type { EngagementCounting } from './count-engagement.ts';
import type { SharedAnswers } from './share-answers.ts';

export interface StoreStatesOptions {
  readonly database: Pick<Database, 'kind'>;
  readonly follower: Pick<Follower, 'isLogRead' | 'isTrusted'>;
  readonly stores: Pick<EngagementCounting, 'states'>;
  readonly counting: Pick<EngagementCounting, 'states'>;
  readonly shared: Pick<SharedAnswers, 'isUp'> | undefined;
}

/** How everything that answers are made of stands, by name, as /readyz tells it: what has several parts is as its worst one. */
export const storeStatesOf =
  ({ database, follower, stores, counting, shared }: StoreStatesOptions) =>
  (): Readonly<Record<string, PartState>> =>
    worstOf(
      { [database.kind]: follower.isLogRead() && follower.isTrusted() ? 'ok' : 'failed' },
      stores.states(),
      counting.states(),
      shared === undefined ? {} : { redis: shared.isUp() ? 'ok' : 'failed' },
    );
