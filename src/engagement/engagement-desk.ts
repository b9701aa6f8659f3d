import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Instant } from '../clock.ts';
import type { EngagementKind } from '../content/counter.ts';
import type { ArticleId } from '../content/ids.ts';
import type { EngagementEvent } from '../stores/engagement-store.ts';
import type { SaltOf } from '../stores/postgres/engagement-salts.ts';
import { clientOf } from '../content/client-of.ts';
import type { RateLimit } from './rate-limit.ts';

/** Someone who did something, and when. */
export interface Visit {
  /** Of whoever sent it, as far as proxies are trusted. */
  readonly address: string;
  readonly at: Instant;
}

/** What a reader did. */
export interface Deed extends Visit {
  readonly id: ArticleId;
  readonly kind: EngagementKind;
}

/** Takes what readers do. Nobody's address is kept: only digests, by a salt of the day. */
export interface EngagementDesk {
  /** @throws {BudgetError} when this client has told too much within a minute. */
  admit(visit: Visit): Promise<void>;
  /** Counts `deed`, unless the same client has done the same within the same minute. */
  count(deed: Deed): Promise<void>;
}

export interface EngagementDeskOptions {
  readonly saltOf: SaltOf;
  readonly limit: RateLimit;
  readonly record: (event: EngagementEvent) => Promise<unknown>;
}

const MINUTE_MS = 60_000;
/** Digests of events told lately, some 100 bytes each: whoever tells the same again costs no store anything. */
const LATELY_LIMIT = 20_000;

/** 128 bits. */
const digest = (salt: string, parts: readonly unknown[]): string =>
  createHmac('sha256', salt).update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

/** A desk that nobody has come to yet. */
export const createEngagementDesk = ({ saltOf, limit, record }: EngagementDeskOptions): EngagementDesk => {
  const lately = new LRUCache<string, Promise<unknown>>({ max: LATELY_LIMIT });
  return {
    async admit({ address, at }) {
      await limit(digest(await saltOf(at), ['client', clientOf(address)]));
    },
    async count({ address, at, id, kind }) {
      const minute = Math.floor(at / MINUTE_MS);
      const once = digest(await saltOf(minute * MINUTE_MS), [clientOf(address), id, kind, minute]);
      let told = lately.get(once);
      if (told === undefined) {
        told = record({ id, kind, at, once });
        lately.set(once, told);
        // What was not counted may be told again.
        told.catch(() => lately.delete(once));
      }
      await told;
    },
  };
};
