import type { Instant } from '../../clock.ts';
import { editionOfId, type ArticleId } from '../../content/ids.ts';
import type { Queryable } from '../../database/database.ts';
import { loadHolders, type Holding } from '../../partners/deliveries/load-holders.ts';
import type { Kill } from './load-kill.ts';
import { loadEndpointsTold, loadPlacesTold, loadTellings, type EndpointTold } from './load-told.ts';

/** How a partner has shown that it knows of a KILL. */
export interface Acknowledged {
  /** It took the message; or it came back to its deltas from behind the KILL. */
  readonly by: 'webhook' | 'deltas';
  readonly at: Instant;
}

/** A partner that has something of an article, or is told that it is gone. */
export interface Recipient {
  readonly partnerId: string;
  /** Null: it was removed since. */
  readonly partnerName: string | null;
  /** Versions that it was given, and how. */
  readonly holdings: readonly Omit<Holding, 'partnerId' | 'partnerName'>[];
  /** Where it is told; empty: it has to ask. */
  readonly endpoints: readonly EndpointTold[];
  /** The first time that it showed that it knows; null: it has not. */
  readonly acknowledged: Acknowledged | null;
}

const acknowledgedBy = (endpoints: readonly EndpointTold[], place: Instant | undefined): Acknowledged | null => {
  const heard = endpoints.flatMap(({ at }): readonly Acknowledged[] => (at === null ? [] : [{ by: 'webhook', at }]));
  const all = place === undefined ? heard : [...heard, { by: 'deltas', at: place } as const];
  return all.toSorted((a, b) => a.at - b.at)[0] ?? null;
};

/** Who was given `articleId` or is told of its KILL, and whether it has shown that it knows; with `others`. By partner. */
export const loadRecipients = async (
  database: Queryable,
  articleId: ArticleId,
  kill: Kill,
  others: readonly Pick<Recipient, 'partnerId'>[] = [],
): Promise<readonly Recipient[]> => {
  const edition = editionOfId(articleId);
  const holdings = await loadHolders(database, articleId);
  const told = { ...kill, tellings: await loadTellings(database, articleId) };
  const endpoints = await loadEndpointsTold(database, articleId, edition, told);
  const places = new Map((await loadPlacesTold(database, edition, told)).map(({ partnerId, at }) => [partnerId, at]));
  const given = Map.groupBy(holdings, ({ partnerId }) => partnerId);
  const endpointsOf = Map.groupBy(endpoints, ({ partnerId }) => partnerId);
  // Whoever was never given it hears nothing of it.
  const heard = endpoints.filter(({ state }) => state !== 'unheard' && state !== 'disabled');
  const ids = new Set([...given.keys(), ...[...heard, ...others].map(({ partnerId }) => partnerId)]);
  return [...ids].toSorted().map((partnerId) => {
    const held = given.get(partnerId) ?? [];
    const own = endpointsOf.get(partnerId) ?? [];
    return {
      partnerId,
      partnerName: held[0]?.partnerName ?? null,
      holdings: held.map(({ partnerId: _id, partnerName: _name, ...holding }) => holding),
      endpoints: own,
      acknowledged: acknowledgedBy(own, places.get(partnerId)),
    };
  });
};
