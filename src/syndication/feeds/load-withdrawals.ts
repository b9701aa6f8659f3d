import type { Instant } from '../../clock.ts';
import { urlOf } from '../../content/addresses.ts';
import type { Caller } from '../../content/caller.ts';
import type { Edition } from '../../content/edition.ts';
import type { ListingScope } from '../../content/listing.ts';
import type { Queryable } from '../../database/database.ts';
import type { Reading } from '../../loaders/reading.ts';
import type { Sight } from '../deltas/facets.ts';
import { judgeDelta } from '../deltas/judge-delta.ts';
import { loadKills } from '../deltas/load-kills.ts';
import { uriOf } from './story.ts';

/** A story that was taken back from whoever asks. */
export interface Withdrawal {
  readonly uri: string;
  /** Where it stood. */
  readonly url: string;
  readonly withdrawnAt: Instant;
}

export interface WithdrawalRequest {
  readonly caller: Caller;
  readonly edition: Edition;
  readonly scope: ListingScope;
}

/** What was taken back lately, newest first. */
export type LoadWithdrawals = (request: WithdrawalRequest, reading: Reading) => Promise<readonly Withdrawal[]>;

export interface WithdrawalsOptions {
  /** Of the change log. */
  readonly database: Queryable;
  /** What a caller may see. */
  readonly sightOf: (caller: Caller) => Promise<Sight>;
}

/** As long as a follower of deltas may stay away. */
const TOLD_FOR_MS = 30 * 24 * 60 * 60_000;
const LIMIT = 100;

/**
 * Reads withdrawals off the deltas, and tells of them those alone who could see the story until then. Of tags and authors
 * the deltas know nothing, so their feeds tell of none.
 */
export const createLoadWithdrawals =
  ({ database, sightOf }: WithdrawalsOptions): LoadWithdrawals =>
  async ({ caller, edition, scope }, { loaders, recorder, now }) => {
    if (scope.of === 'tag' || scope.of === 'author') return [];
    const kills = await loadKills(database, {
      edition: edition.code,
      since: now - TOLD_FOR_MS,
      limit: LIMIT,
      section: scope.of === 'section' ? scope.id : null,
    });
    if (kills.length === 0) return [];
    const own = await sightOf(caller);
    const told = new Map<string, Withdrawal>();
    for (const kill of kills) {
      const { articleId, occurredAt } = kill;
      const verdict = judgeDelta(kill, false, { own, former: [], now });
      if (verdict?.path === null || verdict?.path === undefined || told.has(articleId)) continue;
      told.set(articleId, {
        uri: uriOf(articleId),
        url: urlOf.path(edition, verdict.path),
        withdrawnAt: occurredAt,
      });
    }
    // One that is back was taken back no longer.
    const ids = kills.map(({ articleId }) => articleId).filter((id) => told.has(id));
    const standing = await Promise.all([...new Set(ids)].map((id) => loaders.articles.byId.load(id)));
    for (const article of standing) if (article !== null) told.delete(article.id);
    const withdrawals = [...told.values()];
    for (const { withdrawnAt } of withdrawals) recorder.boundary(withdrawnAt + TOLD_FOR_MS);
    return withdrawals;
  };
