import type { Instant } from '../clock.ts';
import type { EditionCode } from './edition.ts';
import type { Article } from './entities.ts';
import type { ArticleId } from './ids.ts';

/** What can happen to one article. */
export type DeltaKind = 'PUBLISH' | 'UPDATE' | 'CORRECTION' | 'EMBARGO_LIFT' | 'RIGHTS_CHANGE' | 'KILL';

/** What a follower is told of one article. */
export interface ArticleChange {
  /** The same for everybody who is told of it, and whenever. */
  readonly id: string;
  readonly kind: DeltaKind;
  readonly articleId: ArticleId;
  /** Absolute; of a KILL: where the article stood when it could be seen last, its edition's if nobody knows. */
  readonly url: string;
  readonly edition: EditionCode;
  readonly occurredAt: Instant;
  readonly version: number;
  /** As it stands now, as far as the caller may have it; null after a KILL. */
  readonly article: Article | null;
}

export interface DeltaEdge {
  /** Where to go on after this change. */
  readonly cursor: string;
  readonly change: ArticleChange;
}

export interface DeltaPage {
  /** Where whoever asks came back from: it was told all up to there. Absent: it begins. */
  readonly from?: { readonly epoch: string; readonly sequence: number };
  /** In the order of the log. */
  readonly changes: readonly DeltaEdge[];
  /** Where to go on, even from an empty page. */
  readonly cursor: string;
  /** Whether there is more now; the page may be empty all the same. */
  readonly hasMore: boolean;
}

/** A part of the stream. */
export interface DeltaRange {
  /** Null: from the oldest that is kept, which makes whoever has nothing have all. */
  readonly after: string | null;
  /** Changes looked at, of which those are given that the caller may hear of; at least 1. */
  readonly first: number;
  /** Empty: every one. */
  readonly editions: readonly EditionCode[];
}

/**
 * The id of a change: of the log's epoch and its place there, never given again.
 *
 * @param passage in which alone it is told, as what somebody may see has changed; null: it happened to the article.
 */
export const changeIdOf = (epoch: string, sequence: number, passage: string | null): string => {
  const place = sequence < 0 ? `b${-sequence}` : `${sequence}`;
  return `chg_${epoch.slice(0, 8)}_${place}${passage === null ? '' : `_${passage.slice(0, 8)}`}`;
};

/** Whether `id` is of a change: well formed, and nothing that can be asked for. */
export const isChangeId = (id: string): boolean => /^chg_[0-9a-f]{8}_b?[0-9]{1,19}(?:_[0-9a-z]{1,8})?$/.test(id);
