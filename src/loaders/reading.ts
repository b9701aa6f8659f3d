import type { Editions } from '../content/editions.ts';
import type { Loaders } from './loaders.ts';
import type { Recorder } from './recorder.ts';
import type { Instant } from '../clock.ts';

/** What an answer is made from: one per fill, whatever is made. */
export interface Reading {
  readonly loaders: Loaders;
  readonly recorder: Recorder;
  readonly editions: Editions;
  /** The one instant of everything in this answer. */
  readonly now: Instant;
  /** Whether the text of an article that is looked up by its address will be asked for. */
  readonly isTextAsked: boolean;
  /** Absolute, no trailing slash: what the gateway's own files begin with. */
  readonly publicUrl: string;
}
