import { describe, expect, inject, it } from 'vitest';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { makeFolder, runMasthead } from '../support/run-masthead.ts';

describe('masthead check, with REDIS_URL', () => {
  it('says that Redis answers, or why it does not, and never its password', async () => {
    const cwd = makeFolder();
    const redis = new URL(inject('redisUrl'));
    const check = (url: string) => runMasthead(['check'], { cwd, variables: { REDIS_URL: url } }).ended;

    const good = await check(redis.href);
    expect(good).toMatchObject({ exitStatus: 0, stderr: '' });
    expect(good.stdout).toMatch(new RegExp(`^redis +ok +at 127\\.0\\.0\\.1:${redis.port}$`, 'm'));
    expect(good.stdout).not.toContain(redis.password);

    const closed = await pickFreePort();
    const away = await check(`redis://:a-secret-word@127.0.0.1:${closed}`);
    expect(away.exitStatus).toBe(1);
    expect(away.stdout).toMatch(new RegExp(`^redis +failed +at 127\\.0\\.0\\.1:${closed}: ECONNREFUSED$`, 'm'));

    const wrong = await check(`redis://:a-secret-word@127.0.0.1:${redis.port}`);
    expect(wrong.exitStatus).toBe(1);
    expect(wrong.stdout).toMatch(/^redis +failed .+ WRONGPASS/m);

    const bad = await check('redis://:a-secret-word@host:port');
    expect(bad.exitStatus).toBe(2);
    for (const { stdout, stderr } of [away, wrong, bad]) expect(stdout + stderr).not.toContain('a-secret-word');
  }, 60_000);
});
