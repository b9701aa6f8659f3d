import { describe, expect, it } from 'vitest';
import { createCacheRig, of } from './cache-rig.ts';

const READS = { tags: ['article:a'] } as const;

describe('through, making again what a change had ended', () => {
  it('tells whether that was for nothing: the bytes came back the same', async () => {
    const { follower, through, remade } = createCacheRig();
    await through(of('one', READS));
    follower.change('article:a');
    await through(of('one', READS));
    follower.change('article:a');
    await through(of('two', READS));
    expect(remade).toEqual([true, false]);
  });

  it('says nothing of answers that grew too old', async () => {
    const { clock, through, remade } = createCacheRig();
    await through(of('one', { ...READS, maxAgeSeconds: 1 }));
    clock.wind(10 * 60_000);
    await through(of('one', READS));
    expect(remade).toEqual([]);
  });
});
