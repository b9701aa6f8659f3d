import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import { openEmptyEngagement } from './open-empty-engagement.ts';
import { openLink, PATIENT } from './open-link.ts';
import { startOwnRedis, type OwnRedis } from './own-redis.ts';

const SOON = { timeout: 15_000, interval: 10 };
const SLOTS = 16_384;
const NOW = Date.parse('2026-11-23T12:40:00Z');
const WHOLE = /cluster_state:ok[\s\S]*cluster_slots_ok:16384[\s\S]*cluster_known_nodes:3/;

const nodes: OwnRedis[] = [];

/** Three masters that share the slots; without all of them they go on with what they have. */
beforeAll(async () => {
  const settings = '--cluster-enabled yes --cluster-node-timeout 5000 --cluster-require-full-coverage no'.split(' ');
  for (let i = 0; i < 3; i += 1) nodes.push(await startOwnRedis(settings));
  const [first] = nodes;
  for (const [i, node] of nodes.entries()) {
    const [from, to] = [Math.floor((i * SLOTS) / 3), Math.floor(((i + 1) * SLOTS) / 3) - 1];
    await node.tell('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
    if (node !== first) await node.tell('CLUSTER', 'MEET', '127.0.0.1', String(first?.port));
  }
  for (const node of nodes)
    await vi.waitFor(async () => {
      const info = String(await node.tell('CLUSTER', 'INFO'));
      if (!WHOLE.test(info)) throw new Error(info);
    }, SOON);
});
afterAll(() => Promise.all(nodes.map((node) => node.close())));

/** Keys of a hundred slots: of every node, whatever happens. */
const keys = (): string[] => Array.from({ length: 100 }, () => `test:${randomUUID()}`);

describe('createRedis, with a cluster', () => {
  it.each(['one of its servers', 'all of them'])(
    'reads and writes keys of every server, by the address of %s',
    async (of) => {
      const [first] = nodes;
      const url =
        of === 'all of them' ? `redis://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}` : first?.url;
      const { link, counts } = await openLink(url ?? '', PATIENT);
      await expect.poll(link.isUp, SOON).toBe(true);
      const names = keys();
      for (const name of names) link.set(name, Buffer.from(name), 60_000);
      await expect
        .poll(async () => (await Promise.all(names.map((name) => link.get(name)))).map(String), SOON)
        .toEqual(names);
      const [name = ''] = keys();
      expect(await link.claim(name, 'one', 60_000)).toBe(true);
      expect(await link.claim(name, 'two', 60_000)).toBe(false);
      link.release(name, 'one');
      await expect.poll(() => link.claim(name, 'two', 60_000), SOON).toBe(true);
      expect(counts.get('get refused')).toBe(undefined);
    },
  );

  it('counts what readers of every edition do', async () => {
    const [first] = nodes;
    const { link, counts } = await openLink(first?.url ?? '', PATIENT);
    await expect.poll(link.isUp, SOON).toBe(true);
    const ids = (['EN', 'AR', 'ES'] as const).map((edition) => idOf.article(edition, 'test', 'a'));
    // Roots of many spaces are on every node.
    for (const store of await Promise.all(
      Array.from({ length: 10 }, () => openEmptyEngagement(link, link, randomUUID())),
    )) {
      await store.record(ids.map((id) => ({ id, kind: 'VIEW', at: NOW })));
      const windows = ids.flatMap((id) =>
        [null, 'MONTH' as const].map((window) => ({ id, kind: 'VIEW' as const, window })),
      );
      expect(await store.counts(windows, NOW)).toEqual([1, 1, 1, 1, 1, 1]);
      const most = { by: 'mostRead', edition: 'AR', limit: 5, window: 'WEEK' } as const;
      expect(await store.rankings([most], NOW)).toEqual([[ids[1]]]);
    }
    expect([counts.get('record refused'), counts.get('count refused'), counts.get('rank refused')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('loses the keys of a server that is killed, and nothing else, until it is back', async () => {
    const [first, second] = nodes;
    const { link } = await openLink(first?.url ?? '', { slowMs: 500, deadlineMs: 1_000 });
    await expect.poll(link.isUp, SOON).toBe(true);
    const names = keys();
    for (const name of names) link.set(name, Buffer.from(name), 60_000);
    await expect
      .poll(async () => (await Promise.all(names.map((name) => link.get(name)))).map(String), SOON)
      .toEqual(names);
    await second?.kill();
    // Nothing rejects, and what the others hold is found again.
    await expect
      .poll(async () => {
        const found = await Promise.all(names.map((name) => link.get(name)));
        return found.filter((bytes) => Buffer.isBuffer(bytes)).length;
      }, SOON)
      .toBeGreaterThan(names.length / 2);
    await second?.restart();
    const fresh = keys();
    await expect
      .poll(async () => {
        for (const name of fresh) link.set(name, Buffer.from(name), 60_000);
        return (await Promise.all(fresh.map((name) => link.get(name)))).map(String);
      }, SOON)
      .toEqual(fresh);
  });
});
