import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BACKGROUND_LIMIT } from '../../src/cache/fill-jobs.ts';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import { createGate } from '../support/gate.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { createCacheRig, failed, NOON, never, of, slowly, told } from './cache-rig.ts';
import { createHandFollower } from './hand-follower.ts';

const away = new Error('the store is away');
const throwing = () => Promise.reject(away);

/** A rig that holds `one`, `over` seconds past its age of 60. */
const setUpAged = async (over: number) => {
  const rig = createCacheRig();
  await rig.through(of('one'));
  rig.clock.wind((60 + over) * 1_000);
  return rig;
};

describe('through, when what is kept is too old', () => {
  it('serves it for 30 s while one refill runs, then what the refill made', async () => {
    const { through, seen } = await setUpAged(29);
    const gate = createGate();
    const first = await through(slowly(gate, 'two'));
    expect(told(first)).toEqual(['one', 'stale']);
    expect([first.tier, first.forwarded, first.isSendable(), first.isKeepable()]).toEqual([
      'memory',
      null,
      true,
      false,
    ]);
    expect(told(await through(never))).toEqual(['one', 'stale']);
    gate.open();
    await setImmediate();
    expect(told(await through(never))).toEqual(['two', 'hit']);
    expect(seen).toContain('evicted aged');
  });

  it('makes it anew past that, and says that something had been there', async () => {
    const { through } = await setUpAged(30);
    const result = await through(of('two'));
    expect([...told(result), result.forwarded]).toEqual(['two', 'filled', 'stale']);
  });

  it('logs a refill that fails in the background, and tries no other for two seconds', async () => {
    const { through, failures, clock } = await setUpAged(1);
    expect(told(await through(throwing))).toEqual(['one', 'stale']);
    await setImmediate();
    expect(failures).toEqual([away]);
    expect(told(await through(never))).toEqual(['one', 'stale']);
    await setImmediate();
    expect(failures).toHaveLength(1);
    clock.wind(2_000);
    await through(of('two'));
    await setImmediate();
    expect(told(await through(never))).toEqual(['two', 'hit']);
  });

  it.each([
    ['has changed', (rig: ReturnType<typeof createCacheRig>) => rig.follower.change('article:art')],
    ['was taken back', (rig: ReturnType<typeof createCacheRig>) => rig.follower.withdraw('article:art')],
    ['has changed by itself', (rig: ReturnType<typeof createCacheRig>) => rig.clock.wind(5_000)],
  ])('never serves it when it %s', async (_what, befall) => {
    const rig = createCacheRig();
    await rig.through(of('one', { boundaryAt: NOON + 65_000 }));
    rig.clock.wind(61_000);
    befall(rig);
    expect(told(await rig.through(of('two', { boundaryAt: null })))).toEqual(['two', 'filled']);
    expect(rig.seen.filter((line) => line.startsWith('evicted'))).toHaveLength(1);
  });

  it('asks until the last moment whether it may still go out', async () => {
    const { through, follower } = await setUpAged(1);
    const result = await through(of('two'));
    follower.change('article:art');
    expect(result.isSendable()).toBe(false);
  });

  it('refills only so many keys at once that nobody waits for', async () => {
    const { through, clock, cache } = createCacheRig();
    const keys = Array.from({ length: BACKGROUND_LIMIT + 5 }, (_, place) => `key ${place}`);
    for (const key of keys) await through(of('one'), key);
    clock.wind(61_000);
    const gate = createGate();
    for (const key of keys) expect((await through(slowly(gate, 'two'), key)).state).toBe('stale');
    expect(cache.jobs()).toBe(BACKGROUND_LIMIT);
    gate.open();
    await setImmediate();
    expect(cache.jobs()).toBe(0);
    for (const key of keys.slice(-5)) await through(of('two'), key);
    await setImmediate();
    for (const key of keys) expect(told(await through(never, key))).toEqual(['two', 'hit']);
  });
});

describe('through, when what is too old cannot be made anew', () => {
  it.each([
    ['the fill throws', throwing],
    ['a store failed in it', failed],
  ])('serves it for ten minutes past its age: %s', async (_what, fill) => {
    const { through, clock, seen } = await setUpAged(599);
    const result = await through(fill);
    expect([...told(result), result.forwarded]).toEqual(['one', 'stale', 'stale']);
    expect([result.isSendable(), result.isKeepable(), result.isStored]).toEqual([true, false, true]);
    expect(seen).toContain('filled failed');
    // The next readers do not wait for the store that is down.
    expect((await through(never)).forwarded).toBeNull();
    clock.wind(1_000);
    expect(result.isSendable()).toBe(false);
  });

  it('gives the failure after that', async () => {
    const { through, cache } = await setUpAged(600);
    await expect(through(throwing)).rejects.toBe(away);
    expect(cache.size().entries).toBe(0);
  });

  it('gives everybody who waited the one that is kept', async () => {
    const { through, failures } = await setUpAged(60);
    const gate = createGate();
    const fill = async () => {
      await gate.pass();
      throw away;
    };
    const requests = [through(fill), through(never), through(never)];
    await gate.reached;
    gate.open();
    expect((await Promise.all(requests)).map(told)).toEqual([
      ['one', 'stale'],
      ['one', 'stale'],
      ['one', 'stale'],
    ]);
    expect(failures).toEqual([away]);
  });

  it('never serves what has changed meanwhile', async () => {
    const { through, follower } = await setUpAged(60);
    const overtakenBy = async () => {
      follower.change('article:art');
      throw away;
    };
    await expect(through(overtakenBy)).rejects.toBe(away);
  });

  it('keeps failing fills apart from what was never complete', async () => {
    const { through } = createCacheRig();
    await expect(through(throwing)).rejects.toBe(away);
    await through(of('once', { maxAgeSeconds: 0 }));
    await expect(through(throwing)).rejects.toBe(away);
  });
});

