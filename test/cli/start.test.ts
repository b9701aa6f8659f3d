import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { makeFolder, runMasthead, startMasthead } from '../support/run-masthead.ts';

const run = promisify(execFile);

const COUNTS =
  '{ editions { code articles { totalCount } mostRead(first: 3, window: MONTH) { slug engagement { views shares } } } }';

/** The folder the first test starts in and the others find used. */
const folder = makeFolder();

/** Four to sixteen on two cores that are not busy; 54 have been seen at a load of 15. */
const LONGEST_START_SECONDS = 120;

/** Starts in `folder` and measures until the first query is answered. */
const startTimed = async () => {
  const begin = performance.now();
  const masthead = await startMasthead({ cwd: folder });
  const { data } = await masthead.query(COUNTS);
  return { masthead, counts: data, seconds: (performance.now() - begin) / 1000 };
};

describe('masthead start, with an empty environment', () => {
  let counts: unknown;

  it('serves from an empty directory, and the one command it prints gives data', async () => {
    const { masthead, seconds, ...first } = await startTimed();
    ({ counts } = first);
    console.info(`empty data directory: first query answered after ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThan(LONGEST_START_SECONDS);

    const { stdout } = masthead.said();
    expect(stdout).toBe(
      [
        'Masthead 0.1.0 serves Meridian English, ميريديان العربية, Meridian Español',
        '',
        `  Playground  ${masthead.url}/`,
        `  Endpoint    ${masthead.url}/graphql`,
        `  Try         curl -s ${masthead.url}/graphql -H 'content-type: application/json' -d '{"query":"{ editions { code name url } }"}'`,
        '',
        '',
      ].join('\n'),
    );
    const curl = /curl .*/.exec(stdout)?.[0] ?? '';
    const answer = await run('sh', ['-c', `${curl} -w '%{http_code}'`]);
    expect(answer.stdout.slice(-3)).toBe('200');
    expect(JSON.parse(answer.stdout.slice(0, -3))).toEqual({
      data: {
        editions: [
          { code: 'EN', name: 'Meridian English', url: `${masthead.url}/en` },
          { code: 'AR', name: 'ميريديان العربية', url: `${masthead.url}/ar` },
          { code: 'ES', name: 'Meridian Español', url: `${masthead.url}/es` },
        ],
      },
    });

    const { exitStatus, stderr } = await masthead.end('SIGTERM');
    const log = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(log.map(({ msg }) => msg)).toEqual([
      'serving',
      'stopping: no new requests are taken, open ones are finished',
      'stopped',
    ]);
    expect(exitStatus).toBe(0);
  }, 150_000);

  it('serves what is there when started again, the demo not loaded twice', async () => {
    const { masthead, seconds, counts: again } = await startTimed();
    console.info(`used data directory: first query answered after ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThan(LONGEST_START_SECONDS);
    expect(again).toEqual(counts);
    expect(await masthead.end('SIGKILL')).toMatchObject({ exitStatus: null });
  }, 150_000);

  it('starts after kill -9 with everything, and keeps the directory to itself', async () => {
    const { masthead, counts: again } = await startTimed();
    expect(again).toEqual(counts);
    const second = await runMasthead(['start'], { cwd: folder, variables: { PORT: '0' } }).ended;
    expect(second).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: `The data directory .masthead is in use by another Masthead process (pid ${masthead.pid})\n`,
    });
    expect((await masthead.query(COUNTS)).data).toEqual(counts);

    // A Ctrl-C under npm: told by the terminal and by npm. By two signals here: two of one kind may come as one.
    masthead.signal('SIGINT');
    masthead.signal('SIGTERM');
    expect(await masthead.ended).toMatchObject({ exitStatus: 0 });
  }, 60_000);

  it('ends at once, as asked, when it is not serving yet', async () => {
    const starting = makeFolder();
    const masthead = runMasthead(['start'], { cwd: starting, variables: { PORT: '0' } });
    await expect.poll(() => existsSync(join(starting, '.masthead')), { timeout: 15_000 }).toBe(true);
    expect(await masthead.end('SIGTERM')).toEqual({ exitStatus: 0, stdout: '', stderr: '' });
  }, 60_000);
});
