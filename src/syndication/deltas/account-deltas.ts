import { manifestOf, type ManifestEntry } from '../../content/manifest.ts';
import type { Deliveries } from '../../partners/deliveries/delivery.ts';
import { sortEditions } from './delta-cursor.ts';
import type { ReadDeltas } from './deltas.ts';

/** A line names an article: its id, its address and its version. */
const NAMED = 0;

/**
 * `deltas` as partners read them: what they are told of is recorded, and from where they come back. Not for what the gateway reads
 * for itself, to send it on: that says nothing of what anybody has.
 */
export const accountDeltas =
  (deltas: ReadDeltas, deliveries: Deliveries): ReadDeltas =>
  async (request) => {
    const page = await deltas(request);
    const { caller, editions, now: at, isSameAnswer = false, isHeadOnly = false } = request;
    if (caller.partner === null) return page;
    const partnerId = caller.partner.id;
    if (page.from !== undefined && !isSameAnswer)
      deliveries.followed({ partnerId, editions: sortEditions(editions), ...page.from, at });
    if (isHeadOnly) return page;
    const told = page.changes.flatMap(({ change: { kind, articleId, version } }): readonly ManifestEntry[] =>
      // Of a KILL nothing is had.
      kind === 'KILL' ? [] : [[articleId, version, NAMED]],
    );
    const manifest = manifestOf(told);
    if (manifest !== undefined) deliveries.given({ partnerId, manifest, via: 'delta', at });
    return page;
  };