describe('through, when a store fails in the answer', () => {
  it('keeps the answer for two seconds from its end against herds, by nobody else', async () => {
    const { through, clock, cache } = createCacheRig();
    const gate = createGate();
    const slow = through(slowly(gate, 'errors', { maxAgeSeconds: 0, holdSeconds: 2 }));
    await gate.reached;
    clock.wind(5_000);
    gate.open();
    expect(told(await slow)).toEqual(['errors', 'filled']);
    clock.wind(1_999);
    expect(told(await through(never))).toEqual(['errors', 'hit']);
    expect(cache.peek('key')).toBeUndefined();
    clock.wind(1);
    expect(told(await through(of('fine')))).toEqual(['fine', 'filled']);
  });

  it('ends it with what it read', async () => {
    const { through, follower } = createCacheRig();
    await through(failed);
    follower.change('article:art');
    expect(told(await through(of('fine')))).toEqual(['fine', 'filled']);
    await through(failed, 'other');
    follower.withdraw('article:art');
    expect(told(await through(of('gone'), 'other'))).toEqual(['gone', 'filled']);
  });

  it('ends it when the clock is set back, and never serves it in degraded mode past its time', async () => {
    const { through, clock, follower } = createCacheRig();
    await through(failed);
    clock.wind(-1);
    expect(told(await through(failed))).toEqual(['errors', 'filled']);
    clock.wind(2_000);
    follower.trust(false);
    expect(told(await through(of('fine')))).toEqual(['fine', 'degraded']);
  });
});

describe('through, when something has changed softly', () => {
  const setUpSoft = async () => {
    const rig = createCacheRig();
    await rig.through(of('one'));
    rig.follower.soften('article:art');
    return rig;
  };

  it('serves what was kept for ten seconds during one refill', async () => {
    const { through, clock } = await setUpSoft();
    clock.wind(10_000);
    const gate = createGate();
    const result = await through(slowly(gate, 'two'));
    expect([...told(result), result.forwarded]).toEqual(['one', 'soft', null]);
    expect([result.isSendable(), result.isKeepable()]).toEqual([true, false]);
    expect(told(await through(never))).toEqual(['one', 'soft']);
    clock.wind(1);
    expect(result.isSendable()).toBe(false);
    const late = through(never);
    gate.open();
    expect(told(await late)).toEqual(['two', 'joined']);
    expect(told(await through(never))).toEqual(['two', 'hit']);
  });

  it('counts those seconds on the clock of the process that never steps back', async () => {
    const follower = createHandFollower(() => performance.now());
    const cache = createResponseCache({ follower, clock: createWoundClock(NOON), limitBytes: 1_000_000 });
    await cache.through('key', of('one'));
    follower.soften('article:art');
    expect(told(await cache.through('key', of('two')))).toEqual(['one', 'soft']);
  });

  it('makes it anew when the refill failed', async () => {
    const { through, failures } = await setUpSoft();
    expect(told(await through(throwing))).toEqual(['one', 'soft']);
    await setImmediate();
    expect(failures).toEqual([away]);
    expect(told(await through(of('two')))).toEqual(['two', 'filled']);
  });

  it.each([
    ['changed for good as well', (rig: ReturnType<typeof createCacheRig>) => rig.follower.change('article:art')],
    ['was taken back', (rig: ReturnType<typeof createCacheRig>) => rig.follower.withdraw('article:art')],
    ['is too old besides', (rig: ReturnType<typeof createCacheRig>) => rig.clock.wind(55_000)],
    ['is of another log', (rig: ReturnType<typeof createCacheRig>) => rig.follower.joinEpoch('epoch-2', 0)],
    ['is not vouched for', (rig: ReturnType<typeof createCacheRig>) => rig.follower.trust(false)],
  ])('does not serve what %s', async (_what, befall) => {
    const rig = createCacheRig();
    await rig.through(of('one'));
    rig.clock.wind(5_000);
    rig.follower.soften('article:art');
    befall(rig);
    expect((await rig.through(of('two'))).entry.body.toString()).toBe('two');
  });

  it('does not serve what a harder change had ended before', async () => {
    const { through, follower } = createCacheRig();
    await through(of('one', { tags: ['article:art', 'list:en:all'] }));
    follower.change('article:art');
    follower.soften('article:art');
    expect(told(await through(of('two')))).toEqual(['two', 'filled']);
    const rig = createCacheRig({ softSeconds: 0 });
    await rig.through(of('one'));
    rig.follower.soften('article:art');
    expect(told(await rig.through(of('two')))).toEqual(['two', 'filled']);
  });

  it('does not serve it past its boundary, nor hand it on by `peek`', async () => {
    const { through, follower, clock, cache } = createCacheRig();
    await through(of('one', { boundaryAt: NOON + 1_000 }));
    follower.soften('article:art');
    expect(cache.peek('key')).toBeUndefined();
    clock.wind(1_000);
    expect(told(await through(of('two')))).toEqual(['two', 'filled']);
  });
});
