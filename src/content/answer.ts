import type { Instant } from '../clock.ts';
import type { Hole } from './holes.ts';
import type { Manifest } from './manifest.ts';
import type { CacheTag } from './tags.ts';

/** What a fill makes and a cache keeps: bytes, and everything that decides how long they are true. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  /** SHA-256 of `body`, in base64url; absent: nobody has worked it out. */
  readonly bodyDigest?: string;
  /** Names of everything that was read, missing rows included. */
  readonly tags: readonly CacheTag[];
  /** The next instant at which the answer changes by itself; null: none known. */
  readonly boundaryAt: Instant | null;
  /** 0: sent once, never kept. */
  readonly maxAgeSeconds: number;
  /**
   * How long an answer whose only errors are store failures is kept, against herds, though its age is 0 and no one
   * further out may keep it. Absent: not at all.
   */
  readonly holdSeconds?: number;
  /** For one caller only, or for everyone of its audience. */
  readonly scope: 'PUBLIC' | 'PRIVATE';
  /** BCP 47 tags of those it speaks to (`Recorder.language`), in the editions' display order; empty: nobody in particular. */
  readonly languages: readonly string[];
  /** The `Link` header (RFC 8288): what belongs to it elsewhere. Absent: it says none. */
  readonly link?: string;
  /** Where counters stand in `body`, in its order: read and written again when it is sent. Absent: none do. */
  readonly holes?: readonly Hole[];
  /** Which versions of which articles it hands over; absent: none, or to nobody of whom it is accounted. */
  readonly manifest?: Manifest;
}

/** What its readers make of an entry, by what they call it: let go of with it, and found without looking elsewhere. */
export type EntryNotes = { [name in string]?: unknown };

/** What a reader of the cache is told about its answer. */
export interface Entry extends Answer {
  /** Change-log sequence applied when the fill began: not a time. */
  readonly fence: number;
  readonly epoch: string;
  readonly filledAt: Instant;
}
