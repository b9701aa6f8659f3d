import type { Instant } from '../../clock.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { PreparedArticle } from '../prepare-document.ts';
import type { StoryRow } from './story-rows.ts';

/** What a look has found of one story. */
export type Looked = {
  readonly sourceId: string;
  readonly articleId: ArticleId;
  /** Of the look: `StoryRow.look`. */
  readonly look: string;
} & (
  | { readonly found: 'fit'; readonly modifiedAt: Instant; readonly article: PreparedArticle }
  /** It is there, and cannot be shown. Null: when it was saved cannot be read either. */
  | { readonly found: 'unfit'; readonly modifiedAt: Instant | null; readonly reason: string }
  | { readonly found: 'missing' }
  /** It was told to be gone, whatever is found. */
  | { readonly found: 'killed' }
);

/**
 * What is to be done about it. `overtaken`: another look began meanwhile, so that this one may have read the older state;
 * `behind`: the source may not have caught up with what is known; `hidden`: it was told to be gone, and has not been saved
 * since.
 */
export type Verdict = 'write' | 'withdraw' | 'overtaken' | 'behind' | 'hidden';

export interface Judging {
  readonly now: Instant;
  readonly lagMs: number;
  /** When it was told to be there again: it need not have been saved since. Null: it was not told. */
  readonly liftedAt: Instant | null;
}

/** Whether what was found may be from before what is known. Past the lag the source is right, whatever was known. */
const isBehind = (row: StoryRow, modifiedAt: Instant, { now, lagMs }: Judging): boolean => {
  if (row.goneAt !== null) return modifiedAt <= (row.modifiedAt ?? row.goneAt) && now < row.goneAt + lagMs;
  return row.modifiedAt !== null && modifiedAt < row.modifiedAt && now < (row.lookedAt ?? now) + lagMs;
};

/** Whether it was found so lately that who misses it may not have it yet. */
const wasJustFound = ({ isPresent, lookedAt }: StoryRow, { now, lagMs }: Judging): boolean =>
  isPresent && lookedAt !== null && now < lookedAt + lagMs;

/** Judges what a look has found of the story that stands as `row` by now. */
export const judgeLook = (row: StoryRow | undefined, looked: Looked, judging: Judging): Verdict => {
  if (row?.look !== looked.look) return 'overtaken';
  if (looked.found === 'killed') return 'withdraw';
  // What has no date cannot be told from what was there before: as with what is missing, only time tells.
  if (looked.found === 'missing' || looked.modifiedAt === null)
    return wasJustFound(row, judging) ? 'behind' : 'withdraw';
  if (isBehind(row, looked.modifiedAt, judging)) return 'behind';
  if (looked.found === 'unfit') return 'withdraw';
  const isSavedSince = row.goneAt === null || looked.modifiedAt > (row.modifiedAt ?? row.goneAt);
  const isLifted = row.goneAt === null || (judging.liftedAt !== null && judging.liftedAt > row.goneAt);
  return row.isKilled && !isSavedSince && !isLifted ? 'hidden' : 'write';
};

/** How a story stands once it is done. `badReason`: why it could not be written. */
export const standingAfter = (row: StoryRow, looked: Looked, now: Instant, badReason: string | null): StoryRow => {
  const isGone = looked.found === 'missing' || looked.found === 'killed';
  if (isGone)
    return {
      ...row,
      isPresent: false,
      // What is told counts from when it was told last.
      goneAt: looked.found === 'killed' ? now : (row.goneAt ?? now),
      // Once the source says so itself, whatever it shows later counts.
      isKilled: looked.found === 'killed',
      lookedAt: now,
      badReason: null,
    };
  // What could not be written shows as it was: whoever compares must not take it for what was saved since.
  const modifiedAt = badReason === null ? looked.modifiedAt : (row.modifiedAt ?? looked.modifiedAt);
  const reason = looked.found === 'unfit' ? looked.reason : badReason;
  return { ...row, isPresent: true, goneAt: null, isKilled: false, modifiedAt, lookedAt: now, badReason: reason };
};
