import { describe, expect, it } from 'vitest';
import { createGate } from '../support/gate.ts';
import { answer } from './answer.ts';
import { createCacheRig, NOON, never, of, slowly, told } from './cache-rig.ts';

describe('through, when the log cannot be read', () => {
  it('serves what is not known to have changed, however old, to be kept by nobody', async () => {
    const { through, follower, clock, cache } = createCacheRig();
    await through(of('one'));
    clock.wind(3_600_000);
    follower.trust(false);
    const result = await through(never);
    expect([...told(result), result.tier, result.forwarded]).toEqual(['one', 'degraded', 'memory', null]);
    expect([result.isSendable(), result.isKeepable(), result.isStored]).toEqual([true, false, true]);
    expect(cache.peek('key')).toBeUndefined();
    follower.stand('lost');
    expect(result.isSendable()).toBe(false);
  });

  it('makes what is known to have changed anew, and keeps it nowhere', async () => {
    const { through, follower, cache } = createCacheRig();
    await through(of('one'));
    follower.change('article:art');
    follower.trust(false);
    const made = await through(of('two'));
    expect([...told(made), made.isStored, made.isSendable(), made.isKeepable()]).toEqual([
      'two',
      'degraded',
      false,
      true,
      false,
    ]);
    expect(told(await through(of('three')))).toEqual(['three', 'degraded']);
    follower.trust(true);
    expect(told(await through(of('four')))).toEqual(['four', 'filled']);
    expect(cache.size().entries).toBe(1);
  });

  it('makes what has changed by itself anew', async () => {
    const { through, follower, clock } = createCacheRig();
    await through(of('one', { boundaryAt: NOON + 1_000 }));
    follower.trust(false);
    clock.wind(1_000);
    expect(told(await through(of('two')))).toEqual(['two', 'degraded']);
  });

  it('serves what is kept as ever once the log is read again', async () => {
    const { through, follower } = createCacheRig();
    await through(of('one'));
    follower.trust(false);
    const degraded = await through(never);
    follower.trust(true);
    expect(degraded.isSendable()).toBe(true);
    expect(told(await through(never))).toEqual(['one', 'hit']);
    follower.change('article:art');
    expect(degraded.isSendable()).toBe(false);
  });

  it('does not keep what was begun in trust, and says of it that it is degraded', async () => {
    const { through, follower, cache } = createCacheRig();
    const gate = createGate();
    const requests = [through(slowly(gate, 'one')), through(never)];
    await gate.reached;
    follower.trust(false);
    gate.open();
    expect((await Promise.all(requests)).map(told)).toEqual([
      ['one', 'degraded'],
      ['one', 'degraded'],
    ]);
    expect(cache.size().entries).toBe(0);
  });

  it('does not keep what was begun without trust, though trust came back meanwhile', async () => {
    const { through, follower, cache } = createCacheRig();
    follower.trust(false);
    const gate = createGate();
    const request = through(slowly(gate, 'one'));
    await gate.reached;
    follower.trust(true);
    gate.open();
    expect(told(await request)).toEqual(['one', 'degraded']);
    expect(cache.size().entries).toBe(0);
  });

  it('does not send as trusted what lost its trust on the way to the socket', async () => {
    const { through, follower } = createCacheRig();
    const [filled, hit] = [await through(of('one')), await through(never)];
    follower.trust(false);
    expect([filled, hit].map(({ isSendable, isKeepable }) => [isSendable(), isKeepable()])).toEqual([
      [false, false],
      [false, false],
    ]);
  });

  it('makes anew what was made in degraded mode and taken back before it was sent', async () => {
    const { through, follower } = createCacheRig();
    follower.trust(false);
    const result = await through(of('one'));
    follower.trust(true);
    follower.withdraw('article:art');
    expect(result.isSendable()).toBe(false);
  });
});

