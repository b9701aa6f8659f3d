import type { Instant } from '../clock.ts';
import type { Candidates } from './candidates.ts';
import type { EditionCode } from './edition.ts';
import type { Article } from './entities.ts';
import type { ArticleId, SectionId, TagId } from './ids.ts';

/** An article that others are to go with. */
export interface RelatedRequest {
  readonly id: ArticleId;
  readonly edition: EditionCode;
  readonly tagIds: readonly TagId[];
  /** Its primary section. */
  readonly sectionId: SectionId | null;
  /** 1 to 100. */
  readonly limit: number;
}

/** What asks for `limit` articles that go with `article`. */
export const relatedTo = (
  { id, edition, tagIds, sectionIds }: Pick<Article, 'id' | 'edition' | 'tagIds' | 'sectionIds'>,
  limit: number,
): RelatedRequest => ({ id, edition, tagIds, sectionId: sectionIds[0] ?? null, limit });

/** Newest articles of each shared list that are weighed, beyond the number asked for: older ones are hardly news. */
export const SPARE_CANDIDATES = 50;

interface Weighed {
  readonly id: ArticleId;
  readonly publishedAt: Instant;
  readonly shared: number;
  readonly isSameSection: boolean;
}

/** Most shared tags first, then same primary section, then newest; equals by id. Negative: `a` is the better one. */
const compare = (a: Weighed, b: Weighed): number => {
  if (a.shared !== b.shared) return b.shared - a.shared;
  if (a.isSameSection !== b.isSameSection) return a.isSameSection ? -1 : 1;
  if (a.publishedAt !== b.publishedAt) return b.publishedAt - a.publishedAt;
  return a.id > b.id ? -1 : 1;
};

/** Puts `weighed` into its place among the best, of whom there are `limit` at most. */
const keepBest = (best: Weighed[], weighed: Weighed, limit: number): void => {
  const worst = best[limit - 1];
  if (worst !== undefined && compare(worst, weighed) < 0) return;
  const place = best.findIndex((other) => compare(weighed, other) < 0);
  best.splice(place < 0 ? best.length : place, 0, weighed);
  if (best.length > limit) best.pop();
};

/**
 * Which of `lists` go with the article of `request`, best first, as `stores/postgres/related-articles.ts` weighs them in SQL: a list for each
 * of its tags in their order, and the last for its primary section where it has one. Each is newest first, and at least
 * `limit + SPARE_CANDIDATES + 1` long where it goes on: the article itself may be among them.
 */
export const weighRelated = (
  { id: own, tagIds, sectionId, limit }: RelatedRequest,
  lists: readonly Candidates[],
): readonly ArticleId[] => {
  const tags = new Set(lists.slice(0, tagIds.length).map(({ mark }) => mark));
  const section = sectionId === null ? undefined : lists[tagIds.length]?.mark;
  const met = new Set<ArticleId>([own]);
  const best: Weighed[] = [];
  for (const { ids, publishedAt, marks, ends } of lists) {
    let left = limit + SPARE_CANDIDATES;
    let from = 0;
    for (const [place, id] of ids.entries()) {
      const [begin, end] = [from, ends[place] ?? from];
      from = end;
      if (id === own) continue;
      if (left === 0) break;
      left -= 1;
      if (met.has(id)) continue;
      met.add(id);
      let shared = 0;
      for (let mark = begin + 1; mark < end; mark += 1) if (tags.has(marks[mark] ?? null)) shared += 1;
      const isSameSection = section !== undefined && marks[begin] === section;
      keepBest(best, { id, publishedAt: publishedAt[place] ?? 0, shared, isSameSection }, limit);
    }
  }
  return best.map(({ id }) => id);
};
