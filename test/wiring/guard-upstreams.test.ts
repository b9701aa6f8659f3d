import { beforeEach, describe, expect, it } from 'vitest';
import { OutboundError } from '../../src/outbound/http-client.ts';
import { DEFAULT_GUARD } from '../../src/stores/guarded/guard-settings.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { guardUpstreams, type Guards } from '../../src/wiring/guard-upstreams.ts';
import { createRecordingLogger, type RecordingLogger } from '../http/recording-logger.ts';

const settings = {
  ...DEFAULT_GUARD,
  retries: 1,
  concurrency: 2,
  breaker: { failures: 3, openMs: 0, longestOpenMs: 0 },
};
const READ = { isIdempotent: true };

describe('guardUpstreams', () => {
  let log: RecordingLogger;
  let metrics: ReturnType<typeof createMetrics>;
  let guards: Guards;
  beforeEach(() => {
    log = createRecordingLogger();
    metrics = createMetrics();
    guards = guardUpstreams({ logger: log.logger, metrics });
  });
  const figuresOf = async (store: string): Promise<readonly string[]> =>
    (await metrics.registry.metrics())
      .split('\n')
      .filter(
        (line) => line.startsWith('masthead_store_') && line.includes(`store="${store}"`) && !line.includes('_seconds'),
      );
  const fail = async (): Promise<never> => {
    throw new OutboundError('unreachable', 'wires.example did not answer (ECONNREFUSED)', { code: 'ECONNREFUSED' });
  };

  it('names every store and how it is, in a log line each time it changes, and in figures', async () => {
    const wires = guards.guardOf({ name: 'wires', settings });
    const main = guards.guardOf({ name: 'main', settings });
    await main.run(async () => 7, READ);
    expect(guards.states()).toEqual({ wires: 'ok', main: 'ok' });

    for (let count = 0; count < 6; count += 1) await wires.run(fail, READ).catch(() => undefined);
    expect(guards.states()).toEqual({ wires: 'failed', main: 'ok' });
    expect(log.lines).toEqual([
      {
        level: 'warn',
        fields: { store: 'wires', reason: 'wires.example did not answer (ECONNREFUSED)' },
        message: 'a store is sick: it is left alone but for one call now and then, and its fields are null',
      },
    ]);
    expect(await figuresOf('wires')).toEqual(
      expect.arrayContaining([
        'masthead_store_up{store="wires"} 0',
        'masthead_store_state_changes_total{store="wires",state="down"} 1',
        'masthead_store_calls_total{store="wires",outcome="unreachable"} 9',
        'masthead_store_retries_total{store="wires"} 3',
        'masthead_store_calls_running{store="wires"} 0',
        'masthead_store_calls_waiting{store="wires"} 0',
      ]),
    );

    await wires.run(async () => 7, READ);
    expect(guards.states()).toEqual({ wires: 'ok', main: 'ok' });
    expect(log.lines.slice(1)).toEqual([
      { level: 'info', fields: { store: 'wires' }, message: 'a store is well again' },
    ]);
    expect(await figuresOf('wires')).toContain('masthead_store_up{store="wires"} 1');
    expect(await figuresOf('main')).toEqual(
      expect.arrayContaining([
        'masthead_store_up{store="main"} 1',
        'masthead_store_calls_total{store="main",outcome="answered"} 1',
      ]),
    );
  });

  it('refuses two guards for one name', () => {
    guards.guardOf({ name: 'wires', settings });
    expect(() => guards.guardOf({ name: 'wires', settings })).toThrow(
      new TypeError('Two guards for the store wires: one store has one'),
    );
  });
});
