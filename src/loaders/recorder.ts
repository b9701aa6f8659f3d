import type { Instant } from '../clock.ts';
import type { CacheTag } from '../content/tags.ts';

/** What a fill read: how its answer is ended, and when it ends by itself. */
export interface Recorder {
  tag(tag: CacheTag): void;
  /** The next instant at which something read changes by itself; null is none. */
  boundary(at: Instant | null): void;
  /** Something could not be read and was left out: the answer may be sent, not kept. */
  incomplete(): void;
  /** BCP 47 tag of content that was read. */
  language(tag: string): void;
  readonly tags: ReadonlySet<CacheTag>;
  readonly languages: ReadonlySet<string>;
  boundaryAt(): Instant | null;
  isComplete(): boolean;
}

/** An empty record, one per fill. */
export const createRecorder = (): Recorder => {
  const tags = new Set<CacheTag>();
  const languages = new Set<string>();
  let earliest: Instant | null = null;
  let isComplete = true;
  return {
    tag: (tag) => void tags.add(tag),
    boundary: (at) => {
      if (at !== null && (earliest === null || at < earliest)) earliest = at;
    },
    incomplete: () => {
      isComplete = false;
    },
    language: (tag) => void languages.add(tag),
    tags,
    languages,
    boundaryAt: () => earliest,
    isComplete: () => isComplete,
  };
};
