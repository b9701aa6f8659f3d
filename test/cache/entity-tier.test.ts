import { describe, expect, it } from 'vitest';
import type { EntityShelf } from './entity-rig.ts';
import { createEntityRig } from './entity-rig.ts';
import { createGate } from '../support/gate.ts';

describe('an entity', () => {
  it('is read once, and given from memory for as long as nothing of it changes', async () => {
    const { ask, reads, write, follower } = createEntityRig();
    write('a', 1);
    expect(await ask('a')).toEqual(['a 1']);
    follower.change('article:b');
    expect(await ask('a')).toEqual(['a 1']);
    expect(reads).toEqual([['a']]);
  });

  it('is read again once one of its tags has changed', async () => {
    const { ask, reads, write, follower } = createEntityRig();
    write('a', 1);
    await ask('a');
    write('a', 2);
    follower.change('article:a');
    expect(await ask('a')).toEqual(['a 2']);
    expect(reads).toEqual([['a'], ['a']]);
  });

  it('is there without waiting for as long as nothing of it changes, and that it is not there too', async () => {
    const { ask, held, reads, write, follower, clock } = createEntityRig();
    write('a', 1);
    expect([held('a'), held('b')]).toEqual([undefined, undefined]);
    await ask('a', 'b');
    expect([held('a'), held('b')]).toEqual([['a 1'], []]);
    expect(held('a')).toBe(held('a'));
    follower.change('article:a');
    expect([held('a'), held('b')]).toEqual([undefined, []]);
    await ask('a');
    follower.trust(false);
    expect(held('a')).toBeUndefined();
    follower.trust(true);
    expect(held('a')).toEqual(['a 1']);
    clock.wind(300_000);
    expect(held('a')).toBeUndefined();
    expect(reads).toEqual([['a', 'b'], ['a']]);
  });

  it('is held with the tags that end it, the same ones every time', async () => {
    const { ask, heldTags, write } = createEntityRig();
    write('a', 1);
    await ask('a', 'b');
    expect([heldTags('a'), heldTags('b')]).toEqual([['article:a'], ['article:b']]);
    expect(heldTags('a')).toBe(heldTags('a'));
    expect(heldTags('c')).toBeUndefined();
  });

  it('is one part of a batch: only what is not held is asked for, in one call', async () => {
    const { ask, reads, write } = createEntityRig();
    for (const key of ['a', 'b', 'c', 'd']) write(key, 1);
    await ask('b', 'd');
    expect(await ask('a', 'b', 'c', 'd')).toEqual(['a 1', 'b 1', 'c 1', 'd 1']);
    expect(reads).toEqual([
      ['b', 'd'],
      ['a', 'c'],
    ]);
  });

  it('that was not there is remembered as that, until it may be', async () => {
    const { ask, reads, write, follower } = createEntityRig();
    expect(await ask('a')).toEqual([]);
    expect(await ask('a')).toEqual([]);
    expect(reads).toEqual([['a']]);
    write('a', 1);
    follower.change('article:a');
    expect(await ask('a')).toEqual(['a 1']);
  });

  it('grows old, for who writes past the log', async () => {
    const { ask, write, clock } = createEntityRig();
    write('a', 1);
    await ask('a');
    write('a', 2);
    clock.wind(299_999);
    expect(await ask('a')).toEqual(['a 1']);
    clock.wind(1);
    expect(await ask('a')).toEqual(['a 2']);
  });

  it('of another log is none of this one', async () => {
    const { ask, write, follower } = createEntityRig();
    write('a', 1);
    follower.change('article:b');
    await ask('a');
    write('a', 2);
    follower.joinEpoch('epoch-2', 0);
    expect(await ask('a')).toEqual(['a 2']);
  });

  it('that is asked for outlives the memory of the log', async () => {
    const { ask, reads, write, follower } = createEntityRig();
    write('a', 1);
    write('b', 1);
    await ask('a', 'b');
    follower.change('article:c');
    await ask('a');
    // What changed up to here is remembered no more.
    follower.forget();
    await ask('a', 'b');
    expect(reads).toEqual([['a', 'b'], ['b']]);
  });

  it('that was read most long ago gives way, to the second', async () => {
    const { ask, reads, write, seen, tier, clock } = createEntityRig({ limitBytes: 2_300 });
    for (const key of ['a', 'b', 'c', 'd']) write(key, 1);
    await ask('a', 'b', 'c');
    clock.wind(1_000);
    await ask('a');
    await ask('d');
    expect(seen.filter((line) => line === 'evicted')).toHaveLength(1);
    expect(tier.size()).toEqual({ bytes: expect.any(Number), entries: 3 });
    expect(tier.size().bytes).toBeLessThanOrEqual(2_300);
    await ask('a', 'c', 'd');
    expect(reads).toHaveLength(2);
    await ask('b');
    expect(reads).toHaveLength(3);
  });
});

