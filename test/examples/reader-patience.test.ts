import { describe, expect, it, onTestFinished } from 'vitest';
import { createEditionMemory } from '../../docs/examples/reader/edition-memory.ts';
import { createGatewayClient } from '../../docs/examples/reader/gateway-client.ts';
import { openDesk } from '../journeys/desk.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { startReader } from './run-reader.ts';

/** A gateway behind a wire that can be broken. */
const setUp = async () => {
  const desk = await openDesk();
  const proxy = await startTcpProxy(await desk.app.server.listen({ port: 0, host: '127.0.0.1' }));
  onTestFinished(async () => {
    await proxy.close();
    await desk.close();
  });
  return { proxy, gatewayUrl: proxy.url.replace(/\/$/, '') };
};

describe('a gateway that hangs', () => {
  it('keeps a reader waiting once and not once more for the editions, and is said in their language', async () => {
    const { proxy, gatewayUrl } = await setUp();
    const log: string[] = [];
    let now = 0;
    const patienceMs = 5_000;
    const reader = await startReader(gatewayUrl, { now: () => now, patienceMs, log: (line) => log.push(line) });
    onTestFinished(reader.close);
    // With patience for a machine that has much to do.
    await expect.poll(async () => (await fetch(`${reader.url}/es`)).status, { timeout: 30_000 }).toBe(200);
    // What it said while the gateway was warming up is no matter of this.
    log.length = 0;
    await proxy.hang();
    now += 60_000;

    const began = performance.now();
    const response = await fetch(`${reader.url}/es`);
    const waitedMs = performance.now() - began;
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('No podemos mostrar esta página en este momento');
    expect(waitedMs).toBeGreaterThan(patienceMs - 100);
    expect(waitedMs).toBeLessThan(2 * patienceMs);
    expect(log).toHaveLength(1);
    proxy.cut();
  });
});

describe('createEditionMemory', () => {
  it('asks once for all who wait, gives what it remembers at once, and renews it beside', async () => {
    const { proxy, gatewayUrl } = await setUp();
    const client = createGatewayClient(gatewayUrl, 60_000);
    let now = 0;
    const asked: string[] = [];
    const memory = createEditionMemory(
      {
        ask: (name, variables) => {
          asked.push(name);
          return client.ask(name, variables);
        },
      },
      () => now,
    );
    const [one, other] = await Promise.all([memory.editions(), memory.editions()]);
    expect(one.map(({ code }) => code)).toEqual(['EN', 'AR', 'ES']);
    expect(other).toBe(one);
    expect(asked).toEqual(['Editions']);

    await proxy.hang();
    now += 60_000;
    expect(await memory.editions()).toBe(one);
    expect(await memory.editions()).toBe(one);
    expect(asked).toEqual(['Editions', 'Editions']);
    await proxy.pass();
    await expect.poll(() => memory.remembered(), { timeout: 30_000 }).not.toBe(one);
  });

  it('leaves a gateway that failed alone for a moment', async () => {
    const { proxy, gatewayUrl } = await setUp();
    let now = 0;
    const memory = createEditionMemory(createGatewayClient(gatewayUrl, 60_000), () => now);
    await proxy.refuse();
    await expect(memory.editions()).rejects.toThrow('The gateway gave no data');
    await proxy.pass();
    now += 1_999;
    await expect(memory.editions()).rejects.toThrow('The gateway gave no data');
    now += 1;
    expect(await memory.editions()).toHaveLength(3);
  });
});
