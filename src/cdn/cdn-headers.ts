import type { Follower } from '../changes/follower.ts';
import type { Instant } from '../clock.ts';
import type { Entry } from '../content/answer.ts';
import type { CacheTag } from '../content/tags.ts';
import { surrogateKeysOf } from './surrogate-keys.ts';

/** No counter is purged: one that a CDN keeps is as old as it lets it become. */
const COUNTERS_MAX_AGE_SECONDS = 10;

/** What only a CDN reads, by header name. */
export interface CdnHeaders {
  readonly 'cdn-cache-control': string;
  readonly 'surrogate-key': string;
}

/** What tells a CDN about `entry`, sent in this tick; undefined when it must not keep it. The same for 200 and 304. */
export type CdnHeadersOf = (entry: Entry, now: Instant) => CdnHeaders | undefined;

export interface CdnHeadersOptions {
  readonly follower: Pick<Follower, 'isTrusted' | 'epoch' | 'lastOf'>;
  /** Whether purges go through just now. */
  readonly keepsUp: () => boolean;
  /** Life in a CDN at most, in seconds. */
  readonly maxAgeSeconds: number;
}

/**
 * Headers for a CDN that is purged by key: the entry's own remaining life, up to its next time boundary.
 *
 * Asks the change log itself, more strictly than whoever sends the answer: what an edit has overtaken may go to the one
 * who waits for it, and what changed softly to a few more, but the purge of that change is already on its way. Kept by
 * a CDN after it, such an answer would live to the end of its life.
 */
export const createCdnHeaders = ({ follower, keepsUp, maxAgeSeconds }: CdnHeadersOptions): CdnHeadersOf => {
  // Written once per entry: thousands of digests for a large answer.
  const written = new WeakMap<readonly CacheTag[], string>();
  const keysOf = (tags: readonly CacheTag[]): string => {
    let keys = written.get(tags);
    if (keys === undefined) {
      keys = surrogateKeysOf(tags);
      written.set(tags, keys);
    }
    return keys;
  };
  const isUnchanged = ({ epoch, tags, fence }: Entry): boolean =>
    follower.isTrusted() && epoch === follower.epoch() && tags.every((tag) => follower.lastOf(tag) <= fence);

  return (entry, now) => {
    if (entry.scope !== 'PUBLIC' || !keepsUp() || !isUnchanged(entry)) return undefined;
    const end = Math.min(entry.filledAt + entry.maxAgeSeconds * 1000, entry.boundaryAt ?? Infinity);
    const mostSeconds = entry.holes === undefined ? maxAgeSeconds : Math.min(maxAgeSeconds, COUNTERS_MAX_AGE_SECONDS);
    const seconds = Math.min(Math.floor((end - now) / 1000), mostSeconds);
    if (seconds <= 0) return undefined;
    // must-revalidate: past its boundary an article may be under embargo, or gone.
    return { 'cdn-cache-control': `max-age=${seconds}, must-revalidate`, 'surrogate-key': keysOf(entry.tags) };
  };
};