describe('a tier that is nearly full', () => {
  const LIMIT = 64_000;
  const fill = async () => {
    const rig = createEntityRig({ limitBytes: LIMIT });
    const { tier, write, ask } = rig;
    for (let count = 0; LIMIT - tier.size().bytes >= LIMIT / 64; count += 1) {
      write(`hot-${count}`, 1);
      await ask(`hot-${count}`);
    }
    const hot = Array.from({ length: tier.size().entries }, (_, count) => `hot-${count}`);
    return { ...rig, hot };
  };

  it('is not emptied by a walk that asks for everything once, however long', async () => {
    const { hot, ask, reads, seen } = await fill();
    for (let count = 0; count < 3 * hot.length; count += 1) await ask(`cold-${count}`);
    expect(seen).not.toContain('evicted');
    const before = reads.length;
    await ask(...hot);
    expect(reads).toHaveLength(before);
  });

  it('keeps what comes back, in the place of what was read most long ago', async () => {
    const { ask, reads, seen, write, tier } = await fill();
    const fresh = Array.from({ length: 9 }, (_, count) => `new-${count}`);
    for (const key of fresh) write(key, 1);
    for (let time = 0; time < 2; time += 1) for (const key of fresh) await ask(key);
    const before = reads.length;
    expect(seen).toContain('evicted');
    expect(await ask(...fresh)).toEqual(fresh.map((key) => `${key} 1`));
    expect(reads).toHaveLength(before);
    expect(tier.size().bytes).toBeLessThanOrEqual(LIMIT);
  });

  it('keeps at once what takes the place of what has changed', async () => {
    const { ask, reads, write, follower } = await fill();
    write('hot-0', 2);
    follower.change('article:hot-0');
    expect(await ask('hot-0')).toEqual(['hot-0 2']);
    const before = reads.length;
    expect(await ask('hot-0')).toEqual(['hot-0 2']);
    expect(reads).toHaveLength(before);
  });
});

describe('while an entity is read', () => {
  const slow = () => {
    const gate = createGate();
    const rig = createEntityRig({ pass: gate.pass });
    return { ...rig, gate };
  };

  it('who comes meanwhile takes the same reading', async () => {
    const { ask, reads, write, gate } = slow();
    write('a', 1);
    const both = [ask('a'), ask('b', 'a')];
    await gate.reached;
    gate.open();
    expect(await Promise.all(both)).toEqual([['a 1'], ['a 1']]);
    expect(reads).toEqual([['a'], ['b']]);
  });

  it('a change makes those who come after it read again: the one that runs may have seen what was before', async () => {
    const { ask, reads, write, follower, gate } = slow();
    write('a', 1);
    const before = ask('a');
    await gate.reached;
    write('a', 2);
    follower.change('article:a');
    const after = [ask('a'), ask('a')];
    gate.open();
    expect(await before).toEqual(['a 1']);
    expect(await Promise.all(after)).toEqual([['a 2'], ['a 2']]);
    expect(reads).toEqual([['a'], ['a']]);
    expect(await ask('a')).toEqual(['a 2']);
    expect(reads).toHaveLength(2);
  });

  it('a change is not overlooked by what is kept of the reading', async () => {
    const { ask, write, follower, gate } = slow();
    write('a', 1);
    const before = ask('a');
    await gate.reached;
    write('a', 2);
    follower.change('article:a');
    gate.open();
    await before;
    expect(await ask('a')).toEqual(['a 2']);
  });

  it('what comes late is not put in the place of what came before it and is newer', async () => {
    const [first, second] = [createGate(), createGate()];
    const gates = [first, second];
    const { ask, reads, write, follower } = createEntityRig({ pass: () => (gates.shift() ?? second).pass() });
    write('a', 1);
    const early = ask('a');
    await first.reached;
    write('a', 2);
    follower.change('article:a');
    const late = ask('a');
    second.open();
    expect(await late).toEqual(['a 2']);
    first.open();
    expect(await early).toEqual(['a 1']);
    expect(await ask('a')).toEqual(['a 2']);
    expect(reads).toHaveLength(2);
  });

  it('a failure is everybody’s who waits, and nobody’s who comes after', async () => {
    const { ask, write, fail, gate } = slow();
    fail(new Error('the store failed'));
    const all = [ask('a'), ask('a')];
    await gate.reached;
    gate.open();
    for (const { status } of await Promise.allSettled(all)) expect(status).toBe('rejected');
    fail(undefined);
    write('a', 1);
    expect(await ask('a')).toEqual(['a 1']);
  });
});

describe('while nobody can say what has changed', () => {
  it('the store is asked, and what is held is neither used nor replaced', async () => {
    const { ask, reads, write, follower, seen } = createEntityRig();
    write('a', 1);
    await ask('a');
    follower.trust(false);
    write('a', 2);
    expect(await ask('a')).toEqual(['a 2']);
    follower.trust(true);
    follower.change('article:a');
    expect(await ask('a')).toEqual(['a 2']);
    expect(reads).toHaveLength(3);
    expect(seen).toEqual(['article missing', 'article bypassed', 'article ended']);
  });

  it('of one store alone, that one is asked', async () => {
    const told = { isTold: true };
    const { ask, reads, write } = createEntityRig({ isTold: () => told.isTold });
    write('a', 1);
    await ask('a');
    told.isTold = false;
    write('a', 2);
    expect(await ask('a')).toEqual(['a 2']);
    told.isTold = true;
    // Whatever changed there is told by now, or will be.
    expect(await ask('a')).toEqual(['a 1']);
    expect(reads).toHaveLength(2);
  });

  it('a reading that began before is not kept', async () => {
    const gate = createGate();
    const { ask, reads, write, follower } = createEntityRig({ pass: gate.pass });
    write('a', 1);
    const before = ask('a');
    await gate.reached;
    follower.trust(false);
    gate.open();
    await before;
    follower.trust(true);
    await ask('a');
    expect(reads).toHaveLength(2);
  });
});

describe('shelves', () => {
  it('have nothing in common', async () => {
    const { tier, follower, ask, write } = createEntityRig();
    write('a', 1);
    await ask('a');
    const other: EntityShelf = {
      name: 'body',
      keyOf: (key) => key,
      homeOf: (text) => text.charAt(0),
      tagsOf: () => [],
      read: async (keys) => keys.flatMap((key) => [`${key} body`, `${key} more`]),
      isTold: () => true,
    };
    expect(await tier.keep(other)(['a'])).toEqual(['a body', 'a more']);
    follower.change('article:a');
    expect(await ask('a')).toEqual(['a 1']);
  });
});
