import { describe, expect, it } from 'vitest';
import { createWoundClock } from './wound-clock.ts';

const START = Date.UTC(2026, 0, 1);

describe('createWoundClock', () => {
  it('stands still until it is wound', () => {
    const clock = createWoundClock(START);
    expect([clock.now(), clock.now()]).toEqual([START, START]);
  });

  it('moves on by what it is wound, and back', () => {
    const clock = createWoundClock(START);
    clock.wind(1_500);
    clock.wind(500);
    expect(clock.now()).toBe(START + 2_000);
    clock.wind(-3_000);
    expect(clock.now()).toBe(START - 1_000);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses to be wound by %s', (milliseconds) => {
    const clock = createWoundClock(START);
    expect(() => clock.wind(milliseconds)).toThrow(
      new TypeError(`A clock is wound by whole milliseconds, not by ${milliseconds}`),
    );
    expect(clock.now()).toBe(START);
  });
});
