import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../support/shared.ts';
import { makeFolder, runMasthead, startMasthead, type ServingMasthead } from '../support/run-masthead.ts';

const folder = makeFolder();
const KEY = /^mh_live_([0-9a-z]{8})_[0-9a-z]{32}\n$/;

describe('masthead partner, beside a running server on the embedded database', () => {
  let server: ServingMasthead;
  const run = (...words: string[]) => runMasthead(['partner', ...words], { cwd: folder }).ended;
  const statusOf = async (key: string): Promise<number> =>
    (
      await fetch(`${server.url}/graphql?query=${encodeURIComponent('{ editions { code } }')}`, {
        headers: { 'x-api-key': key },
      })
    ).status;

  beforeAll(async () => {
    server = await startMasthead({ cwd: folder, lifetime: 'file' });
  });

  it('adds a partner, shows its key once, and ends it everywhere within seconds', async () => {
    const added = await run(
      'add',
      'radio-one',
      '--plan',
      'radio',
      '--name',
      'Radio One',
      '--address',
      '127.0.0.0/8',
      '--address',
      '::1',
    );
    expect(added).toMatchObject({ exitStatus: 0, stderr: expect.stringContaining('only time') });
    const [, prefix = ''] = KEY.exec(added.stdout) ?? [];
    const key = added.stdout.trim();
    expect(await statusOf(key)).toBe(200);

    const listed = await run('list');
    expect(listed.stdout).toMatch(
      /^partner\s+name\s+plan\s+open keys\s+ends\nradio-one\s+Radio One\s+radio\s+1\s+never\n$/,
    );
    const shown = await run('show', 'radio-one');
    expect(shown.stdout).toContain(`key ${prefix}`);
    expect(shown.stdout).toMatch(/sections\s+EN: news\n/);
    for (const { stdout, stderr } of [listed, shown]) expect(stdout + stderr).not.toContain(key.slice(-32));

    const rotated = await run('rotate', 'radio-one', '--keep', '1');
    expect([await statusOf(key), await statusOf(rotated.stdout.trim())]).toEqual([200, 200]);
    const began = performance.now();
    expect(await run('revoke', 'radio-one', '--key', prefix)).toMatchObject({
      exitStatus: 0,
      stdout: `Revoked: ${prefix}. Every process refuses it within 5 s\n`,
    });
    const revokedAt = performance.now();
    await expect.poll(() => statusOf(key), { timeout: 20_000, interval: 50 }).toBe(401);
    expect(performance.now() - revokedAt).toBeLessThan(15_000);
    expect(performance.now()).toBeGreaterThan(began);
    expect(await statusOf(rotated.stdout.trim())).toBe(200);

    await expect
      .poll(async () => (await run('usage', 'radio-one')).stdout, { timeout: 20_000, interval: 500 })
      .toMatch(new RegExp(`^day\\s+partner\\s+key\\s+requests\n\\S+\\s+radio-one\\s+\\w{8}\\s+\\d+`));
  }, 90_000);

  it('alters no plan, whatever its own configuration file says of it', async () => {
    const newsroom = await readFile(join(PROJECT_ROOT, 'src/demo/newsroom.yaml'), 'utf8');
    const plans = ['plans:', '  radio: { syndication: FULL, embargoed: true }', ''].join('\n');
    await writeFile(join(folder, 'other.yaml'), newsroom.replace(/^plans:\n(?:[ #].*\n)*/m, plans));
    const variables = { MASTHEAD_CONFIG: 'other.yaml' };
    const listed = await runMasthead(['partner', 'list'], { cwd: folder, variables }).ended;
    expect(listed).toMatchObject({ exitStatus: 0 });
    const shown = await run('show', 'radio-one');
    expect(shown.stdout).toMatch(/sections\s+EN: news\n/);
    expect(shown.stdout).toMatch(/embargoed\s+when the embargo has ended\n/);
  });

  it.each([
    [['add', 'Radio One', '--plan', 'radio'], 2, /small letter/],
    [['add', 'two', '--plan', 'unknown'], 2, /no plan "unknown"; there is agency, aggregator, radio/],
    [['add', 'two'], 2, /--plan/],
    [['add', 'two', '--plan', 'radio', '--expires', 'tomorrow'], 2, /expires/],
    [['add', 'two', '--plan', 'radio', '--expires', '2020-01-01T00:00:00Z'], 2, /expires: must be in the future/],
    [['add', 'two', '--plan', 'radio', '--name', 'radio  ONE'], 2, /partner "radio-one" is called "Radio One" already/],
    [['add', 'two', '--plan', 'radio', '--name', 'Two\nlines'], 2, /name: must be one line/],
    [['add', 'radio-one', '--plan', 'radio'], 2, /is a partner "radio-one" already/],
    [['add', 'two', '--plan', 'radio', '--address', 'partner.example'], 2, /203\.0\.113\.0\/24/],
    [['rotate', 'radio-one', '--keep', 'long'], 2, /whole number/],
    [['usage', '--days', '999999'], 2, /at most 3650/],
    [['show', 'nobody'], 1, /no partner "nobody"/],
    [['revoke', 'nobody'], 1, /no partner "nobody"/],
    [['usage', 'nobody'], 1, /no partner "nobody"/],
    [['sell'], 2, /unknown command|help/],
  ] as const)('refuses %j with status %i', async (words, exitStatus, complaint) => {
    const ended = await run(...words);
    expect(ended).toMatchObject({ exitStatus, stdout: '' });
    expect(ended.stderr).toMatch(complaint);
  });

  it.each(['add', 'list', 'show', 'rotate', 'revoke', 'usage'])('%s says what it does', async (word) => {
    expect(await run(word, '--help')).toMatchObject({
      exitStatus: 0,
      stdout: expect.stringContaining(`masthead partner ${word}`),
    });
  });
});
