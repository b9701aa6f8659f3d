import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { CacheResult, ResponseCache } from '../../src/cache/response-cache.ts';
import type { SharedTier } from '../../src/cache/shared-tier.ts';
import type { Standing } from '../../src/changes/trust.ts';
import type { Answer } from '../../src/content/answer.ts';
import type { CacheTag } from '../../src/content/tags.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { HOLD_SECONDS, SOFT_SECONDS, STALE_IF_ERROR_SECONDS, type FaultyCacheOptions } from './faulty-cache.ts';
import { createHandFollower } from './hand-follower.ts';
import { createHandSharedTier } from './hand-shared-tier.ts';

const START = 1_000_000;
const MAX_AGE_SECONDS = 8;
const PROCESSES = 2;

/** What a reader's page reads, one tag after the other. */
const PAGES: Readonly<Record<string, readonly CacheTag[]>> = {
  article: ['article:a'],
  list: ['list:all', 'article:a', 'article:b'],
};
const TAGS: readonly CacheTag[] = ['article:a', 'article:b', 'list:all'];

type Manner = 'hard' | 'soft' | 'withdrawal';

export type Step =
  /** `packs`: something waits between the answer and the socket, as packing a body does. */
  | { readonly do: 'ask'; readonly process: number; readonly page: string; readonly packs: boolean }
  /** Lets one of those who wait go on: a read of a fill, its return, a question to the shared tier. */
  | { readonly do: 'proceed'; readonly who: number }
  /** Lets one go on, and fail where a store is asked: with an error, or with an answer that says so. */
  | { readonly do: 'fail' | 'falter'; readonly who: number }
  /** Content changes, and a process hears of it with `apply`. */
  | { readonly do: 'write'; readonly tag: CacheTag; readonly manner: Manner }
  | { readonly do: 'apply'; readonly process: number }
  | { readonly do: 'wind'; readonly seconds: number }
  | { readonly do: 'stand'; readonly process: number; readonly standing: Standing }
  | { readonly do: 'restore' };

