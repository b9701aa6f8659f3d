import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { DISTORTED_REPLIES } from './distort-replies.ts';
import { openLink, PATIENT } from './open-link.ts';
import { startOwnRedis, type OwnRedis } from './own-redis.ts';

/** A second is promised; two cores shared by many tests may take longer to get to it. */
const SOON = { timeout: 10_000, interval: 5 };

/** Deadlines that a busy machine does not miss by itself. */
const STEADY = { slowMs: 150, deadlineMs: 300 };

const own = async (settings: readonly string[] = []): Promise<OwnRedis> => {
  const redis = await startOwnRedis(settings);
  onTestFinished(redis.close);
  return redis;
};

const proxied = async (url: string): Promise<TcpProxy> => {
  const proxy = await startTcpProxy(url);
  onTestFinished(proxy.close);
  return proxy;
};

const key = (): string => `test:${randomUUID()}`;

/** How long `count` reads one after the other take, in milliseconds. */
const timeReads = async (read: () => Promise<unknown>, count: number): Promise<number> => {
  const began = performance.now();
  for (let i = 0; i < count; i += 1) expect(await read()).toBe(undefined);
  return performance.now() - began;
};

describe('createRedis, with a server that is well', () => {
  it('keeps bytes for as long as it is told, whatever they are', async () => {
    const { link, told } = await openLink(inject('redisUrl'), PATIENT);
    expect([link.isUp(), told]).toEqual([true, ['up']]);
    const name = key();
    expect(await link.get(name)).toBe(null);
    const bytes = Buffer.from([0, 255, 13, 10, 36, 42]);
    link.set(name, bytes, 60_000);
    expect(await link.get(name)).toEqual(bytes);
    link.set(name, bytes, 20);
    await expect.poll(() => link.get(name), SOON).toBe(null);
  });

  it('answers many reads of one turn, each with its own', async () => {
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    const names = Array.from({ length: 300 }, key);
    for (const name of names) link.set(name, Buffer.from(name.repeat(50)), 60_000);
    const read = await Promise.all(names.map((name) => link.get(name)));
    expect(read.map((bytes) => bytes?.toString())).toEqual(names.map((name) => name.repeat(50)));
  });

  it('gives a claim to one at a time, and lets only its holder give it back', async () => {
    const { link } = await openLink(inject('redisUrl'), PATIENT);
    const name = key();
    expect(await Promise.all(['one', 'two', 'three'].map((token) => link.claim(name, token, 60_000)))).toEqual([
      true,
      false,
      false,
    ]);
    link.release(name, 'two');
    expect(await link.claim(name, 'two', 60_000)).toBe(false);
    link.release(name, 'one');
    expect(await link.claim(name, 'two', 20)).toBe(true);
    // Its holder died: the claim ends by itself.
    await expect.poll(() => link.claim(name, 'three', 60_000), SOON).toBe(true);
  });
});

describe('createRedis, with a server that is away', () => {
  it('is a miss from the start, and finds the server once it is there', async () => {
    const redis = await own();
    await redis.kill();
    const { link, told } = await openLink(redis.url, PATIENT);
    expect([link.isUp(), told]).toEqual([false, ['down: ECONNREFUSED']]);
    expect(await link.get(key())).toBe(undefined);
    expect(await link.claim(key(), 'token', 1_000)).toBe(undefined);
    await redis.restart();
    await expect.poll(link.isUp, SOON).toBe(true);
    expect(await link.get(key())).toBe(null);
  });

  it('answers nothing at once when the server is killed, and comes back by itself', async () => {
    const redis = await own();
    const { link, told, counts } = await openLink(redis.url, PATIENT);
    const name = key();
    link.set(name, Buffer.from('lost'), 60_000);
    expect(await link.get(name)).toEqual(Buffer.from('lost'));
    await redis.kill();
    await expect.poll(link.isUp, SOON).toBe(false);
    const skipped = counts.get('get skipped') ?? 0;
    expect(await timeReads(() => link.get(name), 1_000)).toBeLessThan(5_000);
    expect(counts.get('get skipped')).toBe(skipped + 1_000);
    await redis.restart();
    await expect.poll(link.isUp, SOON).toBe(true);
    expect(await link.get(name)).toBe(null);
    expect(told).toEqual(['up', expect.stringMatching(/^down: /), 'up']);
  });

  it('tells nobody the password when it is wrong', async () => {
    const redis = await own(['--requirepass', 'right']);
    const { link, told } = await openLink(`redis://:a-secret-word@127.0.0.1:${redis.port}`, PATIENT);
    expect(link.isUp()).toBe(false);
    expect(told).toEqual([expect.stringMatching(/^down: WRONGPASS/)]);
    expect(JSON.stringify(told)).not.toContain('a-secret-word');
  });
});

