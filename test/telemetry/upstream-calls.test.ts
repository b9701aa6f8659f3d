import { describe, expect, it } from 'vitest';
import { createUpstreamCalls } from '../../src/telemetry/upstream-calls.ts';
import { createGate } from '../support/gate.ts';

describe('createUpstreamCalls', () => {
  it('counts nothing where nobody asked', () => {
    expect(createUpstreamCalls().begin('main')).toBeUndefined();
  });

  it('tells of the calls made for this work, by store, however deep they are made', async () => {
    const { begin, during } = createUpstreamCalls();
    const call = async (store: string): Promise<void> => {
      const end = begin(store);
      await new Promise((resolve) => setImmediate(resolve));
      end?.();
    };
    const { value, upstream } = await during(async () => {
      await Promise.all([call('main'), call('main'), call('wires')]);
      return 7;
    });
    expect(value).toBe(7);
    expect(upstream).toEqual({
      main: { calls: 2, milliseconds: expect.any(Number) },
      wires: { calls: 1, milliseconds: expect.any(Number) },
    });
    expect(begin('main')).toBeUndefined();
  });

  it('keeps two that run at the same time apart', async () => {
    const { begin, during } = createUpstreamCalls();
    const gate = createGate();
    const first = during(async () => {
      await gate.pass();
      begin('main')?.();
    });
    const second = await during(async () => undefined);
    gate.open();
    expect([(await first).upstream, second.upstream]).toEqual([
      { main: { calls: 1, milliseconds: expect.any(Number) } },
      {},
    ]);
  });
});