const process = fc.nat(PROCESSES - 1);
const who = fc.nat(5);
const oneOf = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: oneOf('ask'), process, page: oneOf('article', 'article', 'list'), packs: fc.boolean() }),
  },
  { weight: 28, arbitrary: fc.record({ do: oneOf('proceed'), who }) },
  { weight: 2, arbitrary: fc.record({ do: oneOf('fail', 'falter'), who }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: oneOf('write'),
      tag: oneOf(...TAGS),
      manner: oneOf('hard', 'soft', 'soft', 'withdrawal'),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: oneOf('apply'), process }) },
  { weight: 3, arbitrary: fc.record({ do: oneOf('wind'), seconds: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: oneOf('stand'),
      process,
      // Trusted as often as not: what is never trusted again shows nothing.
      standing: oneOf('trusted', 'trusted', 'trusted', 'degraded', 'recovering', 'lost'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restore' as const }) },
);

export interface History {
  readonly hasShared: boolean;
  readonly steps: readonly Step[];
}

/** Histories weighted towards what makes a race: several who ask, and changes while fills run. */
export const histories: fc.Arbitrary<History> = fc.record({
  hasShared: fc.boolean(),
  steps: fc.array(anyStep, { minLength: 20, maxLength: 120 }),
});

interface Write {
  readonly tag: CacheTag;
  readonly manner: Manner;
}

/** What a fill's body says: the log it read from, and how often each tag had been written then. */
interface Read {
  readonly id: number;
  readonly log: number;
  readonly writes: Readonly<Record<string, number>>;
  readonly at: number;
  readonly endsAt: number | null;
  readonly isDegraded: boolean;
  readonly isFailed: boolean;
}

/** A change as a process heard of it, and when. */
type Heard = ReadonlyMap<string, readonly { readonly manner: Manner; readonly at: number }[]>;

/** What a reader of a process was given: what is wrong with it, by the rules of the change protocol. */
const judge = (
  { state, tier }: CacheResult,
  read: Read,
  now: {
    readonly log: number;
    readonly heard: Heard;
    readonly standing: Standing;
    readonly at: number;
    readonly answeredAt: number;
  },
  arrival: { readonly log: number; readonly heard: Heard },
  endedAt: number,
): readonly string[] => {
  const faults: string[] = [];
  const missing = (heard: Heard) =>
    [...heard].flatMap(([tag, all]) => (tag in read.writes ? all.slice(read.writes[tag]) : []));
  const isOtherLog = read.log !== now.log;
  const unread = missing(now.heard);
  if (isOtherLog || unread.some(({ manner }) => manner === 'withdrawal')) faults.push('holds what was taken back');
  if (now.standing === 'recovering' || now.standing === 'lost')
    faults.push(`is sent while the follower is ${now.standing}`);
  if (state !== 'degraded' && now.standing !== 'trusted') faults.push('is called true though nobody vouches for it');
  if (state !== 'degraded' && read.isDegraded) faults.push('was made in degraded mode and is not called so');
  const isPastBoundary = read.endsAt !== null && now.at >= read.endsAt;
  // Too old is not untrue: what grew too old on its way to the socket may go out.
  const overAge = (now.answeredAt - read.at) / 1_000 - MAX_AGE_SECONDS;
  if (tier !== null) {
    if (isPastBoundary) faults.push('is past its boundary');
    if (state !== 'soft' && unread.length > 0) faults.push('is from before a change that was applied');
    if (read.isFailed && now.answeredAt >= endedAt + HOLD_SECONDS * 1_000) faults.push('is a failure kept too long');
    if (state === 'hit' && !read.isFailed && overAge >= 0) faults.push('is too old');
    if (state === 'stale' && overAge >= STALE_IF_ERROR_SECONDS) faults.push('is too old even for a stale one');
  }
  if (state === 'soft') {
    const isHard = unread.some(({ manner }) => manner !== 'soft');
    if (isHard || unread.some(({ at }) => now.at - at > SOFT_SECONDS * 1_000)) faults.push('is not excused');
    if (overAge >= 0) faults.push('is changed and too old');
  } else if (now.log === arrival.log && missing(arrival.heard).length > 0)
    // Who came after a change was applied never reads from before it.
    faults.push('is from before the request’s own past');
  return faults;
};

/** Plays a history against the caches that `create` gives, one per process; resolves to the violations that readers saw. */
export const playHistory = async (
  create: (options: FaultyCacheOptions) => ResponseCache,
  { steps, hasShared }: History,
): Promise<{ readonly violations: readonly string[]; readonly states: readonly string[] }> => {
  const clock = createWoundClock(START);
  const violations: string[] = [];
  const states: string[] = [];
  const waiting: (Gate & { failure: 'fail' | 'falter' | undefined })[] = [];
  const running = new Map<string, number>();
  const endedAt = new Map<number, number>();
  let fills = 0;
  let log = 1;
  // Content as the stores know it, and the log of it: a process has heard of so many.
  let stored = new Map<string, number>();
  let written: Write[] = [];

  const stop = async (): Promise<'fail' | 'falter' | undefined> => {
    const gate = { ...createGate(), failure: undefined };
    waiting.push(gate);
    await gate.pass();
    return gate.failure;
  };
  const pause = async (): Promise<void> => void (await stop());
  const tier = createHandSharedTier(pause);
  // A write may land long after it was sent.
  const shared: SharedTier | undefined = hasShared
    ? { ...tier, set: (key, entry) => void pause().then(() => tier.set(key, entry)) }
    : undefined;

  const processes = Array.from({ length: PROCESSES }, () => {
    const follower = createHandFollower(clock.now);
    const callbacks: ((tags: readonly CacheTag[]) => void)[] = [];
    const cache = create({ follower, clock, shared, pause, onChange: (callback) => callbacks.push(callback) });
    return { follower, callbacks, cache, position: 0, heard: new Map<string, { manner: Manner; at: number }[]>() };
  });
  type Process = (typeof processes)[number];
  const at = (index: number): Process => processes[index] ?? (processes[0] as Process);

  const fillOf =
    ({ follower }: Process, page: string, place: string) =>
    async (now: number): Promise<Answer> => {
      const count = (running.get(place) ?? 0) + 1;
      running.set(place, count);
      if (count > 1) violations.push(`${place}: two fills at once`);
      const id = (fills += 1);
      try {
        const [own, isDegraded] = [log, !follower.isTrusted()];
        const writes: Record<string, number> = {};
        let isFailed = false;
        for (const name of [...(PAGES[page] ?? []), null]) {
          const failure = await stop();
          if (failure === 'fail') throw new Error('a store failed');
          isFailed ||= failure === 'falter';
          if (name !== null) writes[name] = stored.get(name) ?? 0;
        }
        const endsAt = page === 'list' ? now + 5_000 : null;
        const read: Read = { id, log: own, writes, at: now, endsAt, isDegraded, isFailed };
        return {
          status: 200,
          contentType: 'application/json',
          body: Buffer.from(JSON.stringify(read)),
          tags: PAGES[page] ?? [],
          boundaryAt: endsAt,
          maxAgeSeconds: isFailed ? 0 : MAX_AGE_SECONDS,
          ...(isFailed ? { holdSeconds: HOLD_SECONDS } : {}),
          scope: 'PUBLIC',
          languages: [],
        };
      } finally {
        endedAt.set(id, clock.now());
        running.set(place, (running.get(place) ?? 0) - 1);
      }
    };

  const snapshot = ({ heard }: Process): Heard => new Map([...heard].map(([tag, all]) => [tag, [...all]]));
  const ask = async (index: number, page: string, packs: boolean): Promise<void> => {
    const asked = at(index);
    const arrival = { log, heard: snapshot(asked) };
    let result: CacheResult;
    try {
      result = await asked.cache.through(page, fillOf(asked, page, `${index} ${page}`));
    } catch {
      return;
    }
    const answeredAt = clock.now();
    if (packs) await pause();
    if (!result.isSendable()) return;
    const read = JSON.parse(result.entry.body.toString()) as Read;
    const now = { log, heard: asked.heard, standing: asked.follower.standing(), at: clock.now(), answeredAt };
    states.push(result.tier === 'shared' ? 'shared' : result.state);
    for (const fault of judge(result, read, now, arrival, endedAt.get(read.id) ?? 0))
      violations.push(`${index} ${page}: ${result.state} ${fault}`);
  };

  const apply = (hearing: Process): void => {
    const write = written[hearing.position];
    if (write === undefined) return;
    const { follower, heard, callbacks } = hearing;
    hearing.position += 1;
    heard.set(write.tag, [...(heard.get(write.tag) ?? []), { manner: write.manner, at: clock.now() }]);
    ({ hard: follower.change, soft: follower.soften, withdrawal: follower.withdraw })[write.manner](write.tag);
    for (const callback of callbacks) callback([write.tag]);
  };

  const play = (step: Step): void => {
    switch (step.do) {
      case 'ask':
        void ask(step.process, step.page, step.packs);
        return;
      case 'proceed':
      case 'fail':
      case 'falter': {
        const [gate] = waiting.splice(step.who % Math.max(1, waiting.length), 1);
        if (gate !== undefined) gate.failure = step.do === 'proceed' ? undefined : step.do;
        gate?.open();
        return;
      }
      case 'write':
        stored.set(step.tag, (stored.get(step.tag) ?? 0) + 1);
        written.push(step);
        return;
      case 'apply':
        apply(at(step.process));
        return;
      case 'wind':
        clock.wind(step.seconds * 1_000);
        return;
      case 'stand':
        at(step.process).follower.stand(step.standing);
        return;
      case 'restore':
        // A backup: other content, and a log of its own that begins anew.
        log += 1;
        [stored, written] = [new Map(), []];
        for (const each of processes) {
          each.position = 0;
          each.heard = new Map();
          each.follower.joinEpoch(`epoch-${log}`, 0);
        }
    }
  };

  for (const step of steps) {
    play(step);
    await setImmediate();
  }
  // Lets everybody home, so that no promise of this history is left when the next begins.
  for (const { follower } of processes) follower.stand('trusted');
  await setImmediate();
  while (waiting.length > 0) {
    waiting.splice(0).forEach(({ open }) => open());
    await setImmediate();
  }
  return { violations, states };
};
