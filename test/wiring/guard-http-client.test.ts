import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_GUARD } from '../../src/stores/guarded/guard-settings.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { createUpstreamCalls } from '../../src/telemetry/upstream-calls.ts';
import { guardHttpClient } from '../../src/wiring/guard-http-client.ts';
import { guardUpstreams } from '../../src/wiring/guard-upstreams.ts';
import { createRecordingLogger } from '../http/recording-logger.ts';
import { startChaosServer, type ChaosServer } from '../support/chaos-server.ts';

describe('guardHttpClient', () => {
  let chaos: ChaosServer;
  beforeAll(async () => {
    chaos = await startChaosServer(() => ({ body: '[]' }));
  });
  afterAll(() => chaos.close());
  beforeEach(() => chaos.behave('well'));

  const setUp = () => {
    const log = createRecordingLogger();
    const guards = guardUpstreams({ logger: log.logger, metrics: createMetrics() });
    const upstream = createUpstreamCalls();
    const settings = { ...DEFAULT_GUARD, breaker: { failures: 2, openMs: 20, longestOpenMs: 20 } };
    const client = guardHttpClient({
      name: 'wires',
      settings,
      guards,
      upstream,
      isJson: true,
      probe: async (plain) => {
        const { status } = await plain.send({ url: `${chaos.url}/probe` });
        if (status !== 200) throw new Error('not yet');
      },
    });
    return { ...log, guards, upstream, ask: () => client.send({ url: `${chaos.url}/posts` }) };
  };

  it('counts each attempt for who asked for it, by the name of the store', async () => {
    const { upstream, ask } = setUp();
    await chaos.behave('reset', { times: 1 });
    const told = await upstream.during(ask);
    expect([told.value.status, told.upstream]).toEqual([
      200,
      { wires: { calls: 2, milliseconds: expect.any(Number) } },
    ]);
  });

  it('finds the store well again though nobody reads', async () => {
    const { guards, ask, next } = setUp();
    await chaos.behave('broken');
    for (let count = 0; count < 2; count += 1) await ask().catch(() => undefined);
    expect(guards.states()).toEqual({ wires: 'failed' });
    chaos.takeRequests();
    const tried: (string | undefined)[] = [];
    // It is tried more than once, and each time in vain.
    await expect
      .poll(() => tried.push(...chaos.takeRequests().map(({ url }) => url)), { timeout: 15_000 })
      .toBeGreaterThanOrEqual(3);
    expect([new Set(tried), guards.states()]).toEqual([new Set(['/probe']), { wires: 'failed' }]);
    const well = next('a store is well again');
    await chaos.behave('well');
    await well;
    expect(guards.states()).toEqual({ wires: 'ok' });
    guards.close();
  });
});
