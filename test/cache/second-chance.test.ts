import { describe, expect, it } from 'vitest';
import { createSecondChance } from '../../src/cache/second-chance.ts';

describe('createSecondChance', () => {
  it('knows again what comes back', () => {
    const refused = createSecondChance(() => 2);
    expect([refused.isSecond('a'), refused.isSecond('b'), refused.isSecond('a')]).toEqual([false, false, true]);
  });

  it('has forgotten what was known again: it waits somewhere else now', () => {
    const refused = createSecondChance(() => 2);
    expect([refused.isSecond('a'), refused.isSecond('a'), refused.isSecond('a')]).toEqual([false, true, false]);
  });

  it('forgets what came before too many others', () => {
    const refused = createSecondChance(() => 2);
    for (const key of ['a', 'b', 'c']) expect(refused.isSecond(key)).toBe(false);
    expect(refused.isSecond('a')).toBe(false);
  });

  it('never knows anything of a walk over more than it reaches, however often it is made', () => {
    const refused = createSecondChance(() => 10);
    const walk = Array.from({ length: 11 }, (_, index) => `key ${index}`);
    for (let time = 0; time < 3; time += 1) expect(walk.some((key) => refused.isSecond(key))).toBe(false);
  });

  it('follows its reach when that shrinks', () => {
    let reach = 5;
    const refused = createSecondChance(() => reach);
    for (const key of ['a', 'b', 'c', 'd', 'e']) refused.isSecond(key);
    reach = 1;
    expect([refused.isSecond('f'), refused.isSecond('e'), refused.isSecond('f')]).toEqual([false, false, false]);
  });

  it('knows one key again even where nothing is held', () => {
    const refused = createSecondChance(() => 0);
    expect([refused.isSecond('a'), refused.isSecond('a')]).toEqual([false, true]);
  });
});
