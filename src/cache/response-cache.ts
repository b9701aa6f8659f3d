import { LRUCache } from 'lru-cache';
import type { Follower } from '../changes/follower.ts';
import type { Clock, Instant } from '../clock.ts';
import type { Answer, Entry } from '../content/answer.ts';
import { GatewayError } from '../errors.ts';

/** `hit`: kept; `joined`: made for another request meanwhile; `filled`: made for this one. */
export type CacheState = 'hit' | 'joined' | 'filled';

export interface CacheResult {
  readonly entry: Entry;
  readonly state: CacheState;
  /** Whether the entry is kept for the next reader. */
  readonly isStored: boolean;
  /**
   * Whether the entry may still go out: asked, without waiting for anything, in the tick that hands it to the socket.
   * What was kept must be unchanged; what was made for this request may be overtaken by an edit, never by a withdrawal.
   */
  readonly isSendable: () => boolean;
}

/** Makes an answer as of `now`, the one instant of everything it reads. */
export type Fill = (now: Instant) => Promise<Answer>;

export interface ResponseCache {
  /**
   * The stored answer for `key` if nothing it read has changed, else the answer of `fill`.
   *
   * Concurrent misses share fills: who came while one ran takes its result if that is still true, otherwise all of
   * them share one next fill begun after they came. The fence is taken before a fill starts, so an answer whose
   * data changed while it was being made is sent to the one who began it and never kept; overtaken by a
   * withdrawal, it is sent to nobody.
   *
   * @param key from `cacheKey`: covers everything that can alter the bytes.
   * @throws whatever `fill` throws, to everyone who shared it; the next request starts anew. INTERNAL when
   *   withdrawals overtook every attempt.
   */
  through(key: string, fill: Fill): Promise<CacheResult>;
  /** Bytes and entries held, for metrics. */
  size(): { readonly bytes: number; readonly entries: number };
}

export interface ResponseCacheOptions {
  readonly follower: Follower;
  readonly clock: Clock;
  readonly limitBytes: number;
}

interface Job {
  readonly first: Promise<Entry>;
  next: Promise<Entry> | undefined;
}

/** Fills begun again because a withdrawal overtook them; past this the log changes faster than anything can be read. */
export const REFILL_LIMIT = 5;

/** The failure after the last of them. */
export const overtaken = (): GatewayError =>
  new GatewayError('INTERNAL', 'Withdrawals overtook every attempt to make this answer');

/** A tag's share of the bound besides its letters, two bytes each: a string and its slot. */
const TAG_BYTES = 48;

/** A body's share: itself, and its packed forms, which live as long as it does; a page packs to a fifth or so. */
const PACKED_SHARE = 1.5;

/** Answers kept in memory, valid while nothing they read has changed. See the change protocol, rules 10 to 14. */
export const createResponseCache = ({ follower, clock, limitBytes }: ResponseCacheOptions): ResponseCache => {
  const held = new LRUCache<string, Entry>({
    maxSize: limitBytes,
    // Tags by their length: one may hold a slug that a client made up, as long as a request may be.
    sizeCalculation: ({ body, tags }, key) =>
      tags.reduce(
        (bytes, tag) => bytes + TAG_BYTES + 2 * tag.length,
        Math.ceil(PACKED_SHARE * body.length) + key.length + 256,
      ),
  });
  const jobs = new Map<string, Job>();

  const isUnchanged = ({ epoch, tags, fence }: Entry): boolean =>
    follower.isTrusted() && epoch === follower.epoch() && tags.every((tag) => follower.lastOf(tag) <= fence);
  const isYoung = ({ filledAt, maxAgeSeconds, boundaryAt }: Entry): boolean => {
    const now = clock.now();
    return now < filledAt + maxAgeSeconds * 1000 && (boundaryAt === null || now < boundaryAt);
  };
  const isLive = (entry: Entry): boolean => isUnchanged(entry) && isYoung(entry);
  const isOvertakenByWithdrawal = ({ epoch, tags, fence }: Entry): boolean =>
    epoch !== follower.epoch() || tags.some((tag) => follower.lastWithdrawalOf(tag) > fence);

  const runFill = async (key: string, fill: Fill): Promise<Entry> => {
    for (let attempt = 1; ; attempt += 1) {
      const fence = follower.applied();
      const epoch = follower.epoch();
      const filledAt = clock.now();
      const entry: Entry = { ...(await fill(filledAt)), fence, epoch, filledAt };
      if (isOvertakenByWithdrawal(entry)) {
        if (attempt <= REFILL_LIMIT) continue;
        throw overtaken();
      }
      if (entry.maxAgeSeconds > 0 && isLive(entry)) held.set(key, entry);
      return entry;
    }
  };

  const start = (key: string, fill: Fill): Promise<Entry> => {
    const first = runFill(key, fill);
    const job: Job = { first, next: undefined };
    jobs.set(key, job);
    // Its failure reaches those who wait for `first`, not this.
    void first
      .catch(() => undefined)
      .finally(() => {
        if (jobs.get(key) === job) jobs.delete(key);
      });
    return first;
  };

  /** Whether someone who came while `entry` was being made may have it. */
  const isSharable = (entry: Entry): boolean =>
    isUnchanged(entry) && (entry.boundaryAt === null || clock.now() < entry.boundaryAt);

  const join = async (key: string, job: Job, fill: Fill): Promise<Entry> => {
    const entry = await job.first;
    if (isSharable(entry)) return entry;
    // All who waited share this one whatever changes meanwhile: it began after they came.
    job.next ??= start(key, fill);
    return job.next;
  };

  return {
    async through(key, fill) {
      const stored = held.get(key);
      if (stored !== undefined) {
        if (isLive(stored))
          return { entry: stored, state: 'hit', isStored: true, isSendable: () => isSharable(stored) };
        if (follower.isTrusted()) held.delete(key);
      }
      const job = jobs.get(key);
      const entry = await (job === undefined ? start(key, fill) : join(key, job, fill));
      return {
        entry,
        state: job === undefined ? 'filled' : 'joined',
        isStored: held.peek(key) === entry,
        isSendable: () => !isOvertakenByWithdrawal(entry),
      };
    },
    size: () => ({ bytes: held.calculatedSize, entries: held.size }),
  };
};
