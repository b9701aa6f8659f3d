import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { startPostgres, startRedis } from './services.ts';

const starters = { startPostgres, startRedis };
const services = new URL('services.ts', import.meta.url).href;

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
};

const isAlive = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
};

describe('postgresUrl', () => {
  it('leads to a real PostgreSQL, 15 or newer', async () => {
    expect(await ask(inject('postgresUrl'), 'SELECT version()')).toMatch(/^PostgreSQL (1[5-9]|[2-9]\d)/);
  });

  it('leads to a server that does not run as root', async ({ skip }) => {
    skip(!existsSync('/proc/self/status'), 'only Linux tells the owner of a process through files');
    const processId = parseInt(String(await ask(inject('postgresUrl'), `SELECT pg_read_file('postmaster.pid')`)), 10);
    expect(readFileSync(`/proc/${processId}/comm`, 'utf8').trim()).toBe('postgres');
    expect(statSync(`/proc/${processId}`).uid).not.toBe(0);
  });

  it('needs its password', async () => {
    const url = new URL(inject('postgresUrl'));
    url.password = 'guessed';
    await expect(ask(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });
});

describe('redisUrl', () => {
  it('leads to a real Redis, 6 or newer, that saves nothing', async () => {
    const redis = new Redis(inject('redisUrl'));
    try {
      expect(await redis.ping()).toBe('PONG');
      expect(await redis.info('server')).toMatch(/redis_version:([6-9]|\d\d)/);
      expect(Object.values(await redis.config('GET', 'save'))).toContain('');
    } finally {
      redis.disconnect();
    }
  });
});

describe.each(['startPostgres', 'startRedis'] as const)('%s', (start) => {
  it('leaves no server and no file behind when its starter is killed', async () => {
    const script = `const { url, directory } = await (await import(${JSON.stringify(services)})).${start}();
      console.log(JSON.stringify({ url, directory })); setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(starter.stdout, 'data')) as [Buffer];
    const { url, directory } = JSON.parse(line.toString()) as { url: string; directory: string };
    const server = await processIdOf(url);
    expect(isAlive(server)).toBe(true);
    expect(existsSync(directory)).toBe(true);

    starter.kill('SIGKILL');

    await expect.poll(() => isAlive(server), { timeout: 15_000 }).toBe(false);
    await expect.poll(() => existsSync(directory), { timeout: 15_000 }).toBe(false);
  });

  it('ends its server and deletes its files when told to stop', async () => {
    const service = await starters[start]();
    const server = await processIdOf(service.url);
    await service.stop();
    expect(isAlive(server)).toBe(false);
    expect(existsSync(service.directory)).toBe(false);
    await expect(service.stop()).resolves.toBeUndefined();
  });
});

const processIdOf = async (url: string): Promise<number> => {
  if (url.startsWith('postgres:')) return parseInt(String(await ask(url, `SELECT pg_read_file('postmaster.pid')`)), 10);
  const redis = new Redis(url);
  try {
    return Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
  } finally {
    redis.disconnect();
  }
};
