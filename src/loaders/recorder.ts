import type { Instant } from '../clock.ts';
import type { Article } from '../content/entities.ts';
import type { CountMark } from '../content/holes.ts';
import type { Extent, Manifest, ManifestDraft } from '../content/manifest.ts';
import type { CacheTag } from '../content/tags.ts';
import { GatewayError } from '../errors.ts';

/** What a fill read: how its answer is ended, and when it ends by itself. */
export interface Recorder {
  tag(tag: CacheTag): void;
  /** The next instant at which something read changes by itself; null is none. */
  boundary(at: Instant | null): void;
  /** Something could not be read and was left out, for `reason`: the answer may be sent, not kept. */
  incomplete(reason?: unknown): void;
  /** BCP 47 tag of something that was asked for by itself: the answer speaks to its readers. */
  language(tag: string): void;
  /** BCP 47 tag of one of several that were asked for together: it counts where nothing was asked for by itself. */
  choice(tag: string): void;
  /** A counter was written where it may be written again when the answer is sent. */
  count(mark: CountMark): void;
  /** So much of `article`, as whoever asks may have it, was read for the answer. */
  gave(article: Pick<Article, 'id' | 'version'>, extent: Extent): void;
  readonly tags: ReadonlySet<CacheTag>;
  readonly counts: readonly CountMark[];
  /** Whom the answer speaks to. */
  languages(): ReadonlySet<string>;
  boundaryAt(): Instant | null;
  isComplete(): boolean;
  /** What the answer hands over; undefined: nothing, or nobody accounts for it. */
  manifest(): Manifest | undefined;
  /** Whether something was left out, and every time because a store failed. */
  isStoresFault(): boolean;
}

/** An empty record, one per fill. What it hands over is gathered in `draft`; absent: it is not. */
export const createRecorder = (draft?: ManifestDraft): Recorder => {
  const tags = new Set<CacheTag>();
  const languages = new Set<string>();
  const choices = new Set<string>();
  const counts: CountMark[] = [];
  let earliest: Instant | null = null;
  let isComplete = true;
  let isAllStoresFault = true;
  return {
    tag: (tag) => void tags.add(tag),
    boundary: (at) => {
      if (at !== null && (earliest === null || at < earliest)) earliest = at;
    },
    incomplete: (reason) => {
      isComplete = false;
      isAllStoresFault &&=
        reason instanceof GatewayError && (reason.code === 'STORE_FAILED' || reason.code === 'STORE_TIMEOUT');
    },
    language: (tag) => void languages.add(tag),
    choice: (tag) => void choices.add(tag),
    count: (mark) => void counts.push(mark),
    gave: draft === undefined ? () => undefined : draft.add,
    tags,
    counts,
    languages: () => (languages.size > 0 ? languages : choices),
    boundaryAt: () => earliest,
    isComplete: () => isComplete,
    manifest: () => draft?.finish(),
    isStoresFault: () => !isComplete && isAllStoresFault,
  };
};
