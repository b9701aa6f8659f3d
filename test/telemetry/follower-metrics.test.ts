import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { watchFollower } from '../../src/telemetry/follower-metrics.ts';

it('shows how the process stands as it is when the figures are read', async () => {
  const registry = new Registry();
  let standing = 'trusted';
  watchFollower(registry, {
    standing: () => standing,
    silentSeconds: () => 0.2,
    memory: () => ({ tags: 7, floor: 40 }),
    applied: () => 100,
    tombstones: () => 1,
  });
  const first = await registry.metrics();
  expect(first).toContain('masthead_lease_standing{standing="trusted"} 1');
  expect(first).toContain('masthead_lease_standing{standing="degraded"} 0');
  expect(first).toContain('masthead_log_silent_seconds 0.2');
  expect(first).toContain('masthead_log_tags 7');
  expect(first).toContain('masthead_log_floor_distance 60');
  expect(first).toContain('masthead_tombstones 1');
  standing = 'degraded';
  expect(await registry.metrics()).toContain('masthead_lease_standing{standing="degraded"} 1');
});
