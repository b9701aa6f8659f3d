import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock, Instant } from '../clock.ts';
import type { Entry } from '../content/answer.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { decodeFrame, encodeEntry, type FrameHead } from './entry-frame.ts';
import { manifestBytes, tagsBytes } from './memory-tier.ts';
import type { SharedTier } from './shared-tier.ts';

/** Why an entry was not kept, or what was found was none. */
export type RefusedEntry = 'oversize' | 'unreadable';

export interface RedisTierOptions {
  readonly redis: RedisLink;
  /** Digest of everything that alters bytes: two releases side by side never read each other's entries. */
  readonly release: string;
  readonly clock: Clock;
  /** How long past its age an unchanged answer is still of use. */
  readonly staleSeconds: number;
  /** Bound of what is remembered of entries whose bodies lie there. */
  readonly headsLimitBytes: number;
  readonly claimMs?: number;
  readonly onRefused?: (reason: RefusedEntry) => void;
}

/** What a follower remembers when it joins; an older entry is under its floor. */
const LIFE_LIMIT_MS = 3_600_000;

/** A head's share of its bound besides its tags: the object, and the headers that are sent with it. */
const HEAD_BYTES = 3_072;

/** Milliseconds during which `entry` may still be of use to somebody; 0 or less: none. */
const lifeMs = ({ filledAt, maxAgeSeconds, boundaryAt }: Entry, staleSeconds: number, now: Instant): number =>
  Math.min(filledAt + (maxAgeSeconds + staleSeconds) * 1000 - now, (boundaryAt ?? Infinity) - now, LIFE_LIMIT_MS);

/**
 * Answers that processes share in Redis. Nothing is searched for and nothing deleted there: an entry is judged by the
 * change log when it is read, so one that lands late is as true or as dead as if it had landed in time.
 */
export const createRedisTier = ({
  redis,
  release,
  clock,
  staleSeconds,
  headsLimitBytes,
  claimMs = 1_000,
  onRefused = () => undefined,
}: RedisTierOptions): SharedTier => {
  const placeOf = (key: string, epoch: string): string => `masthead:${release}:${epoch}:${key}`;

  /** What stood in front of bodies that were found: whatever is read often is read and written once. */
  const heads = new LRUCache<string, FrameHead>({
    maxSize: headsLimitBytes,
    sizeCalculation: ({ entry }) => HEAD_BYTES + tagsBytes(entry.tags) + manifestBytes(entry),
  });

  /** Entries that are being packed. */
  const sending = new Map<string, Promise<void>>();

  const send = async (place: string, key: string, entry: Entry): Promise<void> => {
    const frame = await encodeEntry(entry, { key, release });
    if (frame === undefined) return onRefused('oversize');
    const life = Math.floor(lifeMs(entry, staleSeconds, clock.now()));
    if (life > 0) redis.set(place, frame, life);
  };

  return {
    claimMs,
    async get(key, epoch) {
      const frame = await redis.get(placeOf(key, epoch));
      if (frame === null || frame === undefined) return undefined;
      const former = heads.get(key);
      const known = former?.entry.epoch === epoch ? former : undefined;
      const found = decodeFrame(frame, { key, epoch, release }, known);
      if (found === undefined) {
        onRefused('unreadable');
        return undefined;
      }
      const { head, body } = found;
      if (head !== known) heads.set(key, head);
      return { entry: { ...head.entry, body }, notes: head.notes };
    },

    set(key, entry) {
      if (entry.maxAgeSeconds <= 0 || entry.scope !== 'PUBLIC' || !redis.isUp()) return;
      const place = placeOf(key, entry.epoch);
      // Out of memory to pack it: then it is not shared.
      const sent = send(place, key, entry)
        .catch(() => undefined)
        .finally(() => {
          if (sending.get(place) === sent) sending.delete(place);
        });
      sending.set(place, sent);
    },

    async claim(key, epoch) {
      const place = placeOf(key, epoch);
      const claimed = `${place}:claim`;
      const token = randomUUID();
      const isGranted = await redis.claim(claimed, token, claimMs);
      if (isGranted === false) return undefined;
      // Nobody can say: better two fills than none.
      if (isGranted === undefined) return { release: () => undefined };
      const letGo = async (): Promise<void> => {
        // Who takes the claim next must find what it was made for.
        await sending.get(place);
        redis.release(claimed, token);
      };
      return { release: () => void letGo() };
    },
  };
};