describe('createRedis, with a server that hangs', () => {
  it('waits a moment once, then for nothing, and comes back when the server does', async () => {
    const redis = await own();
    const { link, told, counts } = await openLink(redis.url, STEADY);
    redis.hang();
    // One is waited for; while its answer is overdue no other is asked for.
    expect(await link.get(key())).toBe(undefined);
    expect(await timeReads(() => link.get(key()), 1_000)).toBeLessThan(5_000);
    expect(counts.get('get late')).toBe(1);
    expect(counts.get('get skipped')).toBe(1_000);
    await expect.poll(link.isUp, SOON).toBe(false);
    redis.resume();
    await expect.poll(link.isUp, SOON).toBe(true);
    expect(told).toEqual(['up', expect.stringMatching(/^down: /), 'up']);
  });

  it('owes it a bounded number of commands and bytes, however many are asked for', async () => {
    const redis = await own();
    const { link, counts } = await openLink(redis.url, STEADY);
    redis.hang();
    const reads = Array.from({ length: 3_000 }, () => link.get(key()));
    expect(counts.get('get skipped')).toBe(2_000);
    await Promise.all(reads);
    redis.resume();
    await expect.poll(link.isUp, SOON).toBe(true);
    redis.hang();
    for (let i = 0; i < 100; i += 1) link.set(key(), Buffer.alloc(1024 * 1024), 60_000);
    expect(counts.get('set skipped')).toBe(84);
  });

  it('takes a claim back that landed after nobody waited for it any more', async () => {
    const redis = await own();
    const { link, counts } = await openLink(redis.url, STEADY);
    const name = key();
    redis.hang();
    expect(await link.claim(name, 'late', 600_000)).toBe(undefined);
    expect(counts.get('claim late')).toBe(1);
    redis.resume();
    await expect.poll(link.isUp, SOON).toBe(true);
    await expect
      .poll(async () => String(await redis.tell('INFO', 'commandstats')), SOON)
      .toMatch(/cmdstat_eval:calls=1/);
    expect(await redis.tell('EXISTS', name)).toBe(0);
  });

  it('gives up a connection that says nothing: behind the name there may be another server by now', async () => {
    let taken = 0;
    const silent = createServer((socket) => {
      taken += 1;
      socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await once(silent, 'listening');
    const { link, told } = await openLink(`redis://127.0.0.1:${(silent.address() as { port: number }).port}`);
    expect([link.isUp(), told.length]).toEqual([false, 1]);
    await expect.poll(() => taken, SOON).toBeGreaterThan(1);
  });
});

describe('createRedis, with a server whose answer does not end', () => {
  it('gives up the connection, though bytes come all the time, and goes on by another', async () => {
    let isEndless = false;
    const dripping = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (piece) => {
        const commands = piece.toString().match(/\*\d+\r\n/g)?.length ?? 0;
        if (!isEndless) return void socket.write('$-1\r\n'.repeat(commands));
        // A gigabyte, byte by byte, on this connection for ever.
        socket.write('$1073741824\r\n');
        const drip = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(drip));
      });
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void dripping.close());
    await once(dripping, 'listening');
    const { port } = dripping.address() as { port: number };
    const { link, told } = await openLink(`redis://127.0.0.1:${port}`, { ...STEADY, silenceMs: 2_000 });
    expect([await link.get(key()), link.isUp()]).toEqual([null, true]);
    isEndless = true;
    expect(await link.get(key())).toBe(undefined);
    isEndless = false;
    await expect.poll(() => link.get(key()), SOON).toBe(null);
    expect(told).toEqual(['up', 'down: an answer does not end', 'up']);
  });
});

