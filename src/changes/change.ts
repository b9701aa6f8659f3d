import type { Instant } from '../clock.ts';
import type { CacheTag } from '../content/tags.ts';

/** A change as the log holds it. */
export interface Change {
  /** From 1, in commit order, without gaps. */
  readonly sequence: number;
  readonly kind: string;
  readonly tags: readonly CacheTag[];
  readonly occurredAt: Instant;
}

/** Kinds that take something back: what a withdrawal has overtaken is sent to nobody. */
export const WITHDRAWALS: ReadonlySet<string> = new Set(['KILL', 'RIGHTS_CHANGE']);
