import { createHash } from 'node:crypto';
import { untilOr, type Clock, type Instant } from '../clock.ts';
import type { Entry, EntryNotes } from '../content/answer.ts';
import { shownCount } from '../content/counter.ts';
import { fillBody, writeCount, type Hole } from '../content/holes.ts';
import type { Cell, Counters } from '../stores/counters.ts';
import type { CacheResult } from './response-cache.ts';

/** No counter that goes out is older, as long as its store answers in time. */
export const COUNTER_MAX_AGE_MS = 5_000;
/** From here on it is asked for beside the requests, so that none of them has to wait. */
const REFRESH_FROM_MS = 4_000;
/** After a failure nobody waits for so long, and it is asked for no more often. */
const PATIENCE_MS = 5_000;
const RETRY_MS = 1_000;

/** What is filled: an answer out of the cache. */
export type Holed = Pick<CacheResult, 'entry' | 'notes'> & { readonly tier: CacheResult['tier'] };

/** Writes counters into answers as they are sent; what is kept stays as it was made. */
export interface HoleFiller {
  /** `result` with counters as they are, without waiting; undefined: they are too old, or were never asked for. */
  fillNow<Result extends Holed>(result: Result): Result | undefined;
  /** The same once they have been asked for. Where that fails or takes too long: as they were last known. */
  fillSoon<Result extends Holed>(result: Result): Promise<Result>;
  /** What `fillNow` gave before a counter changed, while it may still be sent; undefined: nothing may. */
  former<Result extends Holed>(result: Result): Result | undefined;
}

export interface HoleFillerOptions {
  readonly counters: Pick<Counters, 'cellOf' | 'refresh'>;
  readonly clock: Clock;
  /** How long a request waits for counters that are too old. */
  readonly waitMs?: number | undefined;
}

/** An answer as it goes out, for as long as its counters stay what they are. */
interface Version {
  /** Absent for what lies in the shared tier: bodies are not remembered there. */
  readonly entry: Entry | undefined;
  readonly bodyDigest: string;
  readonly notes: EntryNotes;
  /** Of its counters; undefined: it is as it was made. */
  readonly texts: readonly string[] | undefined;
  staleFrom: Instant;
}

interface Memo {
  readonly cells: readonly Cell[];
  values: readonly number[];
  current: Version | undefined;
  former: Version | undefined;
  /** Until then nothing has to be looked at; from `checkedAt` on, for a clock may be set back. */
  checkedAt: Instant;
  lookFrom: Instant;
  /** The last result filled, and what came of it. */
  of: Holed | undefined;
  filled: Holed | undefined;
}

const NOTE = 'holes';

const isYoung = ({ readAt }: Cell, now: Instant, ageMs: number): boolean => now >= readAt && now - readAt < ageMs;
const hasFailed = ({ failedAt }: Cell, now: Instant, withinMs: number): boolean =>
  failedAt !== undefined && Math.abs(now - failedAt) < withinMs;

