import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';

describe('createMetrics', () => {
  it('writes its figures as Prometheus reads them', async () => {
    const metrics = createMetrics();
    metrics.cacheAnswers('hit');
    metrics.cacheAnswers('hit');
    metrics.statements.inc(3);
    metrics.faults.inc({ code: 'STORE_FAILED', store: 'postgres' });
    metrics.requestSeconds.timerOf('/graphql', 200).observe(0.03);
    metrics.appliedSequence.set(7);
    const text = await metrics.registry.metrics();
    expect(text).toContain('masthead_cache_answers_total{state="hit"} 2\n');
    expect(text).toContain('masthead_sql_statements_total 3\n');
    expect(text).toContain('masthead_faults_total{code="STORE_FAILED",store="postgres"} 1\n');
    expect(text).toContain('masthead_http_request_seconds_bucket{le="0.05",route="/graphql",status="200"} 1\n');
    expect(text).toContain('masthead_http_request_seconds_bucket{le="0.02",route="/graphql",status="200"} 0\n');
    expect(text).toContain('masthead_changes_applied_sequence 7\n');
    expect(text).toMatch(/^masthead_process_cpu_user_seconds_total /m);
  });

  it('keeps the figures of two gateways in one process apart', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.statements.inc();
    expect(await one.registry.metrics()).toContain('masthead_sql_statements_total 1\n');
    expect(await other.registry.metrics()).toContain('masthead_sql_statements_total 0\n');
  });

  it('names and explains every figure of its own', async () => {
    const own = (await createMetrics().registry.getMetricsAsJSON()).map(({ name, help }) => [name, help.length > 5]);
    expect(own.length).toBeGreaterThan(5);
    for (const [name, isExplained] of own)
      expect([name, isExplained]).toEqual([expect.stringMatching(/^masthead_/), true]);
  });
});
