import type { Instant } from '../clock.ts';
import type { ArticleId } from './ids.ts';

/** Stands for a tag or section: what is equal has the same one. */
export type Mark = number;

/** The newest articles of a tag or section and what each is weighed by beside another one, by columns: thousands of such lists are kept. */
export interface Candidates {
  /** Of the tag or section itself. */
  readonly mark: Mark | null;
  readonly ids: readonly ArticleId[];
  /** As exact as their store knows them, parts of a millisecond too: they are weighed by them. */
  readonly publishedAt: readonly Instant[];
  /** Of each in turn: of its primary section, which is null where there is none; then of each of its tags. */
  readonly marks: readonly (Mark | null)[];
  /** Where the marks of each end. */
  readonly ends: readonly number[];
}

/** A list that nothing is on. */
export const NO_CANDIDATES: Candidates = { mark: null, ids: [], publishedAt: [], marks: [], ends: [] };
