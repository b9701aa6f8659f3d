import type { Instant } from '../clock.ts';
import type { ArticleId, SectionId, TagId } from './ids.ts';

/** What an article is weighed by beside another one. */
export interface Candidate {
  readonly id: ArticleId;
  /** As exact as its store knows it, parts of a millisecond too: it is weighed by them. */
  readonly publishedAt: Instant;
  readonly tagIds: readonly TagId[];
  /** Its primary section. */
  readonly sectionId: SectionId | null;
}

/** Candidates of a list, by columns: thousands of lists are kept, and name the same few tags over and over. */
export interface Candidates {
  readonly ids: readonly ArticleId[];
  readonly publishedAt: readonly Instant[];
  /** Every tag and section among them, once. */
  readonly names: readonly (TagId | SectionId)[];
  /** Of each in turn: the place of its section in `names`, or -1, then those of its tags. */
  readonly marks: readonly number[];
  /** Where the marks of each end. */
  readonly ends: readonly number[];
}

/** The same by columns. */
export const packCandidates = (candidates: readonly Candidate[]): Candidates => {
  const places = new Map<TagId | SectionId, number>();
  const marks: number[] = [];
  const placeOf = (name: TagId | SectionId): number => {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  };
  const ends = candidates.map(({ tagIds, sectionId }) => {
    marks.push(sectionId === null ? -1 : placeOf(sectionId));
    for (const id of tagIds) marks.push(placeOf(id));
    return marks.length;
  });
  return {
    ids: candidates.map(({ id }) => id),
    publishedAt: candidates.map(({ publishedAt }) => publishedAt),
    names: [...places.keys()],
    marks,
    ends,
  };
};
