import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/errors.ts';
import { createGuard } from '../../../src/stores/guarded/guard.ts';
import { DEFAULT_GUARD } from '../../../src/stores/guarded/guard-settings.ts';
import { AnswerError, EndedCall } from '../../../src/stores/guarded/judge-failure.ts';
import { RefusedCall } from '../../../src/stores/guarded/refused-call.ts';
import { OutboundError } from '../../../src/outbound/http-client.ts';
import { createGate } from '../../support/gate.ts';
import { leftByTurn } from '../../support/young-garbage.ts';
import { createHandGuard } from './hand-guard.ts';

const READ = { isIdempotent: true };
const gone = (): OutboundError => new OutboundError('unreachable', 'wires.example did not answer (ECONNREFUSED)');
const busy = (retryAfterMs?: number): AnswerError =>
  new AnswerError('busy', 'answered 503', { retryAfterMs, isPassing: true });
const fail = (error: unknown) => async () => {
  throw error;
};
const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const hang = (): Promise<never> => new Promise<never>(() => undefined);

describe('run', () => {
  it('gives what the call gives', async () => {
    const { guard, told } = createHandGuard();
    expect(await guard.run(async () => 7, READ)).toBe(7);
    expect(told).toEqual(['answered']);
  });

  it('turns a failure into one of the store by its name, the reason as its cause', async () => {
    const { guard } = createHandGuard({ retries: 0 });
    const cause = gone();
    expect(await failureOf(guard.run(fail(cause), READ))).toMatchObject({
      code: 'STORE_FAILED',
      store: 'wires',
      cause,
    });
  });

  it('gives a failure of the database behind it the name it is configured by', async () => {
    const { guard } = createHandGuard({ retries: 0 });
    const inner = new StoreError('postgres', 'STORE_TIMEOUT');
    expect(await failureOf(guard.run(fail(inner), READ))).toMatchObject({
      code: 'STORE_TIMEOUT',
      store: 'wires',
      cause: inner,
    });
  });

  it('lets a mistake of ours through, and holds it against nobody', async () => {
    const { guard, told } = createHandGuard({ breaker: { failures: 1, openMs: 1_000, longestOpenMs: 1_000 } });
    const mistake = new TypeError('no such property');
    expect(await failureOf(guard.run(fail(mistake), READ))).toBe(mistake);
    expect(guard.isWell()).toBe(true);
    expect(told).toEqual(['answered']);
  });
});

describe('the deadline', () => {
  it('ends the call, and says that it was late', async () => {
    const { guard, told } = createHandGuard({ deadlineMs: 20 });
    let heard: AbortSignal | undefined;
    const failure = await failureOf(
      guard.run((signal) => {
        heard = signal;
        return hang();
      }, READ),
    );
    expect(failure).toMatchObject({ code: 'STORE_TIMEOUT', store: 'wires', message: 'wires did not answer in time' });
    expect((failure as Error).cause).toBeInstanceOf(EndedCall);
    expect(heard?.aborted).toBe(true);
    expect(told).toEqual(['late']);
  });

  it('counts the waiting for a place, and keeps none for who has left', async () => {
    const { guard, told } = createHandGuard({ deadlineMs: 20, concurrency: 1, queue: 1 });
    const failures = await Promise.all([failureOf(guard.run(hang, READ)), failureOf(guard.run(hang, READ))]);
    expect(failures).toMatchObject([{ code: 'STORE_TIMEOUT' }, { code: 'STORE_TIMEOUT' }]);
    expect(await guard.run(async () => 'next', READ)).toBe('next');
    expect(told.at(-1)).toBe('answered');
    expect(guard.load()).toEqual({ running: 0, waiting: 0 });
  });

  it('that a reader leaves is no failure of the store', async () => {
    const { guard, told } = createHandGuard({ breaker: { failures: 1, openMs: 1_000, longestOpenMs: 1_000 } });
    const leaving = new AbortController();
    const reason = new Error('the operation ran for too long');
    const failure = failureOf(guard.run(hang, { ...READ, signal: leaving.signal }));
    leaving.abort(reason);
    expect(await failure).toBe(reason);
    expect([guard.isWell(), told]).toEqual([true, ['abandoned']]);
    expect(await failureOf(guard.run(async () => 7, { ...READ, signal: leaving.signal }))).toBe(reason);
  });
});

