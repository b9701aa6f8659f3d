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
/** Looked at together; most of them are told to whoever asks for everything, and hardly any to who has little. */
const PAGE_LENGTH = 500;
/** Beyond that many nobody looks on for a story that somebody may have seen. */
const PAGES_LIMIT = 20;

/**
 * Reads withdrawals off the deltas, and tells of them those alone who could see the story until then: a hundred of what they may
 * hear of, whatever happened to what they never saw. Of tags and authors the deltas know nothing, so their feeds tell of none.
 */
export const createLoadWithdrawals =
  ({ database, sightOf }: WithdrawalsOptions): LoadWithdrawals =>
  async ({ caller, edition, scope }, { loaders, recorder, now }) => {
    if (scope.of === 'tag' || scope.of === 'author') return [];
    const section = scope.of === 'section' ? scope.id : null;
    const range = { edition: edition.code, since: now - TOLD_FOR_MS, limit: PAGE_LENGTH, section };
    const told = new Map<string, Withdrawal>();
    const back = new Set<string>();
    let own: Sight | undefined;
    let before: number | null = null;
    for (let page = 0; page < PAGES_LIMIT && told.size < LIMIT; page += 1) {
      // One after the other: where the next begins is known by the last of this.
      // oxlint-disable-next-line no-await-in-loop
      const kills = await loadKills(database, { ...range, before });
      if (kills.length === 0) break;
      // oxlint-disable-next-line no-await-in-loop
      own ??= await sightOf(caller);
      const sight = own;
      const heard = kills.flatMap((kill) => {
        const path = judgeDelta(kill, false, { own: sight, former: [], now })?.path;
        return path === null || path === undefined ? [] : [{ ...kill, path }];
      });
      const ids = [...new Set(heard.map(({ articleId }) => articleId))].filter((id) => !told.has(id) && !back.has(id));
      // One that is back was taken back no longer.
      // oxlint-disable-next-line no-await-in-loop
      const standing = await Promise.all(ids.map((id) => loaders.articles.byId.load(id)));
      for (const article of standing) if (article !== null) back.add(article.id);
      for (const { articleId, path, occurredAt } of heard) {
        if (told.size === LIMIT || told.has(articleId) || back.has(articleId)) continue;
        const url = urlOf.path(edition, path);
        told.set(articleId, { uri: uriOf(articleId), url, withdrawnAt: occurredAt });
      }
      before = kills.at(-1)?.sequence ?? null;
      if (kills.length < PAGE_LENGTH) break;
    }
    const withdrawals = [...told.values()];
    for (const { withdrawnAt } of withdrawals) recorder.boundary(withdrawnAt + TOLD_FOR_MS);
    return withdrawals;
  };
