import type { CacheResult, CacheState, Fill, ResponseCache } from '../../src/cache/response-cache.ts';
import type { SharedTier } from '../../src/cache/shared-tier.ts';
import type { Follower } from '../../src/changes/follower.ts';
import type { Clock } from '../../src/clock.ts';
import type { Entry } from '../../src/content/answer.ts';
import type { CacheTag } from '../../src/content/tags.ts';

/** One rule of the change protocol broken, most of them as a popular cache breaks it. */
export const FAULTS = [
  'takes the fence after the fill',
  'deletes on purge instead of asking at the read',
  'asks for liveness before its last await',
  'hands joiners whatever was being made',
  'lets every joiner fill for itself',
  'sends what a withdrawal overtook',
  'compares sequences of two epochs',
  'serves what is held though nobody vouches for it',
  'keeps an answer past its boundary',
  'keeps an answer past its age',
  'looks at the first tag only',
  'serves what is too old though it has changed',
  'serves what is too old past its boundary',
  'serves what is too old for ever',
  'lets what is kept stand in for a failure though it has changed',
  'excuses every change',
  'excuses a soft change for ever',
  'excuses a withdrawal',
  'excuses what is too old besides',
  'sends in degraded mode what it knows has changed',
  'keeps what it made in degraded mode',
  'answers before it knows what it missed',
  'answers when nobody can say any more what has changed',
  'keeps a failure though what it read has changed',
  'keeps a failure past its time',
  'takes from the shared tier what is of another log',
  'takes what another process made without asking the log',
  'asks the log about a shared answer before its last await',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Seconds of the histories: short, for their clock moves by a few at a time. */
export const SOFT_SECONDS = 4;
export const STALE_SECONDS = 5;
export const STALE_IF_ERROR_SECONDS = 9;
export const HOLD_SECONDS = 2;

export interface FaultyCacheOptions {
  readonly follower: Follower;
  /** Also the milliseconds that never step back: it is wound on only. */
  readonly clock: Clock;
  readonly shared: SharedTier | undefined;
  /** Somewhere a cache waits. */
  readonly pause: () => Promise<void>;
  /** Calls back on every applied change. */
  readonly onChange: (callback: (tags: readonly CacheTag[]) => void) => void;
}

interface Held {
  readonly entry: Entry;
  readonly keptAt: number;
  hasFailed: boolean;
}
interface Made {
  readonly held: Held;
  readonly source: 'filled' | 'shared' | 'stale';
  readonly begunAt: number;
  readonly isDegraded: boolean;
}

/** The smallest cache that keeps the rules, but for `fault`; null: keeps them all, which shows that a fault is what is caught. */
export const createFaultyCache = (
  fault: Fault | null,
  { follower, clock, shared, pause, onChange }: FaultyCacheOptions,
): ResponseCache => {
  const memory = new Map<string, Held>();
  const jobs = new Map<string, Promise<Made>>();
  let turns = 0;
  const has = (...names: readonly Fault[]): boolean => fault !== null && names.includes(fault);

  if (has('deletes on purge instead of asking at the read'))
    onChange((tags) => {
      for (const [key, { entry }] of memory) if (entry.tags.some((tag) => tags.includes(tag))) memory.delete(key);
    });

  const isTrusted = (): boolean => has('serves what is held though nobody vouches for it') || follower.isTrusted();
  const isVouchedFor = (): boolean => {
    const standing = follower.standing();
    if (standing === 'recovering') return has('answers before it knows what it missed');
    return standing !== 'lost' || has('answers when nobody can say any more what has changed');
  };
  const vouch = async (): Promise<void> => {
    for (let wait = 0; !isTrusted() && !isVouchedFor(); wait += 1) {
      if (follower.standing() === 'lost' || wait > 4) throw new Error('nobody can say what has changed');
      await follower.settled();
    }
  };

  const isFailure = ({ maxAgeSeconds }: Entry): boolean => maxAgeSeconds === 0;
  const isOfThisLog = ({ epoch }: Entry): boolean =>
    has('compares sequences of two epochs') || epoch === follower.epoch();
  const isUnchanged = (entry: Entry): boolean => {
    if (!isOfThisLog(entry)) return false;
    if (has('deletes on purge instead of asking at the read')) return true;
    if (has('keeps a failure though what it read has changed') && isFailure(entry)) return true;
    const asked = has('looks at the first tag only') ? entry.tags.slice(0, 1) : entry.tags;
    return asked.every((tag) => follower.lastOf(tag) <= entry.fence);
  };
  const isBeforeBoundary = ({ boundaryAt }: Entry): boolean =>
    has('keeps an answer past its boundary') || boundaryAt === null || clock.now() < boundaryAt;
  const isSharable = ({ entry }: Held): boolean => isUnchanged(entry) && isBeforeBoundary(entry);
  const isTakenBack = (entry: Entry): boolean =>
    !has('sends what a withdrawal overtook') &&
    (!isOfThisLog(entry) || entry.tags.some((tag) => follower.lastWithdrawalOf(tag) > entry.fence));
  const overAge = ({ entry, keptAt }: Held): number => {
    if (!isFailure(entry))
      return has('keeps an answer past its age') ? -1 : (clock.now() - entry.filledAt) / 1_000 - entry.maxAgeSeconds;
    return has('keeps a failure past its time') || clock.now() < keptAt + HOLD_SECONDS * 1_000 ? -1 : Infinity;
  };
  const isExcused = ({ entry }: Held): boolean =>
    entry.tags.every((tag) => {
      if (follower.lastOf(tag) <= entry.fence || has('excuses every change')) return true;
      if (follower.lastWithdrawalOf(tag) > entry.fence) return has('excuses a withdrawal');
      const run = follower.softOf(tag);
      if (run === undefined || entry.fence < run.before) return false;
      return has('excuses a soft change for ever') || clock.now() - run.sinceMs <= SOFT_SECONDS * 1_000;
    });

  /** As what something kept may go out. */
  const stateOf = (held: Held): CacheState | undefined => {
    const over = overAge(held);
    if (!isTrusted()) {
      const isKnown = isSharable(held) || has('sends in degraded mode what it knows has changed');
      return isVouchedFor() && isKnown && over < Infinity ? 'degraded' : undefined;
    }
    const isExcusable =
      (has('serves what is too old though it has changed') && isBeforeBoundary(held.entry) && over >= 0) ||
      (has('serves what is too old past its boundary') && isUnchanged(held.entry) && over >= 0);
    if (isSharable(held) || isExcusable) {
      if (over < 0) return 'hit';
      return over < STALE_SECONDS || (has('serves what is too old for ever') && over < Infinity) ? 'stale' : undefined;
    }
    const isYoung = over < 0 || (has('excuses what is too old besides') && over < Infinity);
    const isSoft = isOfThisLog(held.entry) && isBeforeBoundary(held.entry) && !isFailure(held.entry) && isYoung;
    return isSoft && isExcused(held) && !held.hasFailed ? 'soft' : undefined;
  };
  const standIn = (held: Held | undefined): Made | undefined => {
    if (held === undefined) return undefined;
    held.hasFailed = true;
    const isAllowed = isSharable(held) || has('lets what is kept stand in for a failure though it has changed');
    if (!isTrusted() || !isAllowed || overAge(held) >= STALE_IF_ERROR_SECONDS) return undefined;
    return { held, source: 'stale', begunAt: 0, isDegraded: false };
  };

  const runFill = async (fill: Fill): Promise<Made> => {
    for (;;) {
      await vouch();
      const isDegraded = !isTrusted();
      const begunAt = (turns += 1);
      const [before, epoch, filledAt] = [follower.applied(), follower.epoch(), clock.now()];
      const answer = await fill(filledAt);
      const keptAt = clock.now();
      await vouch();
      const fence = has('takes the fence after the fill') ? follower.applied() : before;
      const held: Held = { entry: { ...answer, fence, epoch, filledAt }, keptAt, hasFailed: false };
      if (!isTakenBack({ ...held.entry, fence: before })) return { held, source: 'filled', begunAt, isDegraded };
    }
  };
  const look = async (key: string): Promise<Made | undefined> => {
    const shown = await shared?.get(key, follower.epoch());
    if (shown === undefined) return undefined;
    const { entry } = shown;
    const isForeign = has('takes from the shared tier what is of another log');
    const found: Entry = isForeign ? { ...entry, epoch: follower.epoch() } : entry;
    const held: Held = { entry: found, keptAt: clock.now(), hasFailed: false };
    const isUsable = isSharable(held) && (overAge(held) < 0 || !isTrusted());
    if (!isUsable && !has('takes what another process made without asking the log')) return undefined;
    if (has('asks the log about a shared answer before its last await')) await pause();
    return { held, source: 'shared', begunAt: 0, isDegraded: false };
  };
  const work = async (key: string, fill: Fill): Promise<Made> => {
    const found = await look(key);
    const claim = found === undefined && isTrusted() ? await shared?.claim(key, follower.epoch()) : undefined;
    try {
      const made = found ?? (await runFill(fill));
      const instead = isFailure(made.held.entry) ? standIn(memory.get(key)) : undefined;
      if (instead !== undefined) return instead;
      const isKeepable = isTrusted() && (!made.isDegraded || has('keeps what it made in degraded mode'));
      if (made.source === 'shared') memory.set(key, made.held);
      else if (isKeepable && isSharable(made.held) && overAge(made.held) < 0) {
        memory.set(key, made.held);
        if (!isFailure(made.held.entry)) shared?.set(key, made.held.entry);
      }
      return made;
    } catch (error) {
      const instead = standIn(memory.get(key));
      if (instead === undefined) throw error;
      return instead;
    } finally {
      claim?.release();
    }
  };
  const join = (key: string, fill: Fill): Promise<Made> => {
    const running = jobs.get(key);
    if (running !== undefined) return running;
    const made = work(key, fill).finally(() => jobs.delete(key));
    jobs.set(key, made);
    return made;
  };

  const isUnasked = ({ source }: Made): boolean =>
    source === 'shared' &&
    has(
      'takes what another process made without asking the log',
      'asks the log about a shared answer before its last await',
    );
  const resultOf = (
    entry: Entry,
    state: CacheState,
    tier: CacheResult['tier'],
    isSendable: () => boolean,
  ): CacheResult => ({
    entry,
    notes: {},
    state,
    tier,
    forwarded: null,
    isStored: false,
    isKeepable: () => false,
    isSendable: () => has('asks for liveness before its last await') || isSendable(),
  });
  const isAllowed = (state: CacheState): boolean => isTrusted() || (state === 'degraded' && isVouchedFor());
  const heldResult = (held: Held, state: CacheState, tier: CacheResult['tier'] = 'memory'): CacheResult =>
    resultOf(
      held.entry,
      state,
      tier,
      () => isAllowed(state) && (stateOf(held) === state || (state !== 'soft' && isSharable(held))),
    );

  const take = (made: Made, cameAt: number, isLeader: boolean): CacheResult | undefined => {
    const { held, source, begunAt } = made;
    const state = made.isDegraded || !isTrusted() ? 'degraded' : isLeader ? 'filled' : 'joined';
    if (isUnasked(made)) return resultOf(held.entry, state === 'degraded' ? state : 'hit', 'shared', () => true);
    if (source === 'stale') {
      const isStill = isTrusted() && standIn(held) !== undefined;
      return isStill
        ? resultOf(held.entry, 'stale', 'memory', () => isTrusted() && standIn(held) !== undefined)
        : undefined;
    }
    if (source === 'shared')
      return stateOf(held) === 'hit' || stateOf(held) === 'degraded'
        ? heldResult(held, isTrusted() ? 'hit' : 'degraded', 'shared')
        : undefined;
    const isTheirs =
      has('hands joiners whatever was being made') ||
      isSharable(held) ||
      (begunAt > cameAt && !isTakenBack(held.entry));
    return isTheirs ? resultOf(held.entry, state, null, () => isAllowed(state) && !isTakenBack(held.entry)) : undefined;
  };

  return {
    async through(key, fill) {
      const cameAt = (turns += 1);
      for (;;) {
        await vouch();
        const held = memory.get(key);
        const kept = held === undefined ? undefined : stateOf(held);
        if (kept === 'stale' || kept === 'soft') void join(key, fill).catch(() => undefined);
        if (held !== undefined && kept !== undefined) return heldResult(held, kept);
        const isLeader = !jobs.has(key);
        const made = await join(key, fill);
        await vouch();
        const result = take(made, cameAt, isLeader);
        if (result !== undefined) return result;
        if (has('lets every joiner fill for itself')) {
          const own = await runFill(fill);
          return resultOf(own.held.entry, 'joined', null, () => !isTakenBack(own.held.entry));
        }
      }
    },
    peek: () => undefined,
    holds: () => false,
    find: undefined,
    isOver: isTakenBack,
    size: () => ({ bytes: memory.size, entries: memory.size }),
    jobs: () => jobs.size,
  };
};
