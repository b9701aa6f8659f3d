import type { Worker } from 'node:cluster';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepProcess, pauseAfter } from '../../src/cli/keep-process.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

/** A process as far as its keeper sees it. */
class Life extends EventEmitter {
  readonly signals: string[] = [];
  readonly process: { pid: number | undefined; kill: (signal: string) => void };

  constructor(pid: number | undefined) {
    super();
    this.process = { pid, kill: (signal) => void this.signals.push(signal) };
  }
}

const keep = ({ isStarted = true } = {}) => {
  const lives: Life[] = [];
  const kept = keepProcess({
    name: 'desk-1',
    start: () => {
      const life = new Life(isStarted ? 1 : undefined);
      lives.push(life);
      return life as unknown as Worker;
    },
    stopLimitMs: 20_000,
    logger: createLogger('silent', 'desk'),
  });
  return { kept, lives, last: () => lives.at(-1) as Life };
};

describe('pauseAfter', () => {
  it('grows with every death in a row, up to half a minute', () => {
    expect([1, 2, 3, 4, 8, 9, 1_000_000].map(pauseAfter)).toEqual([250, 500, 1_000, 2_000, 30_000, 30_000, 30_000]);
  });
});

describe('keepProcess', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('starts it again whenever it dies, later each time, and soon when it had been well', async () => {
    const { kept, lives, last } = keep();
    last().emit('listening');
    await kept.serves;
    for (const pauseMs of [250, 500, 1_000]) {
      const count = lives.length;
      last().emit('exit', 1, null);
      vi.advanceTimersByTime(pauseMs - 1);
      expect(lives).toHaveLength(count);
      vi.advanceTimersByTime(1);
      expect(lives).toHaveLength(count + 1);
    }
    last().emit('listening');
    vi.advanceTimersByTime(60_001);
    last().emit('exit', null, 'SIGKILL');
    vi.advanceTimersByTime(250);
    expect(lives).toHaveLength(5);
  });

  it('gives up one that ends by itself before it served, with its status', async () => {
    const { kept, lives, last } = keep();
    last().emit('exit', 2, null);
    await expect(kept.serves).rejects.toMatchObject({ exitStatus: 2 });
    vi.advanceTimersByTime(60_000);
    expect(lives).toHaveLength(1);
    expect(await kept.stop()).toBe(true);
  });

  it.each([
    ['is killed', true],
    ['cannot be started', false],
  ])('gives up one that %s five times before it served', async (_, isStarted) => {
    const { kept, lives, last } = keep({ isStarted });
    for (let death = 1; death <= 5; death += 1) {
      if (isStarted) last().emit('exit', null, 'SIGKILL');
      else last().emit('error', new Error('EAGAIN'));
      vi.advanceTimersByTime(30_000);
    }
    await expect(kept.serves).rejects.toMatchObject({ exitStatus: 1 });
    expect(lives).toHaveLength(5);
  });

  it('stops it, and says whether it ended in order', async () => {
    for (const [exitStatus, signal, isInOrder] of [
      [0, null, true],
      [null, 'SIGTERM', true],
      [1, null, false],
    ] as const) {
      const { kept, last } = keep();
      const stopped = kept.stop();
      expect(last().signals).toEqual(['SIGTERM']);
      last().emit('exit', exitStatus, signal);
      expect(await stopped).toBe(isInOrder);
    }
  });

  it('kills it when it does not stop within the bound', async () => {
    const { kept, last } = keep();
    const stopped = kept.stop();
    vi.advanceTimersByTime(20_000);
    expect(last().signals).toEqual(['SIGTERM', 'SIGKILL']);
    last().emit('exit', null, 'SIGKILL');
    expect(await stopped).toBe(false);
  });

  it('does not start it again once it is stopped between two lives, nor count it as serving', async () => {
    const between = keep();
    between.last().emit('exit', null, 'SIGKILL');
    expect(await between.kept.stop()).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(between.lives).toHaveLength(1);

    const early = keep();
    const serves = vi.fn<() => void>();
    void early.kept.serves.then(serves);
    const stopped = early.kept.stop();
    early.last().emit('listening');
    early.last().emit('exit', 0, null);
    await stopped;
    expect(serves).not.toHaveBeenCalled();
  });
});
