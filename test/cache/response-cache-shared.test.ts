import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/content/answer.ts';
import { createGate } from '../support/gate.ts';
import { answer } from './answer.ts';
import { createCacheRig, failed, never, of, slowly, told } from './cache-rig.ts';
import { createHandSharedTier } from './hand-shared-tier.ts';

const process = (shared = createHandSharedTier(), pause: (ms: number) => Promise<void> = () => setImmediate()) => ({
  ...createCacheRig({ shared, pause }),
  shared,
});

describe('through, over a shared tier', () => {
  it('takes what another process made, and has it in memory from then on', async () => {
    const one = process();
    await one.through(of('made by one'));
    const two = process(one.shared);
    const result = await two.through(never);
    expect([...told(result), result.tier, result.isStored, result.isSendable()]).toEqual([
      'made by one',
      'hit',
      'shared',
      true,
      true,
    ]);
    expect((await two.through(never)).tier).toBe('memory');
    expect(two.seen).toEqual(['served hit shared', 'served hit memory']);
  });

  it('asks it once where it is found, and claims the key before it fills', async () => {
    const one = process();
    await one.through(of('made by one'));
    expect(one.shared.asked.splice(0)).toEqual(['get key', 'claim key', 'get key', 'set key', 'release key']);
    await process(one.shared).through(never);
    expect(one.shared.asked).toEqual(['get key']);
  });

  it('looks again once it may fill: who held the key before may have kept something', async () => {
    const shared = createHandSharedTier();
    const claim = shared.claim;
    const one = process();
    await one.through(of('just kept'));
    shared.claim = async (...key) => {
      const granted = await claim(...key);
      shared.entries.set('key', one.shared.entries.get('key') ?? (await Promise.reject(new Error('nothing'))));
      return granted;
    };
    const two = process(shared);
    expect(told(await two.through(never))).toEqual(['just kept', 'hit']);
    expect(shared.claims.size).toBe(0);
  });

  it.each([
    ['has changed', (rig: ReturnType<typeof process>) => rig.follower.change('article:art')],
    ['was taken back', (rig: ReturnType<typeof process>) => rig.follower.withdraw('article:art')],
    ['is of another log', (rig: ReturnType<typeof process>) => rig.follower.joinEpoch('epoch-2', 0)],
    ['is too old', (rig: ReturnType<typeof process>) => rig.clock.wind(60_000)],
  ])('does not take what %s', async (_what, befall) => {
    const one = process();
    await one.through(of('old'));
    const two = process(one.shared);
    befall(two);
    expect(told(await two.through(of('new')))).toEqual(['new', 'filled']);
  });

  it('asks the log after it has waited for the tier, not before', async () => {
    const one = process();
    await one.through(of('old'));
    const gate = createGate();
    const { asked: _, ...entries } = createHandSharedTier(gate.pass);
    entries.entries.set('key', one.shared.entries.get('key') ?? (await Promise.reject(new Error('nothing'))));
    const two = process({ ...entries, asked: [] });
    const request = two.through(of('new'));
    await gate.reached;
    two.follower.change('article:art');
    gate.open();
    expect(told(await request)).toEqual(['new', 'filled']);
  });

  it('takes the fence after all waiting for the tier, right before the fill begins', async () => {
    const gate = createGate();
    const shared = createHandSharedTier(gate.pass);
    const { through, follower, clock } = process(shared);
    const request = through(of('one'));
    await gate.reached;
    follower.change('article:art');
    clock.wind(5_000);
    gate.open();
    const { entry, isStored } = await request;
    expect([entry.fence, entry.filledAt, isStored]).toEqual([1, clock.now(), true]);
  });

  it('gives what it began to fill only then to everybody who had come before, whatever was edited meanwhile', async () => {
    const [gate, filling] = [createGate(), createGate()];
    const { through, follower } = process(createHandSharedTier(gate.pass));
    const requests = [through(slowly(filling, 'one')), through(never)];
    await gate.reached;
    gate.open();
    await filling.reached;
    follower.change('article:art');
    filling.open();
    expect((await Promise.all(requests)).map(told)).toEqual([
      ['one', 'filled'],
      ['one', 'joined'],
    ]);
  });

  it('shares no failure, nothing overtaken and nothing degraded', async () => {
    const { through, follower, shared } = process();
    await through(failed);
    await through(async () => {
      follower.change('article:art');
      return answer('overtaken');
    }, 'overtaken');
    follower.trust(false);
    await through(of('degraded'), 'degraded');
    expect([...shared.entries.keys(), ...shared.claims]).toEqual([]);
    expect(shared.asked).not.toContain('claim degraded');
  });

  it('lets its claim go when the fill fails', async () => {
    const { through, shared } = process();
    await expect(through(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(shared.claims.size).toBe(0);
  });

  it('serves what is there, however old, while the log cannot be read', async () => {
    const one = process();
    await one.through(of('old'));
    const two = process(one.shared);
    two.clock.wind(3_600_000);
    two.follower.trust(false);
    const result = await two.through(never);
    expect([...told(result), result.tier]).toEqual(['old', 'degraded', 'shared']);
  });

  it('does not call live what it took while age did not matter', async () => {
    const one = process();
    await one.through(of('old'));
    const gate = createGate();
    const { entries, ...tier } = createHandSharedTier(gate.pass);
    for (const [key, entry] of one.shared.entries) entries.set(key, entry);
    const two = process({ ...tier, entries });
    two.follower.trust(false);
    two.clock.wind(61_000);
    const request = two.through(of('new'));
    await gate.reached;
    gate.open();
    // The answer of the tier is there, the request has not gone on yet.
    await Promise.resolve();
    await Promise.resolve();
    two.follower.trust(true);
    expect((await request).state).not.toBe('hit');
  });

  it('serves what is there and too old when it cannot be made anew, after a restart too', async () => {
    const one = process();
    await one.through(of('old'));
    const two = process(one.shared);
    two.clock.wind(120_000);
    expect(told(await two.through(() => Promise.reject(new Error('away'))))).toEqual(['old', 'stale']);
    expect(two.shared.claims.size).toBe(0);
  });
});

describe('find', () => {
  const find = ({ cache }: ReturnType<typeof process>) => cache.find?.('key');

  it('gives what another process keeps, asking the tier once for all who ask at once, and keeps it in memory', async () => {
    const one = process();
    await one.through(of('made by one'));
    const two = process(one.shared);
    two.shared.asked.length = 0;
    const found = await Promise.all([find(two), find(two)]);
    expect(found.map((result) => result && [...told(result), result.tier, result.isSendable()])).toEqual([
      ['made by one', 'hit', 'shared', true],
      ['made by one', 'hit', 'shared', true],
    ]);
    expect(two.shared.asked).toEqual(['get key']);
    expect(two.cache.peek('key')).toMatchObject({ tier: 'memory' });
  });

  it.each([
    ['nothing is there', (rig: ReturnType<typeof process>) => rig.shared.entries.clear()],
    ['it has changed', (rig: ReturnType<typeof process>) => rig.follower.change('article:art')],
    ['it is of another log', (rig: ReturnType<typeof process>) => rig.follower.joinEpoch('epoch-2', 0)],
    ['it is too old', (rig: ReturnType<typeof process>) => rig.clock.wind(60_000)],
    ['nobody vouches for it', (rig: ReturnType<typeof process>) => rig.follower.trust(false)],
  ])('gives nothing when %s', async (_what, befall) => {
    const one = process();
    await one.through(of('old'));
    const two = process(one.shared);
    befall(two);
    expect(await find(two)).toBeUndefined();
    expect(two.seen).toEqual([]);
  });

  it('is not there without a shared tier', () => {
    expect(createCacheRig().cache.find).toBeUndefined();
  });
});

describe('through, of several processes at once', () => {
  const fleet = (shared = createHandSharedTier()) => Array.from({ length: 4 }, () => process(shared));

  it('makes one fill for five thousand requests on a cold key', async () => {
    const gate = createGate();
    let fills = 0;
    const fill = async (): Promise<Answer> => {
      fills += 1;
      await gate.pass();
      return answer('shared');
    };
    const processes = fleet();
    const requests = Array.from({ length: 5_000 }, (_, place) => (processes[place % 4] ?? process()).through(fill));
    await gate.reached;
    // The others look for it in vain a few times.
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    gate.open();
    const results = await Promise.all(requests);
    expect(fills).toBe(1);
    expect(new Set(results.map((result) => result.entry.body.toString()))).toEqual(new Set(['shared']));
    expect(results.every((result) => result.isSendable())).toBe(true);
  });

  it('makes at most two for a thousand who wait and a change in the middle', async () => {
    const gates = [createGate(), createGate()] as const;
    let fills = 0;
    const fill = async (): Promise<Answer> => {
      const turn = (fills += 1);
      await gates[turn - 1]?.pass();
      return answer(`fill ${turn}`);
    };
    const processes = fleet();
    const requests = Array.from({ length: 1_000 }, (_, place) => (processes[place % 4] ?? process()).through(fill));
    await gates[0].reached;
    for (const { follower } of processes) follower.change('article:art');
    gates[0].open();
    await gates[1].reached;
    gates[1].open();
    const texts = (await Promise.all(requests)).map((result) => result.entry.body.toString());
    expect(fills).toBe(2);
    // Those of the process that filled had all come before it began.
    expect(texts.filter((text) => text === 'fill 1')).toHaveLength(250);
    expect(texts.filter((text) => text === 'fill 2')).toHaveLength(750);
  });

  it('takes nothing from another process that a change has ended here, though that has not heard of it', async () => {
    const shared = createHandSharedTier();
    const [one, two] = [process(shared), process(shared)];
    const gate = createGate();
    const first = one.through(slowly(gate, 'old'));
    await gate.reached;
    two.follower.change('article:art');
    const second = two.through(of('new'));
    gate.open();
    expect([told(await first), told(await second)]).toEqual([
      ['old', 'filled'],
      ['new', 'filled'],
    ]);
  });

  it('waits a second for another process, in growing steps, and then makes it itself', async () => {
    const shared = createHandSharedTier();
    shared.claims.add('key');
    const steps: number[] = [];
    const { through } = process(shared, async (ms) => void steps.push(ms));
    expect(told(await through(of('own')))).toEqual(['own', 'filled']);
    expect(steps.slice(0, 5)).toEqual([5, 10, 20, 40, 50]);
    const waited = steps.reduce((sum, ms) => sum + ms);
    expect([waited >= 1_000, waited < 1_050]).toEqual([true, true]);
    // The other's claim is the other's.
    expect(shared.claims.size).toBe(1);
  });

  it('stops waiting when the other has given up', async () => {
    const shared = createHandSharedTier();
    shared.claims.add('key');
    let looks = 0;
    const { through } = process(shared, async () => {
      looks += 1;
      if (looks === 2) shared.claims.delete('key');
    });
    expect(told(await through(of('own')))).toEqual(['own', 'filled']);
    expect(looks).toBe(2);
  });
});
