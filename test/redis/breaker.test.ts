import { describe, expect, it } from 'vitest';
import { createBreaker } from '../../src/redis/breaker.ts';

const setUp = () => {
  const told: string[] = [];
  const breaker = createBreaker({
    failures: 3,
    trials: 2,
    onOpened: (reason) => told.push(`opened: ${reason}`),
    onClosed: () => told.push('closed'),
  });
  return { breaker, told };
};

describe('createBreaker', () => {
  it('asks nobody before a trial has gone well, twice in a row', () => {
    const { breaker, told } = setUp();
    breaker.succeeded();
    breaker.failed('slow');
    breaker.succeeded();
    expect(breaker.isClosed()).toBe(false);
    breaker.succeeded();
    expect([breaker.isClosed(), told]).toEqual([true, ['closed']]);
  });

  it('opens after failures in a row, not after as many among answers', () => {
    const { breaker, told } = setUp();
    for (let i = 0; i < 2; i += 1) breaker.succeeded();
    for (let i = 0; i < 10; i += 1) {
      breaker.failed('slow');
      breaker.failed('slow');
      breaker.succeeded();
    }
    expect(breaker.isClosed()).toBe(true);
    for (let i = 0; i < 3; i += 1) breaker.failed('slow');
    expect([breaker.isClosed(), told]).toEqual([false, ['closed', 'opened: slow']]);
  });

  it('opens at once when the other side is known to be away, and says so once', () => {
    const { breaker, told } = setUp();
    for (let i = 0; i < 2; i += 1) breaker.succeeded();
    breaker.open('gone');
    breaker.open('gone');
    breaker.failed('gone');
    expect([breaker.isClosed(), told]).toEqual([false, ['closed', 'opened: gone']]);
  });

  it('starts its trials anew when it is told again that the other side is away', () => {
    const { breaker } = setUp();
    breaker.succeeded();
    breaker.open('gone');
    breaker.succeeded();
    expect(breaker.isClosed()).toBe(false);
  });
});