/** Fills holes from the counters of this process. An answer is written anew only when a counter in it has changed. */
export const createHoleFiller = ({ counters, clock, waitMs = 50 }: HoleFillerOptions): HoleFiller => {
  const memoOf = ({ notes, entry }: Holed, holes: readonly Hole[]): Memo =>
    (notes[NOTE] ??= {
      cells: holes.map(({ counter, value, readAt }) => counters.cellOf(counter, { value, readAt })),
      values: [],
      current: undefined,
      former: undefined,
      checkedAt: Infinity,
      lookFrom: entry.filledAt,
      of: undefined,
      filled: undefined,
    } satisfies Memo) as Memo;

  /** `entry` with `texts` in it; itself where they are what it was made with: then nothing has to be copied. */
  const write = (entry: Entry, holes: readonly Hole[], { texts, bodyDigest }: Omit<Version, 'entry'>): Entry =>
    texts === undefined ? { ...entry, bodyDigest } : { ...entry, body: fillBody(entry.body, holes, texts), bodyDigest };

  /** `result` as `version` has it. */
  const show = <Result extends Holed>(result: Result, holes: readonly Hole[], version: Version): Result => ({
    ...result,
    entry: version.entry ?? write(result.entry, holes, version),
    notes: version.notes,
  });

  const makeVersion = ({ entry, tier }: Holed, holes: readonly Hole[], values: readonly number[]): Version => {
    const isAsMade = holes.every(({ value }, index) => value === values[index]);
    const texts = isAsMade ? undefined : holes.map((hole, index) => writeCount(hole, values[index] ?? hole.value));
    const body = texts === undefined ? entry.body : fillBody(entry.body, holes, texts);
    const known = isAsMade ? entry.bodyDigest : undefined;
    const bodyDigest = known ?? createHash('sha256').update(body).digest('base64url');
    const isRemembered = tier !== 'shared';
    return {
      entry: isRemembered ? { ...entry, body, bodyDigest } : undefined,
      bodyDigest,
      notes: {},
      texts,
      staleFrom: 0,
    };
  };

  /** Looks at every counter. `isLast`: whatever is known goes. */
  const look = <Result extends Holed>(
    result: Result,
    { holes, memo, now, isLast }: { holes: readonly Hole[]; memo: Memo; now: Instant; isLast: boolean },
  ): Result | undefined => {
    const aging = memo.cells.filter((cell) => !isYoung(cell, now, REFRESH_FROM_MS));
    const isUsable = (cell: Cell): boolean =>
      isYoung(cell, now, COUNTER_MAX_AGE_MS) || hasFailed(cell, now, PATIENCE_MS);
    if (!isLast && !aging.every(isUsable)) return undefined;
    const due = aging.filter((cell) => !hasFailed(cell, now, RETRY_MS));
    if (due.length > 0) void counters.refresh(due, false);

    const oldest = Math.min(...memo.cells.map(({ readAt }) => readAt));
    memo.checkedAt = now;
    memo.lookFrom = oldest + REFRESH_FROM_MS;
    const values = memo.cells.map(({ value }) => shownCount(value));
    if (memo.current === undefined || values.some((value, index) => value !== memo.values[index])) {
      memo.values = values;
      memo.former = memo.current;
      memo.current = makeVersion(result, holes, values);
    }
    memo.current.staleFrom = oldest + COUNTER_MAX_AGE_MS;
    memo.of = undefined;
    return show(result, holes, memo.current);
  };

  const fillAsKnown = <Result extends Holed>(result: Result, isLast: boolean): Result | undefined => {
    const { holes } = result.entry;
    if (holes === undefined || holes.length === 0) return result;
    const memo = memoOf(result, holes);
    const now = clock.now();
    if (memo.current !== undefined && now >= memo.checkedAt && now < memo.lookFrom) {
      if (memo.of === result) return memo.filled as Result;
      const filled = show(result, holes, memo.current);
      // What lies in the shared tier is another result each time, with a body that is not remembered.
      if (result.tier === 'shared') return filled;
      if (memo.current.entry === undefined) memo.current = { ...memo.current, entry: filled.entry };
      [memo.of, memo.filled] = [result, filled];
      return filled;
    }
    return look(result, { holes, memo, now, isLast });
  };

  return {
    fillNow: (result) => fillAsKnown(result, false),
    async fillSoon(result) {
      const filled = fillAsKnown(result, false);
      if (filled !== undefined) return filled;
      const { cells } = memoOf(result, result.entry.holes ?? []);
      const old = cells.filter((cell) => !isYoung(cell, clock.now(), REFRESH_FROM_MS));
      await untilOr(counters.refresh(old, true), waitMs);
      // Whoever comes next is not to wait for the same.
      for (const cell of old) if (cell.asking !== undefined) cell.failedAt = clock.now();
      return fillAsKnown(result, true) ?? result;
    },
    former(result) {
      const { holes } = result.entry;
      const former = holes === undefined ? undefined : memoOf(result, holes).former;
      if (former?.entry === undefined || clock.now() >= former.staleFrom) return undefined;
      return show(result, holes ?? [], former);
    },
  };
};
