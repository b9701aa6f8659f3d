import type { EditionCode } from '../../content/edition.ts';
import type { Author, LiveStream, Section, Tag } from '../../content/entities.ts';
import type { ArticleId, TagId } from '../../content/ids.ts';
import type { CacheTag } from '../../content/tags.ts';
import type { TombstoneOrder } from '../../content/tombstones.ts';
import type { Instant } from '../../clock.ts';
import type { ArticleDigest } from './article-digest.ts';
import type { AddressHolder } from './batch-state.ts';

/** A row of `outbox`: what is told to everybody who has read the old. */
export interface OutboxRow {
  readonly kind: 'PUBLISH' | 'UPDATE' | 'CORRECTION' | 'RIGHTS_CHANGE' | 'KILL' | 'TAXONOMY';
  readonly articleId: ArticleId | null;
  readonly edition: EditionCode;
  readonly tags: readonly CacheTag[];
  readonly version: number | null;
  /** Absent: none is laid or lifted. */
  readonly tombstone?: TombstoneOrder;
}

/** A row of `articles` by its columns, and what is written beside it. */
export interface ArticleWrite {
  readonly row: Readonly<Record<string, unknown>> & { readonly id: ArticleId };
  readonly isNew: boolean;
  readonly targets: readonly string[];
  /** Instants at which it changes by itself. */
  readonly boundaries: readonly Instant[];
}

/** An article that is withdrawn, and nothing else of it. */
export interface WithdrawalWrite {
  readonly withdrawnAt: Instant;
  readonly version: number;
  readonly digest: ArticleDigest;
}

/** What a batch has changed so far; maps keep the last of what changed twice. */
export interface BatchWrites {
  readonly sections: Map<string, Section>;
  readonly tags: Map<string, Tag>;
  /** Tags whose new name articles are found by. */
  readonly renamedTags: Set<TagId>;
  readonly authors: Map<string, Author>;
  readonly liveStreams: Map<EditionCode, LiveStream>;
  readonly articles: Map<ArticleId, ArticleWrite>;
  /** Of articles that the batch has no line of, or had none before. */
  readonly withdrawals: Map<ArticleId, WithdrawalWrite>;
  /** Of articles whose line has changed in nothing that a reader sees. */
  readonly digests: Map<ArticleId, ArticleDigest>;
  readonly addresses: Map<string, AddressHolder>;
  /** Addresses that have given way, to sections or to another spelling of themselves; deleted before any is written. */
  readonly givenUp: Map<string, AddressHolder>;
  /** In the order of the documents. */
  readonly outbox: OutboxRow[];
}

/** Nothing changed yet. */
export const createBatchWrites = (): BatchWrites => ({
  sections: new Map(),
  tags: new Map(),
  renamedTags: new Set(),
  authors: new Map(),
  liveStreams: new Map(),
  articles: new Map(),
  withdrawals: new Map(),
  digests: new Map(),
  addresses: new Map(),
  givenUp: new Map(),
  outbox: [],
});
