import { array, assert, check, constantFrom, integer, property, record, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDatabaseClock, DRIFT, type DatabaseClock } from '../../src/changes/database-clock.ts';
import { findTimeFaults, type Seen } from '../support/time-faults.ts';

const START = Date.UTC(2026, 10, 23, 12);
const HOUR_MS = 60 * 60_000;

/** A machine beside a database whose clock is right: its own is off, is set, and runs a little fast or slow. */
const createMachine = ({ skewMs = 0, drift = 0 }: { readonly skewMs?: number; readonly drift?: number } = {}) => {
  let truth = START;
  let skew = skewMs;
  const monotonic = (): number => (truth - START) * (1 + drift) + 5_000;
  const wall = (): number => truth + skew;
  const wait = (milliseconds: number): void => void (truth += milliseconds);
  return {
    wall,
    monotonic,
    wait,
    truth: () => truth,
    jump: (milliseconds: number): void => void (skew += milliseconds),
    /** A renewal: the question takes `outMs`, the answer `backMs`; `arrived` is called before it is looked at. */
    renew(clock: Pick<DatabaseClock, 'observe'>, outMs: number, backMs: number, arrived = (): void => undefined): void {
      const sentAt = monotonic();
      wait(outMs);
      const databaseNow = truth;
      wait(backMs);
      arrived();
      clock.observe({ databaseNow, sentAt, receivedAt: monotonic() });
    },
  };
};

describe('createDatabaseClock', () => {
  it("shows the machine's own time until the database's is known, and is not bound by it", () => {
    const machine = createMachine({ skewMs: 30_000 });
    const clock = createDatabaseClock(machine);
    expect([clock.now(), clock.skewMs(), clock.uncertaintyMs()]).toEqual([START + 30_000, 0, Infinity]);
    machine.renew(clock, 0, 0);
    expect(clock.now()).toBe(START);
    expect(clock.skewMs()).toBeCloseTo(30_000, 6);
  });

  it('counts on between readings, a little slow rather than early', () => {
    const machine = createMachine();
    const clock = createDatabaseClock(machine);
    machine.renew(clock, 1, 1);
    machine.wait(10_000);
    expect(clock.now()).toBe(Math.floor(START + 1 + 10_000 * (1 - DRIFT)));
  });

  it("is not moved when the machine's own clock is set", () => {
    const machine = createMachine();
    const clock = createDatabaseClock(machine);
    machine.renew(clock, 1, 1);
    const before = clock.now();
    machine.jump(HOUR_MS);
    expect(clock.now()).toBe(before);
    machine.jump(-2 * HOUR_MS);
    expect(clock.now()).toBe(before);
    machine.renew(clock, 1, 1);
    expect(clock.now()).toBe(before + 2);
    expect(clock.skewMs()).toBeCloseTo(-HOUR_MS, -2);
  });

  it('is not set back by a slow answer, and says how late it may be', () => {
    const machine = createMachine();
    const clock = createDatabaseClock(machine);
    machine.renew(clock, 2, 2);
    expect(clock.uncertaintyMs()).toBeCloseTo(6, 5);
    machine.renew(clock, 10, 900);
    expect(clock.now()).toBe(Math.floor(START + 2 + 910 * (1 - DRIFT)));
    expect(clock.uncertaintyMs()).toBeLessThan(8);
  });

  it('learns from a slow question that it was hardly late', () => {
    const machine = createMachine();
    const clock = createDatabaseClock(machine);
    machine.renew(clock, 0, 500);
    expect(clock.uncertaintyMs()).toBeGreaterThan(500);
    machine.renew(clock, 900, 1);
    expect(machine.truth() - clock.now()).toBeLessThanOrEqual(2);
  });

  it("stands still when the database's clock is set back, until that is where it was", () => {
    const machine = createMachine();
    const clock = createDatabaseClock(machine);
    machine.renew(clock, 1, 1);
    const shown = clock.now();
    const observe = (databaseNow: number): void =>
      clock.observe({ databaseNow, sentAt: machine.monotonic() - 2, receivedAt: machine.monotonic() });
    observe(shown - 10_000);
    machine.wait(9_000);
    expect(clock.now()).toBe(shown);
    observe(shown - 1_000);
    machine.wait(2_000);
    expect(clock.now()).toBeGreaterThan(shown);
    expect(clock.now()).toBeLessThanOrEqual(shown + 1_000);
  });

  it('takes no harm from instants of a clock that was set while an answer was under way', () => {
    const machine = createMachine();
    const clock = createDatabaseClock(machine);
    machine.renew(clock, 1, 1);
    machine.wait(1_000);
    clock.observe({ databaseNow: machine.truth(), sentAt: START, receivedAt: START - HOUR_MS });
    expect(clock.now()).toBe(machine.truth());
    expect(clock.uncertaintyMs()).toBeLessThan(3);
  });
});

