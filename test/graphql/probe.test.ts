import { describe, expect, it } from 'vitest';
import { createProbe, type ProbeOutcome } from '../../src/graphql/probe.ts';
import { createGate } from '../support/gate.ts';
import { entry } from './entry.ts';

const setUp = (everySeconds = 10) => {
  const time = { ms: 0 };
  const outcomes: ProbeOutcome[] = [];
  let told = Promise.withResolvers<ProbeOutcome>();
  let caughtUp = 0;
  const probe = createProbe({
    everySeconds,
    monotonic: () => time.ms,
    catchUp: async () => void (caughtUp += 1),
    onOutcome: (outcome) => {
      outcomes.push(outcome);
      told.resolve(outcome);
    },
  });
  const look = async (now: string, isLive: () => boolean = () => true): Promise<ProbeOutcome> => {
    told = Promise.withResolvers();
    time.ms += 10_000;
    probe.look({ entry: entry('held'), refill: async () => ({ body: Buffer.from(now) }), isLive });
    return told.promise;
  };
  return { probe, time, outcomes, look, caughtUp: () => caughtUp };
};

describe('look', () => {
  it('is content with an answer that the stores give again', async () => {
    expect(await setUp().look('held')).toBe('consistent');
  });

  it('finds an answer that would still be sent and is not what the stores hold', async () => {
    expect(await setUp().look('other')).toBe('inconsistent');
  });

  it('says nothing of an answer whose change is taken in by the time the log was read', async () => {
    const { look, caughtUp } = setUp();
    expect(await look('other', () => caughtUp() === 0)).toBe('overtaken');
  });

  it('counts a store that fails apart', async () => {
    const { probe, time, outcomes } = setUp();
    time.ms = 10_000;
    const failed = createGate();
    probe.look({
      entry: entry('held'),
      refill: async () => {
        await failed.pass();
        throw new Error('away');
      },
      isLive: () => true,
    });
    failed.open();
    await new Promise(setImmediate);
    expect(outcomes).toEqual(['failed']);
  });

  it('looks at one answer at a time, and not more often than told', async () => {
    const { probe, time } = setUp();
    const gate = createGate();
    let refills = 0;
    const probed = {
      entry: entry('held'),
      refill: async () => {
        refills += 1;
        await gate.pass();
        return { body: Buffer.from('held') };
      },
      isLive: () => true,
    };
    probe.look(probed);
    expect([probe.isDue(), refills]).toEqual([false, 0]);
    time.ms = 10_000;
    expect(probe.isDue()).toBe(true);
    probe.look(probed);
    time.ms = 60_000;
    expect(probe.isDue()).toBe(false);
    probe.look(probed);
    expect(refills).toBe(1);
    gate.open();
    await new Promise(setImmediate);
    expect(probe.isDue()).toBe(true);
  });

  it('asks for one hit now and then while a look is due: what comes may be nothing it can look at', () => {
    const { probe, time } = setUp();
    expect(probe.isWanted()).toBe(false);
    time.ms = 10_000;
    expect([probe.isWanted(), probe.isWanted()]).toEqual([true, false]);
    time.ms = 10_050;
    expect([probe.isWanted(), probe.isWanted()]).toEqual([true, false]);
  });

  it('never looks when told not to', () => {
    const { probe, time } = setUp(0);
    time.ms = 1e9;
    expect(probe.isDue()).toBe(false);
  });
});