describe('through, when nobody knows yet whether the log can be read', () => {
  it('waits until that is known before it serves what is kept', async () => {
    const { through, follower } = createCacheRig();
    await through(of('one'));
    follower.stand('recovering');
    const request = through(of('two'));
    follower.withdraw('article:art');
    follower.stand('trusted');
    expect(told(await request)).toEqual(['two', 'filled']);
  });

  it('waits before it sends what was begun in trust: it may have been taken back meanwhile', async () => {
    const { through, follower } = createCacheRig();
    const [gate, asked] = [createGate(), createGate()];
    const texts = ['taken back', 'gone'];
    const request = through(async () => {
      const text = texts.shift() ?? 'never';
      if (texts.length === 1) await gate.pass();
      return answer(text);
    });
    const { settled: wait } = follower;
    follower.settled = () => {
      void asked.pass();
      return wait();
    };
    await gate.reached;
    follower.stand('recovering');
    gate.open();
    await asked.reached;
    follower.withdraw('article:art');
    follower.stand('trusted');
    expect(told(await request)).toEqual(['gone', 'filled']);
  });

  it('sends what is not vouched for at once to nobody', async () => {
    const { through, follower } = createCacheRig();
    const result = await through(of('one'));
    follower.trust(false);
    const degraded = await through(never);
    follower.stand('recovering');
    expect([result.isSendable(), degraded.isSendable()]).toEqual([false, false]);
  });

  it('fails with 503 when trust never comes to rest', async () => {
    const { through, follower } = createCacheRig();
    follower.stand('recovering');
    follower.settled = () => Promise.resolve();
    await expect(through(never)).rejects.toMatchObject({ code: 'STORE_FAILED', status: 503 });
  });
});

describe('through, when nobody can say any more what has changed', () => {
  it('fails with 503, whatever is kept', async () => {
    const { through, follower } = createCacheRig();
    await through(of('one'));
    follower.stand('lost');
    await expect(through(never)).rejects.toMatchObject({ code: 'STORE_FAILED', status: 503 });
    follower.trust(true);
    expect(told(await through(never))).toEqual(['one', 'hit']);
  });

  it('fails with 503 when that came about during the fill', async () => {
    const { through, follower, seen } = createCacheRig();
    const lost = through(async () => {
      follower.stand('lost');
      return answer('one');
    });
    await expect(lost).rejects.toMatchObject({ status: 503 });
    expect(seen).toEqual(['filled failed']);
  });
});

describe('peek', () => {
  it('gives what is live in memory, at once', async () => {
    const { through, cache, follower, clock, seen } = createCacheRig();
    expect(cache.peek('key')).toBeUndefined();
    await through(of('one'));
    const hit = cache.peek('key');
    expect(hit).toMatchObject({ state: 'hit', tier: 'memory', isStored: true });
    expect([hit?.isSendable(), hit?.isKeepable()]).toEqual([true, true]);
    expect(cache.peek('key')).toBe(hit);
    expect(seen.filter((line) => line === 'served hit memory')).toHaveLength(2);
    clock.wind(60_000);
    expect(cache.peek('key')).toBeUndefined();
    clock.wind(-60_000);
    follower.change('article:art');
    expect([cache.peek('key'), hit?.isSendable()]).toEqual([undefined, false]);
  });

  it('walks over the tags of an entry once for every change of anything', async () => {
    const { through, cache, follower } = createCacheRig();
    const asked: string[] = [];
    const { lastOf } = follower;
    follower.lastOf = (tag) => {
      asked.push(tag);
      return lastOf(tag);
    };
    await through(of('one', { tags: ['article:art', 'list:en:all'] }));
    asked.length = 0;
    for (let reader = 0; reader < 100; reader += 1) expect(cache.peek('key')?.isSendable()).toBe(true);
    expect(asked).toEqual([]);
    follower.change('article:other');
    for (let reader = 0; reader < 100; reader += 1) expect(cache.peek('key')?.isSendable()).toBe(true);
    expect(asked).toEqual(['article:art', 'list:en:all']);
  });
});