interface Step {
  readonly does: 'wait' | 'renew' | 'jump';
  readonly a: number;
  readonly b: number;
}

const steps = array(
  record({
    does: constantFrom('wait', 'renew', 'renew', 'jump'),
    a: integer({ min: 0, max: 1_000 }),
    b: integer({ min: 0, max: 1_000 }),
  }),
  { minLength: 5, maxLength: 60 },
) satisfies Arbitrary<readonly Step[]>;

type Machine = ReturnType<typeof createMachine>;
type ClockOf = (machine: Machine) => Pick<DatabaseClock, 'now' | 'observe' | 'uncertaintyMs'>;

const EMBARGO = START + 8_000;

/** Two machines half a minute ahead and behind, that are set by an hour now and then, and an embargo. */
const runHistory = (createClock: ClockOf, history: readonly Step[]): readonly string[] => {
  const faults: string[] = [];
  const seen: Seen[] = [];
  let lateMs = 0;
  for (const [process, skewMs, drift] of [
    ['ahead', 30_000, 4e-4],
    ['behind', -30_000, -4e-4],
  ] as const) {
    const machine = createMachine({ skewMs, drift });
    const clock = createClock(machine);
    machine.renew(clock, 3, 3);
    let last = -Infinity;
    const look = (): void => {
      const now = clock.now();
      if (now < last) faults.push(`${process}: the clock went back by ${last - now} ms`);
      if (now > machine.truth()) faults.push(`${process}: the clock is ${now - machine.truth()} ms ahead`);
      const late = machine.truth() - now;
      if (late > clock.uncertaintyMs()) faults.push(`${process}: ${late} ms late, ${clock.uncertaintyMs()} said`);
      last = now;
      lateMs = Math.max(lateMs, clock.uncertaintyMs());
      seen.push({ process, story: 'embargoed', isShown: now >= EMBARGO, at: machine.truth() });
    };
    for (const { does, a, b } of history) {
      if (does === 'wait') machine.wait(a);
      else if (does === 'renew') machine.renew(clock, a, b, look);
      else machine.jump((a % 2 === 0 ? 1 : -1) * HOUR_MS);
      look();
    }
  }
  const planned = [{ story: 'embargoed', kind: 'EMBARGO_LIFT', at: EMBARGO }];
  return [...faults, ...findTimeFaults({ planned, told: [], seen, lateMs: Math.ceil(lateMs) })];
};

describe('the time of two machines half a minute apart', () => {
  it('lifts no embargo early, and none later than the uncertainty measured', () => {
    assert(
      property(steps, (history) => {
        expect(runHistory(createDatabaseClock, history)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  const observed = (machine: Machine, change: (reading: Parameters<DatabaseClock['observe']>[0]) => number) => {
    const clock = createDatabaseClock(machine);
    return {
      ...clock,
      observe: (reading: Parameters<DatabaseClock['observe']>[0]) =>
        clock.observe({ ...reading, databaseNow: change(reading) }),
    };
  };

  it.each<[string, ClockOf]>([
    [
      "the machine's own clock",
      ({ wall }) => ({ now: () => Math.floor(wall()), observe: () => undefined, uncertaintyMs: () => 10 }),
    ],
    [
      'a clock that takes half the way for the way back',
      (machine) => observed(machine, ({ databaseNow, sentAt, receivedAt }) => databaseNow + (receivedAt - sentAt) / 2),
    ],
    [
      'a clock that counts from the sending',
      (machine) => observed(machine, ({ databaseNow, sentAt, receivedAt }) => databaseNow + (receivedAt - sentAt)),
    ],
    [
      'a clock that is set by every answer',
      (machine) => {
        let [from, instant] = [machine.monotonic(), START];
        return {
          now: () => Math.floor(instant + (machine.monotonic() - from)),
          observe: (reading) => {
            [from, instant] = [machine.monotonic(), reading.databaseNow];
          },
          uncertaintyMs: () => 2_000,
        };
      },
    ],
  ])('flags %s', (_name, createClock) => {
    const { failed } = check(
      property(steps, (history) => runHistory(createClock, history).length === 0),
      { numRuns: 2_000 },
    );
    expect(failed).toBe(true);
  });
});
