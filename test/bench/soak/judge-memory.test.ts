import { describe, expect, it } from 'vitest';
import { judgeMemory, type MinuteOfMemory } from './judge-memory.ts';

const minutes = (of: (minute: number) => number): readonly MinuteOfMemory[] =>
  Array.from({ length: 20 }, (_, minute) => ({ mean: of(minute), most: of(minute) + 10 }));

describe('judgeMemory', () => {
  it.each([
    ['stays as it is', () => 300],
    ['fills its caches first', (minute: number) => Math.min(330, 200 + minute * 20)],
    ['breathes', (minute: number) => 300 + (minute % 2) * 20],
  ])('finds no fault in what %s', (_what, of) => {
    expect(judgeMemory(minutes(of), 400).isSound).toBe(true);
  });

  it('finds what grows, however little it has by then', () => {
    expect(
      judgeMemory(
        minutes((minute) => 300 + minute * 4),
        400,
      ),
    ).toEqual({
      isSound: false,
      told: 'at most 386 MB of 400; 348 MB in the third quarter, 368 in the last: IT GROWS',
    });
  });

  it('finds what uses more than it may for a second', () => {
    expect(
      judgeMemory(
        minutes(() => 391),
        400,
      ).told,
    ).toContain('at most 401 MB of 400: TOO MUCH');
  });
});
