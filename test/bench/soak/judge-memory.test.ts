import { describe, expect, it } from 'vitest';
import { judgeMemory } from './judge-memory.ts';

const minutes = (of: (minute: number) => number): readonly number[] =>
  Array.from({ length: 20 }, (_, minute) => of(minute));

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
        minutes((minute) => 100 + minute * 5),
        400,
      ),
    ).toEqual({
      isSound: false,
      told: 'at most 195 MB of 400; 160 MB in the third quarter, 185 in the last: IT GROWS',
    });
  });

  it('finds what uses more than it may', () => {
    expect(
      judgeMemory(
        minutes(() => 401),
        400,
      ).told,
    ).toContain('at most 401 MB of 400: TOO MUCH');
  });
});
