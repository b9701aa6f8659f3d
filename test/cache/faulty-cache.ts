import type { ResponseCache, CacheState, Fill } from '../../src/cache/response-cache.ts';
import type { Follower } from '../../src/changes/follower.ts';
import type { Clock } from '../../src/clock.ts';
import type { Entry } from '../../src/content/answer.ts';
import type { CacheTag } from '../../src/content/tags.ts';

/** One rule of the change protocol broken, each as a popular cache breaks it. */
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
] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultyCacheOptions {
  readonly follower: Follower;
  readonly clock: Clock;
  /** Somewhere a cache with a shared tier waits for it. */
  readonly pause: () => Promise<void>;
  /** Calls back on every applied change. */
  readonly onChange: (callback: (tags: readonly CacheTag[]) => void) => void;
}

/** The smallest cache that keeps the rules, but for `fault`; null: keeps them all, which shows that a fault is what is caught. */
export const createFaultyCache = (
  fault: Fault | null,
  { follower, clock, pause, onChange }: FaultyCacheOptions,
): ResponseCache => {
  const held = new Map<string, Entry>();
  const jobs = new Map<string, { first: Promise<Entry>; next?: Promise<Entry> }>();
  const has = (name: Fault): boolean => fault === name;

  if (has('deletes on purge instead of asking at the read'))
    onChange((tags) => {
      for (const [key, entry] of held) if (entry.tags.some((tag) => tags.includes(tag))) held.delete(key);
    });

  const isUnchanged = ({ tags, fence, epoch }: Entry): boolean => {
    if (!has('serves what is held though nobody vouches for it') && !follower.isTrusted()) return false;
    if (!has('compares sequences of two epochs') && epoch !== follower.epoch()) return false;
    if (has('deletes on purge instead of asking at the read')) return true;
    const asked = has('looks at the first tag only') ? tags.slice(0, 1) : tags;
    return asked.every((tag) => follower.lastOf(tag) <= fence);
  };
  const isBeforeBoundary = ({ boundaryAt }: Entry): boolean =>
    has('keeps an answer past its boundary') || boundaryAt === null || clock.now() < boundaryAt;
  const isYoung = ({ filledAt, maxAgeSeconds }: Entry): boolean =>
    has('keeps an answer past its age') || clock.now() < filledAt + maxAgeSeconds * 1000;
  const isLive = (entry: Entry): boolean => isUnchanged(entry) && isBeforeBoundary(entry) && isYoung(entry);

  const runFill = async (key: string, fill: Fill): Promise<Entry> => {
    for (;;) {
      const [before, epoch, filledAt] = [follower.applied(), follower.epoch(), clock.now()];
      const made = await fill(filledAt);
      const fence = has('takes the fence after the fill') ? follower.applied() : before;
      const entry = { ...made, fence, epoch, filledAt };
      const isOvertaken =
        (!has('compares sequences of two epochs') && epoch !== follower.epoch()) ||
        made.tags.some((tag) => follower.lastWithdrawalOf(tag) > before);
      if (isOvertaken && !has('sends what a withdrawal overtook')) continue;
      if (isLive(entry)) held.set(key, entry);
      return entry;
    }
  };
  const start = (key: string, fill: Fill): Promise<Entry> => {
    const job: { first: Promise<Entry>; next?: Promise<Entry> } = { first: runFill(key, fill) };
    jobs.set(key, job);
    void job.first
      .catch(() => undefined)
      .finally(() => {
        if (jobs.get(key) === job) jobs.delete(key);
      });
    return job.first;
  };
  const join = async (key: string, job: { first: Promise<Entry>; next?: Promise<Entry> }, fill: Fill) => {
    const entry = await job.first;
    if (has('hands joiners whatever was being made')) return entry;
    if (isUnchanged(entry) && isBeforeBoundary(entry)) return entry;
    if (has('lets every joiner fill for itself')) return runFill(key, fill);
    job.next ??= start(key, fill);
    return job.next;
  };

  return {
    through: async (key, fill) => {
      const answered = (entry: Entry, state: CacheState) => ({
        entry,
        state,
        isStored: held.get(key) === entry,
        isSendable: () => true,
      });
      const stored = held.get(key);
      if (stored !== undefined && isLive(stored)) {
        if (has('asks for liveness before its last await')) await pause();
        return answered(stored, 'hit');
      }
      const job = jobs.get(key);
      if (job !== undefined) return answered(await join(key, job, fill), 'joined');
      return answered(await start(key, fill), 'filled');
    },
    size: () => ({ bytes: held.size, entries: held.size }),
  };
};
