import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { GatewayError } from '../../src/errors.ts';
import { withinTime, type Deadline } from '../../src/loaders/within-time.ts';

const refuse = (takenMs: number): GatewayError =>
  new GatewayError('STORE_TIMEOUT', `late by ${takenMs >= 1 ? 'some' : 'no'} ms`);

describe('withinTime', () => {
  it('gives what was made in time, and ends nothing', async () => {
    let given: Deadline | undefined;
    const made = await withinTime({ limitMs: 60_000, refuse }, async (signal) => {
      given = signal;
      return 'made';
    });
    expect(made).toBe('made');
    expect(() => given?.throwIfAborted()).not.toThrow();
  });

  it('refuses what takes longer, and lets it begin nothing more', async () => {
    let given: Deadline | undefined;
    const late = withinTime({ limitMs: 2, refuse }, (signal) => {
      given = signal;
      return new Promise<never>(() => undefined);
    });
    await expect(late).rejects.toThrow('late by some ms');
    expect(() => given?.throwIfAborted()).toThrow(expect.objectContaining({ code: 'STORE_TIMEOUT' }));
  });

  it('passes on what fails by itself', async () => {
    await expect(withinTime({ limitMs: 60_000, refuse }, async () => Promise.reject(new Error('own')))).rejects.toThrow(
      'own',
    );
  });

  it('counts what is done before anything is waited for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const late = withinTime({ limitMs: 50, refuse: (takenMs) => refuse(takenMs === 50 ? 1 : 0) }, () => {
      vi.advanceTimersByTime(40);
      return new Promise<never>(() => undefined);
    });
    vi.advanceTimersByTime(10);
    await expect(late).rejects.toThrow('late by some ms');
  });
});
