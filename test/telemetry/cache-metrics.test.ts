import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createCacheMetrics } from '../../src/telemetry/cache-metrics.ts';

describe('createCacheMetrics', () => {
  it('shows what the response cache did, by bounded labels', async () => {
    const registry = new Registry();
    const { served, filled, evicted, remade, watchJobs } = createCacheMetrics(registry);
    served('hit', 'memory');
    served('hit', 'memory');
    served('filled', null);
    filled('kept');
    evicted('changed');
    remade(true);
    watchJobs(() => 3);
    const figures = await registry.metrics();
    expect(figures).toContain('masthead_cache_served_total{state="hit",tier="memory"} 2');
    expect(figures).toContain('masthead_cache_served_total{state="filled",tier="none"} 1');
    expect(figures).toContain('masthead_cache_fills_total{outcome="kept"} 1');
    expect(figures).toContain('masthead_cache_evictions_total{cause="changed"} 1');
    expect(figures).toContain('masthead_cache_remade_total{bytes="same"} 1');
    expect(figures).toContain('masthead_cache_fills_running 3');
    served('hit', 'memory');
    expect(await registry.metrics()).toContain('masthead_cache_served_total{state="hit",tier="memory"} 3');
  });
});
