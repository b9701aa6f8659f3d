import type { Instant } from '../clock.ts';
import type { ArticleId } from './ids.ts';

/** Stands for a tag or section: what is equal has the same one. */
export type Mark = number;

/** What an article is weighed by beside another one. */
export interface Candidate {
  readonly id: ArticleId;
  /** As exact as its store knows it, parts of a millisecond too: it is weighed by them. */
  readonly publishedAt: Instant;
  /** Of its primary section, which is null where there is none; then of each of its tags. */
  readonly marks: readonly (Mark | null)[];
}

/** The newest of a tag or section, by columns: thousands of such lists are kept. */
export interface Candidates {
  /** Of the tag or section itself. */
  readonly mark: Mark | null;
  readonly ids: readonly ArticleId[];
  readonly publishedAt: readonly Instant[];
  /** Those of each in turn. */
  readonly marks: readonly (Mark | null)[];
  /** Where the marks of each end. */
  readonly ends: readonly number[];
}

/** The same by columns. */
export const packCandidates = (mark: Mark | null, candidates: readonly Candidate[]): Candidates => {
  const marks: (Mark | null)[] = [];
  const ends = candidates.map((candidate) => marks.push(...candidate.marks));
  return {
    mark,
    ids: candidates.map(({ id }) => id),
    publishedAt: candidates.map(({ publishedAt }) => publishedAt),
    marks,
    ends,
  };
};
