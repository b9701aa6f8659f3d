import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTrust, RECOVERY_MS } from '../../src/changes/trust.ts';

const setUp = () => {
  const time = { monotonic: 1_000, wall: 1_000_000 };
  const doubts: number[] = [];
  const trust = createTrust({
    leaseMs: 2_000,
    degradedMs: 10_000,
    monotonic: () => time.monotonic,
    wall: () => time.wall,
    onDoubt: () => doubts.push(time.monotonic),
  });
  const pass = (milliseconds: number): void => {
    time.monotonic += milliseconds;
    time.wall += milliseconds;
  };
  return { trust, time, pass, doubts };
};

describe('isTrusted', () => {
  it('ends when the lease does, on the clock that stops with the machine', () => {
    const { trust, time } = setUp();
    trust.grant(trust.instant());
    time.monotonic += 2_000;
    expect(trust.isTrusted()).toBe(true);
    time.monotonic += 1;
    expect(trust.isTrusted()).toBe(false);
  });

  it('ends when the lease does, on the clock that goes on while the machine is suspended', () => {
    const { trust, time } = setUp();
    trust.grant(trust.instant());
    time.wall += 2_001;
    expect(trust.isTrusted()).toBe(false);
  });

  it('is not stretched by a wall clock that is set back', () => {
    const { trust, time } = setUp();
    trust.grant(trust.instant());
    time.wall -= 3_600_000;
    time.monotonic += 2_001;
    expect(trust.isTrusted()).toBe(false);
  });

  it('runs from before the renewal was sent, however late it was granted', () => {
    const { trust, pass } = setUp();
    const sent = trust.instant();
    pass(1_900);
    trust.grant(sent);
    pass(101);
    expect(trust.isTrusted()).toBe(false);
  });
});

describe('standing', () => {
  it('is recovering for a moment when the lease has ended and nobody knows why, and asks for the log once', () => {
    const { trust, pass, doubts } = setUp();
    trust.grant(trust.instant());
    // Stopped by a signal for longer than the degraded window: nothing failed meanwhile.
    pass(60_000);
    expect([trust.standing(), trust.standing()]).toEqual(['recovering', 'recovering']);
    expect(doubts).toHaveLength(1);
    pass(RECOVERY_MS);
    expect(trust.standing()).toBe('lost');
  });

  it('is degraded from the end of trust for as long as it may, then lost', () => {
    const { trust, pass } = setUp();
    trust.grant(trust.instant());
    trust.failed();
    pass(2_001);
    expect(trust.standing()).toBe('degraded');
    pass(9_998);
    expect(trust.standing()).toBe('degraded');
    pass(1);
    expect(trust.standing()).toBe('lost');
  });

  it('counts the degraded window from the end of trust, not from its first request', () => {
    const { trust, pass } = setUp();
    trust.grant(trust.instant());
    pass(12_000);
    trust.failed();
    expect(trust.standing()).toBe('lost');
  });

  it('is lost for a process that has never been trusted', () => {
    const { trust } = setUp();
    trust.failed();
    expect(trust.standing()).toBe('lost');
  });

  it('is trusted again with the next renewal', () => {
    const { trust, pass } = setUp();
    trust.grant(trust.instant());
    pass(5_000);
    trust.failed();
    expect(trust.standing()).toBe('degraded');
    trust.grant(trust.instant());
    expect(trust.standing()).toBe('trusted');
  });

  it('trusts nothing once it was told to end, until a renewal', () => {
    const { trust } = setUp();
    trust.grant(trust.instant());
    trust.end();
    expect([trust.isTrusted(), trust.standing()]).toEqual([false, 'recovering']);
  });
});

describe('settled', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each(['grant', 'failed'] as const)('resolves with the next %s', async (event) => {
    const { trust, pass } = setUp();
    trust.grant(trust.instant());
    pass(3_000);
    const settled = trust.settled();
    if (event === 'grant') trust.grant(trust.instant());
    else trust.failed();
    await settled;
    expect(trust.standing()).toBe(event === 'grant' ? 'trusted' : 'degraded');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('resolves by itself when nothing is heard', async () => {
    const { trust, pass } = setUp();
    trust.grant(trust.instant());
    pass(3_000);
    const settled = trust.settled();
    pass(RECOVERY_MS);
    await vi.advanceTimersByTimeAsync(RECOVERY_MS);
    await settled;
    expect(trust.standing()).toBe('degraded');
  });

  it('resolves at once for whoever is trusted', async () => {
    const { trust } = setUp();
    trust.grant(trust.instant());
    await trust.settled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
