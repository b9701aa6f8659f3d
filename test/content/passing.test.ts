import { describe, expect, it } from 'vitest';
import { createPassing } from '../../src/content/passing.ts';
import { leftByTurn } from '../support/young-garbage.ts';

describe('createPassing', () => {
  it('holds what was set under a key until it is deleted', () => {
    const passing = createPassing<string | undefined>();
    passing.set('one', 'first');
    passing.set('one', 'second');
    passing.set(2, 'other');
    expect([passing.get('one'), passing.get(2), passing.get('none'), passing.size()]).toEqual([
      'second',
      'other',
      undefined,
      2,
    ]);
    passing.delete('one');
    passing.delete('one');
    expect([passing.get('one'), passing.size(), passing.values()]).toEqual([undefined, 1, ['other']]);
  });

  it('takes any text for a key', () => {
    const passing = createPassing<number>();
    for (const key of ['__proto__', 'constructor', '']) expect(passing.get(key)).toBeUndefined();
    passing.set('__proto__', 1);
    expect([passing.get('__proto__'), passing.get('constructor'), passing.size()]).toEqual([1, undefined, 1]);
    passing.delete('__proto__');
    expect(passing.size()).toBe(0);
  });

  it('keeps nothing of what it has let go', async () => {
    const passing = createPassing<{ readonly text: string }>();
    const left = await leftByTurn((turn) => {
      for (let index = 0; index < 58; index += 1) {
        if (index < 50) passing.set(`${turn} ${index}`, { text: Buffer.alloc(20_000, 'x').toString('latin1') });
        passing.delete(`${turn} ${index - 8}`);
      }
    });
    expect(left).toBeLessThan(10_000);
  });
});
