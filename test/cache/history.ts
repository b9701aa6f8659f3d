import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { CacheResult, ResponseCache } from '../../src/cache/response-cache.ts';
import type { Answer } from '../../src/content/answer.ts';
import type { CacheTag } from '../../src/content/tags.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import type { FaultyCacheOptions } from './faulty-cache.ts';
import { createHandFollower } from './hand-follower.ts';

const START = 1_000_000;
const MAX_AGE_SECONDS = 8;

/** What a reader's page reads, one tag after the other. */
const PAGES: Readonly<Record<string, readonly CacheTag[]>> = {
  article: ['article:a'],
  list: ['list:all', 'article:a', 'article:b'],
};
const TAGS: readonly CacheTag[] = ['article:a', 'article:b', 'list:all'];

export type Step =
  | { readonly do: 'ask'; readonly page: string }
  /** Lets one of those who wait go on: a read of a fill, or its return. */
  | { readonly do: 'proceed'; readonly who: number }
  | { readonly do: 'fail'; readonly who: number }
  /** Content changes, and the follower hears of it with `apply`. */
  | { readonly do: 'write'; readonly tag: CacheTag; readonly isWithdrawal: boolean }
  | { readonly do: 'apply' }
  | { readonly do: 'wind'; readonly seconds: number }
  | { readonly do: 'trust'; readonly isTrusted: boolean }
  | { readonly do: 'restore' };

const tag = fc.constantFrom(...TAGS);
const who = fc.nat(3);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('ask' as const), page: fc.constantFrom('article', 'list') }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('proceed' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), tag, isWithdrawal: fc.boolean() }) },
  { weight: 4, arbitrary: fc.constant({ do: 'apply' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wind' as const), seconds: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('trust' as const), isTrusted: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restore' as const }) },
);

/** Histories weighted towards what makes a race: several who ask, and changes while fills run. */
export const histories: fc.Arbitrary<Step[]> = fc.array(anyStep, { minLength: 20, maxLength: 120 });

interface Write {
  readonly tag: CacheTag;
  readonly isWithdrawal: boolean;
}

/** What a fill's body says: the log it read from, and how often each tag had been written then. */
interface Read {
  readonly log: string;
  readonly writes: Readonly<Record<string, number>>;
  readonly at: number;
  readonly endsAt: number;
}

/** Plays `steps` against the cache that `create` gives; resolves to the violations of the protocol that a reader saw. */
export const playHistory = async (
  create: (options: FaultyCacheOptions) => ResponseCache,
  steps: readonly Step[],
): Promise<{ readonly violations: readonly string[]; readonly hits: number }> => {
  const follower = createHandFollower();
  const clock = createWoundClock(START);
  const callbacks: ((tags: readonly CacheTag[]) => void)[] = [];
  const violations: string[] = [];
  const waiting: (Gate & { fail: boolean })[] = [];
  const running = new Map<string, number>();
  let hits = 0;
  let log = 1;
  let pending: Write[] = [];
  // How often each tag was written, as the stores know it and as the follower has heard.
  let stored = new Map<string, number>();
  let heard = new Map<string, number>();
  let heardWithdrawn = new Map<string, number>();

  const pause = async (): Promise<void> => {
    const gate = { ...createGate(), fail: false };
    waiting.push(gate);
    await gate.pass();
    if (gate.fail) throw new Error('a store failed');
  };
  const cache = create({ follower, clock, pause, onChange: (callback) => callbacks.push(callback) });

  const fillOf =
    (page: string) =>
    async (now: number): Promise<Answer> => {
      const fills = (running.get(page) ?? 0) + 1;
      running.set(page, fills);
      if (fills > 1) violations.push(`${page}: two fills at once`);
      try {
        const writes: Record<string, number> = {};
        const own = String(log);
        for (const name of PAGES[page] ?? []) {
          await pause();
          writes[name] = stored.get(name) ?? 0;
        }
        await pause();
        const endsAt = now + (page === 'list' ? 5_000 : Infinity);
        const read: Read = { log: own, writes, at: now, endsAt };
        return {
          status: 200,
          contentType: 'application/json',
          body: Buffer.from(JSON.stringify(read)),
          tags: PAGES[page] ?? [],
          boundaryAt: page === 'list' ? endsAt : null,
          maxAgeSeconds: MAX_AGE_SECONDS,
          scope: 'PUBLIC',
          languages: [],
        };
      } finally {
        running.set(page, (running.get(page) ?? 0) - 1);
      }
    };

  const isBehind = ({ log: of, writes }: Read, known: ReadonlyMap<string, number>): boolean =>
    of !== String(log) || Object.entries(writes).some(([name, count]) => count < (known.get(name) ?? 0));

  const ask = async (page: string): Promise<void> => {
    const onArrival = { log, heard: new Map(heard) };
    let result: CacheResult;
    try {
      result = await cache.through(page, fillOf(page));
    } catch {
      return;
    }
    const read = JSON.parse(result.entry.body.toString()) as Read;
    const flag = (what: string): void => void violations.push(`${page}: ${result.state} ${what}`);
    if (isBehind(read, heardWithdrawn)) flag('answer holds what was taken back');
    if (result.state === 'hit') {
      hits += 1;
      if (isBehind(read, heard)) flag('answer is from before a change that was applied');
      if (!follower.isTrusted()) flag('answer though the follower is not trusted');
      if (clock.now() >= read.at + MAX_AGE_SECONDS * 1_000) flag('answer is too old');
      if (read.endsAt !== null && clock.now() >= read.endsAt) flag('answer is past its boundary');
    }
    // Who came after a change was applied never reads from before it.
    if (log === onArrival.log && isBehind(read, onArrival.heard)) flag('answer is from before the request’s own past');
  };

  const play = (step: Step): void => {
    switch (step.do) {
      case 'ask':
        void ask(step.page);
        return;
      case 'proceed':
      case 'fail': {
        const [gate] = waiting.splice(step.who % Math.max(1, waiting.length), 1);
        if (gate !== undefined) gate.fail = step.do === 'fail';
        gate?.open();
        return;
      }
      case 'write':
        stored.set(step.tag, (stored.get(step.tag) ?? 0) + 1);
        pending.push(step);
        return;
      case 'apply': {
        const write = pending.shift();
        if (write === undefined) return;
        heard.set(write.tag, (heard.get(write.tag) ?? 0) + 1);
        if (write.isWithdrawal) heardWithdrawn.set(write.tag, heard.get(write.tag) ?? 0);
        (write.isWithdrawal ? follower.withdraw : follower.change)(write.tag);
        for (const callback of callbacks) callback([write.tag]);
        return;
      }
      case 'wind':
        clock.wind(step.seconds * 1_000);
        return;
      case 'trust':
        follower.trust(step.isTrusted);
        return;
      case 'restore':
        // A backup: other content, and a log of its own that begins anew.
        log += 1;
        pending = [];
        [stored, heard, heardWithdrawn] = [new Map(), new Map(), new Map()];
        follower.joinEpoch(`epoch-${log}`, 0);
    }
  };

  for (const step of steps) {
    play(step);
    await setImmediate();
  }
  // Lets everybody home, so that no promise of this history is left when the next begins.
  while (waiting.length > 0) {
    waiting.splice(0).forEach(({ open }) => open());
    await setImmediate();
  }
  return { violations, hits };
};
