import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createRedisMetrics } from '../../src/telemetry/redis-metrics.ts';

describe('createRedisMetrics', () => {
  it('shows what became of calls, and how Redis stands', async () => {
    const registry = new Registry();
    const metrics = createRedisMetrics(registry);
    metrics.stateChanged(true);
    for (let i = 0; i < 3; i += 1) metrics.called('get', 'answered', 0.7);
    metrics.called('get', 'late', 40.2);
    metrics.called('set', 'answered', 3);
    metrics.writesChanged(false);
    metrics.refusedEntry('oversize');
    metrics.stateChanged(false);
    const text = await registry.metrics();
    expect(text).toContain('masthead_redis_calls_total{operation="get",outcome="answered"} 3\n');
    expect(text).toContain('masthead_redis_calls_total{operation="get",outcome="late"} 1\n');
    expect(text).toContain('masthead_redis_wait_seconds_bucket{le="0.001"} 3\n');
    expect(text).toContain('masthead_redis_wait_seconds_count 4\n');
    expect(text).toContain('masthead_redis_up 0\n');
    expect(text).toContain('masthead_redis_writable 0\n');
    expect(text).toContain('masthead_redis_state_changes_total{state="down"} 1\n');
    expect(text).toContain('masthead_redis_entries_refused_total{reason="oversize"} 1\n');
    // Read twice, counted once.
    expect(await registry.metrics()).toBe(text);
  });
});
