import type { Instant } from '../../src/clock.ts';

/** What time does to a story, as its desk has planned it. */
export interface Planned {
  readonly story: string;
  readonly kind: string;
  readonly at: Instant;
}

/** What the outbox or the log says that time did, and when it was put there. */
export interface Told extends Planned {
  readonly toldAt: Instant;
}

/** What a reader was shown. */
export interface Seen {
  readonly story: string;
  readonly isShown: boolean;
  /** By the one clock that is right. */
  readonly at: Instant;
  readonly process: string;
}

export interface TimeHistory {
  readonly planned: readonly Planned[];
  readonly told: readonly Told[];
  readonly seen: readonly Seen[];
  /** Everything planned up to here must have been told by the end; absent: nobody was there to tell. */
  readonly toldUntil?: Instant;
  /** How much later than planned a reader may see it. */
  readonly lateMs: number;
}

const sameAs =
  ({ story, kind, at }: Planned) =>
  (other: Planned): boolean =>
    other.story === story && other.kind === kind && other.at === at;

const nameOf = ({ story, kind, at }: Planned): string => `${kind} of ${story} at ${new Date(at).toISOString()}`;

const findUntold = ({ planned, told, toldUntil = -Infinity }: TimeHistory): readonly string[] =>
  planned
    .filter(({ at }) => at <= toldUntil)
    .flatMap((one) => {
      const count = told.filter(sameAs(one)).length;
      if (count === 1) return [];
      return [count === 0 ? `${nameOf(one)} was told to nobody` : `${nameOf(one)} was told ${count} times`];
    });

const findInvented = ({ planned, told }: TimeHistory): readonly string[] =>
  told.flatMap((one) => {
    if (!planned.some(sameAs(one))) return [`${nameOf(one)} was told and not planned`];
    return one.toldAt < one.at ? [`${nameOf(one)} was told ${one.at - one.toldAt} ms early`] : [];
  });

/** Whether readers may be shown `story` at `at`; every story begins unseen, unless all that is planned is its end. */
const isShownAt = (planned: readonly Planned[], story: string, at: Instant): boolean => {
  const turns = planned.filter((one) => one.story === story && one.kind !== 'UPDATE').toSorted((a, b) => a.at - b.at);
  const last = turns.findLast((one) => one.at <= at);
  return last === undefined ? turns[0]?.kind === 'KILL' : last.kind !== 'KILL';
};

const findMisseen = ({ planned, seen, lateMs }: TimeHistory): readonly string[] =>
  seen.flatMap(({ story, isShown, at, process }) => {
    const wanted = isShownAt(planned, story, at);
    if (isShown === wanted || isShown === isShownAt(planned, story, at - lateMs)) return [];
    const change = planned.find((one) => one.story === story && one.at > at);
    const what = isShown ? 'was shown' : 'was not shown';
    const when = change !== undefined && isShown !== wanted ? `, ${change.at - at} ms before its time` : '';
    return [`${process}: ${story} ${what} at ${new Date(at).toISOString()}${when}`];
  });

/** Everything in `history` that time did not do, did twice, too early or too late, in words; empty: all in order. */
export const findTimeFaults = (history: TimeHistory): readonly string[] => [
  ...findUntold(history),
  ...findInvented(history),
  ...findMisseen(history),
];
