import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BOUND = '--max-semi-space-size=32';

/** Stands in for src/main.ts: does what it is told by name, and says how it was started. */
const MAIN = `
import cluster from 'node:cluster';
import { getHeapSpaceStatistics } from 'node:v8';
const deeds: Record<string, () => unknown> = {
  echo: () => process.stdin.pipe(process.stdout),
  fail: () => (process.exitCode = 3),
  serve: () => { process.on('SIGTERM', () => process.exit(7)); setInterval(() => undefined, 1_000); },
  answer: () => process.once('message', (text) => process.send?.('heard ' + text, () => process.disconnect())),
  share: () => { if (cluster.isPrimary) cluster.fork(); else process.disconnect(); },
  grow: () => {
    const living: object[] = [];
    for (let index = 0; index < 6_000_000; index += 1) living[index % 1_000_000] = [index, { index }];
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    console.log(JSON.stringify({ megabytes: (young?.space_size ?? 0) / 2 ** 20 }));
  },
};
deeds[process.argv.at(-1) ?? '']?.();
console.log(JSON.stringify({ pid: process.pid, options: process.execArgv, words: process.argv.slice(2), arenas: process.env.MALLOC_ARENA_MAX }));
`;

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'masthead-bin-'));
  for (const folder of ['bin', 'src']) mkdirSync(join(project, folder));
  copyFileSync(resolve(import.meta.dirname, '../../bin/masthead.js'), join(project, 'bin/masthead.js'));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'src/main.ts'), MAIN);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

interface Started {
  readonly options?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly channel?: 'ipc' | 'ignore';
}

const start = (words: readonly string[], { options = [], variables = {}, channel = 'ignore' }: Started = {}) => {
  const child = spawn(process.execPath, [...options, join(project, 'bin/masthead.js'), ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
    stdio: ['pipe', 'pipe', 'pipe', channel],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code, ...said }));
  return { child, ended };
};

/** What each line of standard output says. */
const linesOf = (stdout: string): readonly Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const optionsOf = async (words: readonly string[], how: Started = {}) => {
  const { stdout } = await start(words, how).ended;
  return linesOf(stdout)[0]?.['options'];
};

describe.skipIf(process.execve === undefined)('masthead start', () => {
  it('runs with a bound of young objects, in the process that was started, and says nothing of it', async () => {
    const { child, ended } = start(['start', '--processes', '2']);
    const { code, stdout, stderr } = await ended;
    const words = ['start', '--processes', '2'];
    expect(linesOf(stdout)).toEqual([{ pid: child.pid, options: [BOUND], words, arenas: '2' }]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('holds young objects to 64 MB, or to what was said instead', async () => {
    const megabytesOf = async (how: Started): Promise<unknown> => {
      const { stdout } = await start(['start', 'grow'], how).ended;
      return linesOf(stdout)[0]?.['megabytes'];
    };
    const megabytes = await megabytesOf({});
    expect(megabytes).toBeLessThanOrEqual(64);
    expect(megabytes).toBeGreaterThan(16);
    expect(await megabytesOf({ options: ['--max-semi-space-size=8'] })).toBeLessThanOrEqual(16);
  });

  it('leaves it to whoever has said how many', async () => {
    const own = '--max-semi-space-size=8';
    expect(await optionsOf(['start'], { options: [own] })).toEqual([own]);
    expect(await optionsOf(['start'], { options: ['--min_semi_space_size=8'] })).toEqual(['--min_semi_space_size=8']);
    expect(await optionsOf(['start'], { variables: { NODE_OPTIONS: `--no-warnings ${own}` } })).toEqual([]);
    const { stdout } = await start(['start'], { variables: { MALLOC_ARENA_MAX: '5' } }).ended;
    expect(linesOf(stdout)[0]).toMatchObject({ options: [BOUND], arenas: '5' });
    // Other options stay.
    const other = '--max-old-space-size=512';
    expect(await optionsOf(['start'], { options: [other] })).toEqual([other, BOUND]);
  });

  it('gives the bound to the processes that it watches', async () => {
    const { stdout } = await start(['start', 'share']).ended;
    expect(linesOf(stdout).map(({ options }) => options)).toEqual([[BOUND], [BOUND]]);
  });

  it('ends as it ended, reads what it is sent and is told to stop', async () => {
    expect((await start(['start', 'fail']).ended).code).toBe(3);

    const echo = start(['start', 'echo']);
    echo.child.stdin?.end('a line\n');
    expect((await echo.ended).stdout).toMatch(/\na line\n$/);

    const serving = start(['start', 'serve']);
    if (serving.child.stdout !== null) await once(serving.child.stdout, 'data');
    serving.child.kill('SIGTERM');
    expect((await serving.ended).code).toBe(7);
  });

  it('keeps the channel to who started it', async () => {
    const { child, ended } = start(['start', 'answer'], { channel: 'ipc' });
    child.send('you');
    expect(await once(child, 'message')).toContain('heard you');
    expect(await ended).toMatchObject({ code: 0 });
  });

  it('bounds an import too', async () => {
    expect(await optionsOf(['import', 'archive.ndjson'])).toEqual([BOUND]);
  });

  it('leaves other commands as they are', async () => {
    expect(await optionsOf(['check', 'start'])).toEqual([]);
  });
});
