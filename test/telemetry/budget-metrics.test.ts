import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createBudgetMetrics } from '../../src/telemetry/budget-metrics.ts';

describe('createBudgetMetrics', () => {
  it('adds up what was spent and refused, by payer', async () => {
    const registry = new Registry();
    const metrics = createBudgetMetrics(registry);
    metrics.spent('Radio One', 4);
    metrics.spent('Radio One', 0.5);
    metrics.refused('Radio One');
    metrics.called('answered');
    const text = await registry.metrics();
    expect(text).toContain('masthead_budget_spent_total{payer="Radio One"} 4.5');
    expect(text).toContain('masthead_budget_refused_total{payer="Radio One"} 1');
    expect(text).toContain('masthead_budget_calls_total{outcome="answered"} 1');
  });

  it('shows so many names, and the others as one', async () => {
    const registry = new Registry();
    const metrics = createBudgetMetrics(registry);
    for (let name = 0; name < 1_500; name += 1) metrics.spent(`partner ${name}`, 1);
    metrics.refused('partner 1400');
    const text = await registry.metrics();
    expect(text.match(/^masthead_budget_spent_total\{/gm)).toHaveLength(1_001);
    expect(text).toContain('masthead_budget_spent_total{payer="others"} 500');
    expect(text).toContain('masthead_budget_refused_total{payer="others"} 1');
  });
});
