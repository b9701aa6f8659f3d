import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createRequestSeconds } from '../../src/telemetry/request-seconds.ts';

describe('createRequestSeconds', () => {
  it('reads as a histogram of prom-client does', async () => {
    const [ours, theirs] = [new Registry(), new Registry()];
    const requestSeconds = createRequestSeconds(ours);
    const histogram = new Histogram({
      name: 'masthead_http_request_seconds',
      help: 'Time from request to last byte, by route and status.',
      labelNames: ['route', 'status'],
      buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [theirs],
    });
    for (const [route, status, seconds] of [
      ['/graphql', 200, 0.0002],
      ['/graphql', 200, 0.001],
      ['/graphql', 200, 0.0011],
      ['/graphql', 304, 0.25],
      ['/media/*', 200, 10],
      ['/media/*', 200, 11],
    ] as const) {
      requestSeconds.timerOf(route, status).observe(seconds);
      histogram.observe({ route, status: String(status) }, seconds);
    }
    const lines = async (registry: Registry): Promise<string[]> => (await registry.metrics()).split('\n').toSorted();
    expect(await lines(ours)).toEqual(await lines(theirs));
  });
});
