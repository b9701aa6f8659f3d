import type { Config } from '../config/load.ts';
import { createLocator } from '../content/addresses.ts';
import { orderLanguages } from '../content/language.ts';
import type { Caller } from '../content/caller.ts';
import type { Tombstones } from '../content/tombstones.ts';
import type { EngagementDesk } from '../engagement/engagement-desk.ts';
import type { GraphqlServiceOptions } from '../graphql/graphql-service.ts';
import { createLoaders } from '../loaders/loaders.ts';
import { createRecorder } from '../loaders/recorder.ts';
import type { Standing } from '../partners/budgets/account.ts';
import type { Counters } from '../stores/counters.ts';
import type { ReadDeltas } from '../syndication/deltas/deltas.ts';
import type { StoresOf } from '../stores/federated/route-by-edition.ts';
import type { Editions } from '../../resolvers/context.ts';

export interface ContextsOptions {
  readonly config: Config;
  readonly storesOf: StoresOf;
  readonly follower: { readonly tombstones: Tombstones };
  /** What counters were last known to be; the same that answers are filled from. */
  readonly counters: Counters;
  readonly desk: EngagementDesk;
  readonly deltas: ReadDeltas;
  /** How the budget of whoever asks from there stands; null: nobody counts what it spends. Default: nobody does. */
  readonly standingOf?: (caller: Caller, address: string) => Standing | null;
}

const createEditions = ({ editions }: Config): Editions => ({
  all: editions,
  get: (code) => editions.find((edition) => edition.code === code),
  locate: createLocator(editions),
});

/** What one operation may touch, and the record of what it did. */
export const createContexts = ({
  config,
  storesOf,
  follower,
  counters,
  desk,
  deltas,
  standingOf = () => null,
}: ContextsOptions): GraphqlServiceOptions['createContext'] => {
  const editions = createEditions(config);
  return (now, { caller, address = '' }, signal) => {
    const recorder = createRecorder();
    const setting = { storesOf, tombstones: follower.tombstones, counters, signal };
    const loaders = createLoaders(setting, recorder, { now, plan: caller.plan });
    return {
      context: {
        loaders,
        recorder,
        editions,
        now,
        caller,
        standing: () => standingOf(caller, address),
        publicUrl: config.publicUrl,
        readDeltas: (range) =>
          deltas({
            ...range,
            caller,
            now,
            articles: (ids) => Promise.all(ids.map((id) => loaders.articles.byId.load(id))),
          }),
        admitEngagement: () => desk.admit({ address, at: now }),
        countEngagement: (id, kind) => desk.count({ address, at: now, id, kind }),
      },
      record: () => ({
        tags: [...recorder.tags],
        boundaryAt: recorder.boundaryAt(),
        languages: orderLanguages(recorder.languages(), config.editions),
        isComplete: recorder.isComplete(),
      }),
    };
  };
};
