import { describe, expect, it } from 'vitest';
import { createMemoryTier } from '../../src/cache/memory-tier.ts';
import type { Kept } from '../../src/cache/validity.ts';
import { answer } from './answer.ts';

/** Some 10,000 bytes each, as they are counted. */
const BODY_BYTES = 6_500;

/** What came in one piece with other things, and stands at its end. */
const keptInPiece = (text: string): Kept => {
  const piece = Buffer.alloc(64 * 1024, text);
  const body = piece.subarray(piece.length - BODY_BYTES);
  const entry = { ...answer(text), body, fence: 0, epoch: 'epoch', filledAt: 0 };
  return {
    entry,
    notes: {},
    keptAt: 0,
    epoch: 'epoch',
    liveUntil: 60_000,
    unchangedAt: -1,
    refillFailedAt: undefined,
    hit: undefined,
  };
};

const createTier = (entries: number) => {
  const evicted: string[] = [];
  const tier = createMemoryTier({
    limitBytes: entries * 10_300,
    judge: () => 'live',
    onEvicted: (cause) => evicted.push(cause),
  });
  return { tier, evicted };
};

describe('offer', () => {
  it('keeps what there is room for, and nothing of the piece it came in', () => {
    const { tier } = createTier(2);
    const kept = keptInPiece('a');
    const own = tier.offer('a', kept);
    expect(tier.peek('a')).toBe(own);
    expect(own.entry.body.equals(kept.entry.body)).toBe(true);
    expect(own.entry.body.buffer.byteLength).toBe(BODY_BYTES);
  });

  it('drives nothing out for what comes once', () => {
    const { tier, evicted } = createTier(2);
    for (const key of ['a', 'b']) tier.offer(key, keptInPiece(key));
    const passing = keptInPiece('c');
    expect(tier.offer('c', passing)).toBe(passing);
    expect(['a', 'b', 'c'].map((key) => tier.peek(key) !== undefined)).toEqual([true, true, false]);
    expect(evicted).toEqual([]);
  });

  it('takes what comes back soon, in the place of what was unread longest', () => {
    const { tier, evicted } = createTier(2);
    for (const key of ['a', 'b']) tier.offer(key, keptInPiece(key));
    tier.get('a');
    tier.offer('c', keptInPiece('c'));
    tier.offer('c', keptInPiece('c'));
    expect(['a', 'b', 'c'].map((key) => tier.peek(key) !== undefined)).toEqual([true, false, true]);
    expect(evicted).toEqual(['space']);
  });

  it('takes the place of what stood there, which is of no more use', () => {
    const { tier } = createTier(1);
    tier.offer('a', keptInPiece('old'));
    tier.offer('a', keptInPiece('new'));
    expect(tier.peek('a')?.entry.body.toString('latin1', 0, 3)).toBe('wne');
  });
});