describe('retries', () => {
  /** Fails with each of `errors` in turn, then answers. */
  const failing = (...errors: readonly unknown[]) => {
    const left = [...errors];
    return async (): Promise<string> => {
      if (left.length > 0) throw left.shift();
      return 'well';
    };
  };

  it.each([
    ['nobody was there', gone()],
    ['it was busy', busy()],
    ['it was busy and said until when', busy(10)],
    [
      'the database was shut down',
      new StoreError('wires', 'STORE_FAILED', { cause: Object.assign(new Error(), { code: '57P01' }) }),
    ],
  ])('reads once more when %s', async (_, error) => {
    const { guard, told } = createHandGuard();
    expect(await guard.run(failing(error), READ)).toBe('well');
    expect(told.slice(1)).toEqual(['retried', 'answered']);
  });

  it.each([
    ['a late answer', new OutboundError('deadline', 'late')],
    ['an answer that is too large', new OutboundError('too-large', 'large')],
    ['an answer out of contract', new AnswerError('contract', 'a page')],
    ['500', new AnswerError('broken', 'answered 500')],
    ['a Retry-After past the deadline', busy(3_000)],
    [
      'a statement that is wrong',
      new StoreError('wires', 'STORE_FAILED', { cause: Object.assign(new Error(), { code: '42703' }) }),
    ],
  ])('never after %s', async (_, error) => {
    const { guard, told } = createHandGuard();
    expect(await failureOf(guard.run(failing(error), READ))).toBeInstanceOf(StoreError);
    expect(told).toHaveLength(1);
  });

  it('never what is not the same when done twice', async () => {
    const { guard, told } = createHandGuard();
    expect(await failureOf(guard.run(failing(gone()), { isIdempotent: false }))).toBeInstanceOf(StoreError);
    expect(told).toEqual(['unreachable']);
  });

  it('as often as told, and no more often', async () => {
    const { guard, told } = createHandGuard({ retries: 2, breaker: { failures: 9, openMs: 1, longestOpenMs: 1 } });
    expect(await guard.run(failing(gone(), gone()), READ)).toBe('well');
    expect(await failureOf(guard.run(failing(gone(), gone(), gone()), READ))).toBeInstanceOf(StoreError);
    expect(told.filter((word) => word === 'retried')).toHaveLength(4);
  });

  it('for a tenth of the calls at most, once the reserve is spent', async () => {
    // A breaker that never opens: the budget alone holds.
    const { guard, told } = createHandGuard({
      concurrency: 1_000,
      breaker: { failures: 1e9, openMs: 0, longestOpenMs: 0 },
    });
    await Promise.all(Array.from({ length: 400 }, () => failureOf(guard.run(fail(gone()), READ))));
    const retried = told.filter((word) => word === 'retried').length;
    expect(retried).toBeLessThanOrEqual(10 + 40);
    expect(retried).toBeGreaterThanOrEqual(10);
  });
});

describe('the bulkhead', () => {
  it('lets as many run and as many wait as told, and refuses the next at once', async () => {
    const { guard, told } = createHandGuard({ concurrency: 2, queue: 3 });
    const gate = createGate();
    const running = Array.from({ length: 5 }, (_, index) =>
      guard.run(async () => {
        await gate.pass();
        return index;
      }, READ),
    );
    expect(guard.load()).toEqual({ running: 2, waiting: 3 });
    const failure = await failureOf(guard.run(async () => 7, READ));
    expect(failure).toMatchObject({ code: 'STORE_FAILED', store: 'wires' });
    expect((failure as Error).cause).toBeInstanceOf(RefusedCall);
    gate.open();
    expect(await Promise.all(running)).toEqual([0, 1, 2, 3, 4]);
    expect(told).toEqual(['refused: full', ...Array.from({ length: 5 }, () => 'answered')]);
  });
});

