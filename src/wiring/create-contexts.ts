import type { Caller } from '../content/caller.ts';
import type { EngagementDesk } from '../engagement/engagement-desk.ts';
import type { GraphqlServiceOptions } from '../graphql/graphql-service.ts';
import type { Standing } from '../partners/budgets/account.ts';
import type { ReadDeltas } from '../syndication/deltas/deltas.ts';
import { createReadings, type ReadingsOptions } from './create-readings.ts';

export interface ContextsOptions extends ReadingsOptions {
  readonly desk: EngagementDesk;
  readonly deltas: ReadDeltas;
  /** How the budget of whoever asks from there stands; null: nobody counts what it spends. Default: nobody does. */
  readonly standingOf?: (caller: Caller, address: string) => Standing | null;
}

/** What one operation may touch, and the record of what it did. */
export const createContexts = ({
  desk,
  deltas,
  standingOf = () => null,
  ...options
}: ContextsOptions): GraphqlServiceOptions['createContext'] => {
  const read = createReadings(options);
  return (now, { caller, address = '', isHeadOnly = false, detail, isTextAsked }, signal) => {
    const { reading, record } = read({ caller, now, detail, isTextAsked, signal });
    const { byId } = reading.loaders.articles;
    return {
      context: {
        ...reading,
        caller,
        standing: () => standingOf(caller, address),
        readDeltas: (range) =>
          deltas({ ...range, caller, now, isHeadOnly, articles: (ids) => Promise.all(ids.map((id) => byId.load(id))) }),
        admitEngagement: () => desk.admit({ address, at: now }),
        countEngagement: (id, kind) => desk.count({ address, at: now, id, kind }),
      },
      record,
    };
  };
};
