import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/changes/change.ts';
import { createTagMemory } from '../../src/changes/tag-memory.ts';
import type { CacheTag } from '../../src/content/tags.ts';

const setUp = (tagLimit = 100) => {
  const time = { ms: 0 };
  const memory = createTagMemory({ tagLimit, softMs: 10_000, monotonic: () => time.ms });
  let sequence = 0;
  const change = (tags: readonly CacheTag[], more: Partial<Change> = {}): void =>
    memory.apply({
      sequence: (sequence += 1),
      kind: 'UPDATE',
      articleId: null,
      edition: null,
      version: null,
      tombstone: null,
      occurredAt: 0,
      isSoft: false,
      tags,
      ...more,
    });
  return { memory, change, time };
};

describe('softOf', () => {
  it('is a run that begins after the last change that was not soft', () => {
    const { memory, change, time } = setUp();
    change(['article:a']);
    time.ms = 5;
    change(['article:a'], { isSoft: true });
    time.ms = 9;
    change(['article:a'], { isSoft: true });
    expect(memory.softOf('article:a')).toEqual({ before: 1, sinceMs: 5 });
    expect(memory.lastOf('article:a')).toBe(3);
  });

  it('ends with a change that is not soft, and with any withdrawal whatever it says of itself', () => {
    const { memory, change } = setUp();
    change(['article:a', 'article:b'], { isSoft: true });
    change(['article:a']);
    change(['article:b'], { isSoft: true, kind: 'KILL' });
    expect([memory.softOf('article:a'), memory.softOf('article:b')]).toEqual([undefined, undefined]);
  });

  it('begins anew once the last run excuses nothing any more, and does not excuse what that run changed', () => {
    const { memory, change, time } = setUp();
    change(['article:a'], { isSoft: true });
    time.ms = 10_001;
    change(['article:a'], { isSoft: true });
    // What was read before change 1 stays dead: its ten seconds are over.
    expect(memory.softOf('article:a')).toEqual({ before: 1, sinceMs: 10_001 });
  });

  it('is forgotten, not stretched, when too many tags are in one', () => {
    const { memory, change } = setUp(2);
    change(['article:a', 'article:b', 'article:c'], { isSoft: true });
    expect(memory.softOf('article:a')).toBe(undefined);
  });
});

describe('restart', () => {
  it('counts everything made before as changed', () => {
    const { memory, change } = setUp();
    change(['article:a'], { isSoft: true });
    memory.restart(40);
    expect([memory.lastOf('article:a'), memory.lastWithdrawalOf('article:a'), memory.floor()]).toEqual([40, 40, 40]);
    expect([memory.softOf('article:a'), memory.size()]).toEqual([undefined, 0]);
  });
});