describe('the breaker', () => {
  const settings = { retries: 0, breaker: { failures: 3, openMs: 1_000, longestOpenMs: 4_000 } };
  const sicken = async ({ guard }: ReturnType<typeof createHandGuard>): Promise<void> => {
    for (let count = 0; count < 3; count += 1) await failureOf(guard.run(fail(gone()), READ));
  };

  it('opens after failures in a row, says so once, and asks nobody', async () => {
    const hand = createHandGuard(settings);
    await sicken(hand);
    expect(hand.guard.isWell()).toBe(false);
    let calls = 0;
    const failure = await failureOf(hand.guard.run(async () => (calls += 1), READ));
    expect(failure).toMatchObject({
      code: 'STORE_FAILED',
      store: 'wires',
      cause: { name: 'RefusedCall', reason: 'open' },
    });
    expect(calls).toBe(0);
    expect(hand.told).toEqual([
      'unreachable',
      'unreachable',
      'unreachable',
      'sick: wires.example did not answer (ECONNREFUSED)',
      'refused: open',
    ]);
  });

  it('opens when more than half of twenty fail, though never three in a row', async () => {
    const { guard } = createHandGuard(settings);
    for (let count = 0; count < 7; count += 1) {
      await guard.run(async () => 7, READ);
      await failureOf(guard.run(fail(gone()), READ));
      await failureOf(guard.run(fail(gone()), READ));
    }
    expect(guard.isWell()).toBe(false);
  });

  it('lets one call through when its time is over, refuses the others meanwhile, and closes', async () => {
    const hand = createHandGuard(settings);
    await sicken(hand);
    hand.wind(999);
    expect(await failureOf(hand.guard.run(async () => 7, READ))).toBeInstanceOf(StoreError);
    hand.wind(1);
    const gate = createGate();
    const trial = hand.guard.run(async () => {
      await gate.pass();
      return 7;
    }, READ);
    await gate.reached;
    // At once, while the trial runs: nobody waits for it.
    expect(await failureOf(hand.guard.run(async () => 7, READ))).toMatchObject({ cause: { reason: 'open' } });
    expect(hand.guard.isWell()).toBe(false);
    gate.open();
    expect(await trial).toBe(7);
    expect(hand.guard.isWell()).toBe(true);
    expect(hand.told.at(-1)).toBe('well');
  });

  it('waits twice as long after each trial that fails, up to its bound', async () => {
    const hand = createHandGuard(settings);
    await sicken(hand);
    let waitedMs = 0;
    const waits: number[] = [];
    for (let step = 0; waits.length < 4; step += 1) {
      hand.wind(500);
      waitedMs += 500;
      await failureOf(
        hand.guard.run(async () => {
          waits.push(waitedMs);
          waitedMs = 0;
          throw gone();
        }, READ),
      );
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 4_000]);
    expect(hand.told.filter((word) => word.startsWith('sick'))).toHaveLength(1);
  });

  it('stays open when the one that was let through was not waited for', async () => {
    const hand = createHandGuard(settings);
    await sicken(hand);
    hand.wind(1_000);
    const leaving = new AbortController();
    const trial = failureOf(hand.guard.run(hang, { ...READ, signal: leaving.signal }));
    leaving.abort(new Error('gone'));
    await trial;
    expect(hand.guard.isWell()).toBe(false);
  });

  it('counts what hangs, and lets those who wait behind it go', async () => {
    const hand = createHandGuard({ ...settings, deadlineMs: 20, concurrency: 3, queue: 10 });
    const failures = await Promise.all(Array.from({ length: 8 }, () => failureOf(hand.guard.run(hang, READ))));
    expect(failures.every((error) => error instanceof StoreError && error.store === 'wires')).toBe(true);
    expect(hand.guard.isWell()).toBe(false);
    // Each that ended let one more in, until the third opened it.
    expect(hand.told.filter((word) => word === 'late').length).toBeLessThanOrEqual(5);
  });

  it('tries a sick store by itself where there is something to try, until it is well', async () => {
    let isAway = true;
    let probes = 0;
    const well = Promise.withResolvers<void>();
    const guard = createGuard({
      name: 'wires',
      settings: { ...DEFAULT_GUARD, retries: 0, breaker: { failures: 1, openMs: 5, longestOpenMs: 10 } },
      probe: async () => {
        probes += 1;
        if (probes === 3) isAway = false;
        if (isAway) throw gone();
      },
      observe: { stateChanged: (isWell) => isWell && well.resolve() },
    });
    await failureOf(guard.run(fail(gone()), READ));
    await well.promise;
    expect([guard.isWell(), probes]).toEqual([true, 3]);
    guard.close();
  });

  it('counts a call once, and not at all when it went well the second time', async () => {
    const { guard, told } = createHandGuard({ ...settings, retries: 1 });
    for (let count = 0; count < 8; count += 1) {
      let isFirst = true;
      await guard.run(async () => {
        if (!isFirst) return 7;
        isFirst = false;
        throw gone();
      }, READ);
    }
    expect([guard.isWell(), told.filter((word) => word === 'unreachable').length]).toEqual([true, 8]);
    for (let count = 0; count < 2; count += 1) await failureOf(guard.run(fail(gone()), READ));
    expect(guard.isWell()).toBe(true);
    await failureOf(guard.run(fail(gone()), READ));
    expect(guard.isWell()).toBe(false);
  });

  it('is not opened by calls that were wrong', async () => {
    const hand = createHandGuard(settings);
    const wrong = new StoreError('wires', 'STORE_FAILED', { cause: Object.assign(new Error(), { code: '22P02' }) });
    for (let count = 0; count < 30; count += 1) await failureOf(hand.guard.run(fail(wrong), READ));
    expect(hand.guard.isWell()).toBe(true);
  });
});

describe('a call that has ended', () => {
  it.each([null, 1_000])('is held by nothing, with a deadline of %s', async (deadlineMs) => {
    const { guard } = createHandGuard({ deadlineMs });
    const call = (): Promise<number> => {
      const text = Buffer.alloc(20_000, 'x').toString('latin1');
      return guard.run(async () => text.length, READ);
    };
    let running = call();
    const left = await leftByTurn(async () => {
      for (let index = 0; index < 20; index += 1) {
        const next = call();
        await running;
        running = next;
      }
    });
    expect(left / 20).toBeLessThan(2_000);
  });
});
