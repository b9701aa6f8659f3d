import type { Instant } from '../clock.ts';
import type { EditionCode } from '../content/edition.ts';
import type { ArticleId } from '../content/ids.ts';
import type { CacheTag } from '../content/tags.ts';
import type { TombstoneOrder } from '../content/tombstones.ts';

/** What can happen to content. TAXONOMY: to a section, tag, author or live stream; PURGE: somebody named tags. */
export const CHANGE_KINDS = [
  'PUBLISH',
  'UPDATE',
  'CORRECTION',
  'EMBARGO_LIFT',
  'RIGHTS_CHANGE',
  'KILL',
  'TAXONOMY',
  'PURGE',
] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A change before it has its place in the log. */
export interface NewChange {
  readonly kind: ChangeKind;
  /** null: it concerns no single article. */
  readonly articleId: ArticleId | null;
  readonly edition: EditionCode | null;
  /** Old ∪ new: everything that read it before, and everything that reads it now. */
  readonly tags: readonly CacheTag[];
  readonly version: number | null;
  /** Whether answers from before may still be served for a short while during one refill; never for a withdrawal. */
  readonly isSoft: boolean;
  readonly tombstone: TombstoneOrder | null;
}

/** A change as the log holds it. */
export interface Change extends NewChange {
  /** From 1, in commit order, without gaps. */
  readonly sequence: number;
  readonly occurredAt: Instant;
}

/** Kinds that take something back: what a withdrawal has overtaken is sent to nobody. */
export const WITHDRAWALS: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['KILL', 'RIGHTS_CHANGE']);