describe('createRedis, with a server that says what it was not asked', () => {
  it('says that nobody knows who has a claim', async () => {
    const wire = await proxied(inject('redisUrl'));
    const { link } = await openLink(wire.url, PATIENT);
    await wire.distort(DISTORTED_REPLIES['a status in place of everything']);
    expect(await link.claim(key(), 'one', 1_000)).toBe(undefined);
    await wire.pass();
    expect(await link.claim(key(), 'one', 1_000)).toBe(true);
  });
});

describe('createRedis, with a server that is slow', () => {
  it('asks it nothing while it is, though its every answer comes', async () => {
    const redis = await own();
    const wire = await proxied(redis.url);
    const { link, counts } = await openLink(wire.url, { ...STEADY, silenceMs: 5_000 });
    expect(link.isUp()).toBe(true);
    await wire.slow(1_000);
    await expect
      .poll(async () => {
        await link.get(key());
        return link.isUp();
      }, SOON)
      .toBe(false);
    expect(counts.get('get late')).toBe(3);
    const skipped = counts.get('get skipped') ?? 0;
    expect(await timeReads(() => link.get(key()), 1_000)).toBeLessThan(5_000);
    expect(counts.get('get skipped')).toBe(skipped + 1_000);
    await wire.pass();
    await expect.poll(link.isUp, SOON).toBe(true);
  });

  it('gives it up too when it is only just in time, again and again', async () => {
    const redis = await own();
    const wire = await proxied(redis.url);
    const { link, told } = await openLink(wire.url, STEADY);
    await wire.slow(200);
    await expect
      .poll(async () => {
        await link.get(key());
        return link.isUp();
      }, SOON)
      .toBe(false);
    expect(told.at(-1)).toMatch(/^down: it (is slow|does not answer in time)$/);
  });
});

describe('createRedis, with a server that refuses writes', () => {
  it('goes on reading what a full one holds, and says once that it is full and once that it is not', async () => {
    const redis = await own();
    const { link, told } = await openLink(redis.url, { ...PATIENT, refusalMs: 100 });
    const name = key();
    link.set(name, Buffer.from('kept'), 60_000);
    expect(await link.get(name)).toEqual(Buffer.from('kept'));
    await redis.tell('CONFIG', 'SET', 'maxmemory', '1');
    for (let i = 0; i < 20; i += 1) link.set(key(), Buffer.from('refused'), 60_000);
    expect(await link.claim(key(), 'token', 1_000)).toBe(undefined);
    expect(told).toEqual(['up', expect.stringMatching(/^refuses: OOM/)]);
    expect(await link.get(name)).toEqual(Buffer.from('kept'));
    expect(link.isUp()).toBe(true);
    await redis.tell('CONFIG', 'SET', 'maxmemory', '0');
    await expect
      .poll(() => {
        link.set(key(), Buffer.from('again'), 60_000);
        return told.slice(2);
      }, SOON)
      .toEqual(['takes']);
  });

  it('writes again once the replica it was left with has been promoted', async () => {
    const [master, replica] = [await own(), await own()];
    await replica.tell('REPLICAOF', '127.0.0.1', String(master.port));
    const { link, told } = await openLink(replica.url, { ...PATIENT, refusalMs: 0 });
    link.set(key(), Buffer.from('refused'), 60_000);
    await expect.poll(() => told, SOON).toContainEqual(expect.stringMatching(/^refuses: READONLY/));
    await master.kill();
    await replica.tell('REPLICAOF', 'NO', 'ONE');
    const name = key();
    await expect
      .poll(async () => {
        link.set(name, Buffer.from('taken'), 60_000);
        return (await link.get(name))?.toString();
      }, SOON)
      .toBe('taken');
    expect(told.at(-1)).toMatch(/^(takes|up)$/);
  });
});
