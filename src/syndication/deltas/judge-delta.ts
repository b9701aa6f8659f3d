import type { Instant } from '../../clock.ts';
import type { DeltaKind } from '../../content/delta.ts';
import type { SyndicationRight } from '../../content/entities.ts';
import { rightDuring, type Sight, type Stay } from './facets.ts';
import type { Delta } from './load-deltas.ts';

/** Clocks are no further apart than this; and what is read for a follower is read a moment after its page was begun. */
export const SKEW_MS = 5 * 60_000;

/** What could be seen once, by a follower that was told so until then. */
export interface FormerSight {
  readonly sight: Sight;
  readonly until: Instant;
}

/** Who looks at a change, and from when. */
export interface Viewers {
  readonly own: Sight;
  /** Of audiences that what the follower has may be of; empty: it has been of this one all the time. */
  readonly former: readonly FormerSight[];
  readonly now: Instant;
}

/** What a follower is told of a change: null: nothing. */
export interface Verdict {
  readonly kind: DeltaKind;
  /** Where the article stood when it could be seen last, empty where nobody knows, or it may not be told; null: it can be seen, and says so itself. */
  readonly path: string | null;
}

/** What it is called by those who had not seen the article before. */
const kindFor = (kind: DeltaKind, wasSeen: boolean): DeltaKind => {
  switch (kind) {
    case 'KILL':
      // Taken back from others; or it is there again, and what brought it back comes later.
      return wasSeen ? 'UPDATE' : 'PUBLISH';
    case 'UPDATE':
    case 'CORRECTION':
    case 'RIGHTS_CHANGE':
      return wasSeen ? kind : 'PUBLISH';
    case 'PUBLISH':
    case 'EMBARGO_LIFT':
      return kind;
  }
};

/** What a follower that was told until then could do with an article in `stay`; null: it never saw it so. */
const rightOnce = ({ sight, until }: FormerSight, stay: Stay): SyndicationRight | null => {
  const end = until + SKEW_MS;
  return stay.since > end ? null : rightDuring(sight, { ...stay, until: Math.min(stay.until, end) });
};

/** From the change on, until the next one; it may stand so still. */
const stayAfter = ({ after, afterUntil, occurredAt }: Delta, { now }: Viewers): Stay | null =>
  after === null
    ? null
    : { facets: after, since: occurredAt, until: Math.max(Math.min(now, afterUntil ?? now), occurredAt) };

/**
 * What a follower is told of a change. One who no longer sees the article learns that it is gone if it saw it until then,
 * and nothing at all otherwise: neither its id nor its address.
 *
 * @param isSeen whether it may see the article now.
 */
export const judgeDelta = (delta: Delta, isSeen: boolean, viewers: Viewers): Verdict | null => {
  const { before, kind } = delta;
  const { own, former } = viewers;
  if (isSeen) return { kind: kindFor(kind, before !== null && rightDuring(own, before) !== null), path: null };
  const saw = (stay: Stay): boolean => former.some((one) => rightOnce(one, stay) !== null);
  if (before !== null && (rightDuring(own, before) !== null || saw(before)))
    return { kind: 'KILL', path: before.facets.path };
  // It may have been told early how the article stands since, when that could be seen by it.
  const after = stayAfter(delta, viewers);
  if (after !== null && saw(after)) return { kind: 'KILL', path: after.facets.path };
  // It was given it, whatever it may have by now; where it has moved to since, it is not told.
  return delta.isRecalled ? { kind: 'KILL', path: '' } : null;
};

/** What a follower is told of an article that nothing has happened to, when what it may see has changed. */
export const judgePassage = (delta: Delta, isSeen: boolean, viewers: Viewers): Verdict | null => {
  const { own, former, now } = viewers;
  const stay = stayAfter(delta, viewers);
  const rights = stay === null ? [] : former.map((one) => rightOnce(one, stay));
  if (!isSeen)
    return stay !== null && rights.some((right) => right !== null) ? { kind: 'KILL', path: stay.facets.path } : null;
  if (stay === null || rights.includes(null)) return { kind: 'PUBLISH', path: null };
  const right = rightDuring(own, { ...stay, since: now });
  return rights.every((one) => one === right) ? null : { kind: 'RIGHTS_CHANGE', path: null };
};
