import type { Instant } from '../clock.ts';
import type { ArticleId } from '../content/ids.ts';
import { RANKING_SPARE, type EngagementStore, type RankingRequest } from './engagement-store.ts';

/** How old a ranking may be. Contract: a minute, and a page lives on with it. */
export const RANKING_MAX_AGE_MS = 10_000;
/** The longest that may be asked for: shorter ones are its beginning. */
const LONGEST = 100;

interface Held {
  readonly askedAt: Instant;
  readonly ids: Promise<readonly ArticleId[]>;
}

const keyOf = (request: RankingRequest): string =>
  [request.edition, request.by, request.by === 'mostRead' ? request.window : ''].join(':');

/**
 * `engagement` with its rankings kept for `RANKING_MAX_AGE_MS` each, and asked for once at a time. Adding up what was read
 * of thousands of articles costs several times what the rest of a page does; a failure is not kept.
 */
export const holdRankings = (engagement: EngagementStore): EngagementStore => {
  const held = new Map<string, Held>();

  const find = (request: RankingRequest, now: Instant): Held | undefined => {
    const found = held.get(keyOf(request));
    // Younger than `now` as well: fills overlap, and clocks are set back.
    return found !== undefined && Math.abs(now - found.askedAt) < RANKING_MAX_AGE_MS ? found : undefined;
  };
  const ask = (requests: readonly RankingRequest[], now: Instant): void => {
    const asked = engagement.rankings(
      requests.map((request) => ({ ...request, limit: LONGEST })),
      now,
    );
    for (const [index, request] of requests.entries()) {
      const one: Held = { askedAt: now, ids: asked.then((rankings) => rankings[index] ?? []) };
      held.set(keyOf(request), one);
      one.ids.catch(() => {
        if (held.get(keyOf(request)) === one) held.delete(keyOf(request));
      });
    }
  };

  return {
    ...engagement,
    async rankings(requests, now) {
      const missing = new Map(
        requests.filter((request) => find(request, now) === undefined).map((request) => [keyOf(request), request]),
      );
      if (missing.size > 0) ask([...missing.values()], now);
      return await Promise.all(
        requests.map(async (request) => {
          const ids = await held.get(keyOf(request))?.ids;
          return ids?.slice(0, request.limit + RANKING_SPARE) ?? [];
        }),
      );
    },
  };
};
