import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../../../src/outbound/http-client.ts';
import { parseJson } from '../../../src/outbound/parse-json.ts';
import { guardClient } from '../../../src/stores/guarded/guard-client.ts';
import { CHAOS_MODES, startChaosServer, type ChaosMode, type ChaosServer } from '../../support/chaos-server.ts';
import { createHandGuard } from './hand-guard.ts';

/** What each costs: the code, or the fault of the JSON; how often it was asked; whether five of them make the store sick. */
const COSTS: Readonly<Record<ChaosMode, readonly [fault: string, asked: number, isSick: boolean]>> = {
  refuse: ['STORE_FAILED', 2, true],
  reset: ['STORE_FAILED', 2, true],
  hang: ['STORE_TIMEOUT', 1, true],
  slow: ['STORE_TIMEOUT', 1, true],
  lie: ['STORE_FAILED', 1, true],
  'lie-in-json': ['syntax', 1, false],
  'wrong-shape': ['none', 1, false],
  'wrong-types': ['none', 1, false],
  nest: ['too-deep', 1, false],
  truncate: ['STORE_FAILED', 2, true],
  cut: ['STORE_FAILED', 2, true],
  huge: ['STORE_FAILED', 1, true],
  bomb: ['STORE_FAILED', 1, true],
  'too-many': ['STORE_FAILED', 1, true],
  unavailable: ['STORE_FAILED', 1, true],
  broken: ['STORE_FAILED', 1, true],
  redirect: ['STORE_FAILED', 1, true],
};

describe('guardClient', () => {
  let chaos: ChaosServer;
  beforeAll(async () => {
    chaos = await startChaosServer(() => ({ body: '{"id":7}' }));
  });
  afterAll(() => chaos.close());
  beforeEach(async () => {
    await chaos.behave('well');
    chaos.retryAfter(60);
    chaos.takeRequests();
  });

  const setUp = (settings: Parameters<typeof createHandGuard>[0] = {}) => {
    // Long enough for a machine that does much else, and shorter than Retry-After.
    const hand = createHandGuard({ deadlineMs: 10_000, ...settings });
    return { ...hand, client: guardClient(createHttpClient(), hand.guard, { isJson: true }) };
  };
  const faultOf = (client: HttpClient, method = 'GET'): Promise<string> =>
    client.send({ url: chaos.url, method }).then(
      (answer) => {
        const parsed = parseJson(answer);
        return 'problem' in parsed ? parsed.problem.kind : 'none';
      },
      (error: unknown) => String((error as { code?: unknown }).code),
    );

  it.each(CHAOS_MODES)('%s', async (mode) => {
    const isLate = mode === 'hang' || mode === 'slow';
    const { client, guard, told } = setUp(isLate ? { deadlineMs: 250 } : {});
    const [fault, asked, isSick] = COSTS[mode];
    await chaos.behave(mode);
    expect(await faultOf(client)).toBe(fault);
    expect(told.filter((word) => word !== 'retried')).toHaveLength(asked);

    await Promise.all(Array.from({ length: 5 }, () => faultOf(client)));
    expect(guard.isWell()).toBe(!isSick);
    chaos.takeRequests();
    expect(await faultOf(client)).toBe(isSick ? 'STORE_FAILED' : fault);
    expect(chaos.takeRequests()).toHaveLength(isSick ? 0 : 1);
  });

  it.each(['refuse', 'reset', 'truncate', 'cut'] as const)('%s, once: the reader sees nothing of it', async (mode) => {
    const { client } = setUp();
    await chaos.behave(mode, { times: 1 });
    expect(await faultOf(client)).toBe('none');
  });

  it.each(['too-many', 'unavailable'] as const)('%s, once: asked again when it says, not before', async (mode) => {
    const { client } = setUp();
    chaos.retryAfter(1);
    await chaos.behave(mode, { times: 1 });
    const began = performance.now();
    expect(await faultOf(client)).toBe('none');
    expect(performance.now() - began).toBeGreaterThanOrEqual(995);
    expect(chaos.takeRequests()).toHaveLength(2);
  });

  it('sends what changes something once only', async () => {
    const { client } = setUp();
    await chaos.behave('unavailable', { times: 1 });
    chaos.retryAfter(null);
    expect(await faultOf(client, 'POST')).toBe('STORE_FAILED');
    expect(chaos.takeRequests()).toHaveLength(1);
  });

  it('gives 4xx as the answers they are, as often as they come', async () => {
    const other = await startChaosServer(() => ({ status: 404, body: '{"code":"rest_no_route"}' }));
    const { client, guard } = setUp();
    for (let count = 0; count < 10; count += 1) expect((await client.send({ url: other.url })).status).toBe(404);
    expect(guard.isWell()).toBe(true);
    await other.close();
  });

  it('holds no request open at a store that hangs, once its deadline is over', async () => {
    const { client } = setUp({ deadlineMs: 50 });
    await chaos.behave('hang');
    await Promise.all(Array.from({ length: 5 }, () => faultOf(client)));
    await expect.poll(chaos.open, { timeout: 15_000 }).toBe(0);
  });

  it('is well again when the store is', async () => {
    const { client, guard, wind } = setUp();
    await chaos.behave('broken');
    for (let count = 0; count < 5; count += 1) await faultOf(client);
    expect(guard.isWell()).toBe(false);
    await chaos.behave('well');
    wind(1_000);
    expect(await faultOf(client)).toBe('none');
    expect(guard.isWell()).toBe(true);
  });

  it('tells no secret of an address', async () => {
    const { client } = setUp();
    await chaos.behave('broken');
    const error = await client
      .send({ url: `http://me:s3cret@${chaos.host}/?key=s3cret` })
      .catch((caught: unknown) => caught);
    expect(`${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain('s3cret');
  });
});
