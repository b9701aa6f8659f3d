import type { CacheTag } from '../content/tags.ts';

/** What was found once, as somebody keeps it who is told of changes; the same object for as long as that is so. */
export interface Kept<Entity> {
  readonly found: readonly Entity[];
  /** Whatever ends it: an answer that it gets into carries them all. */
  readonly tags: readonly CacheTag[];
}
