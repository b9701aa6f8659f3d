import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { readRelease } from '../../src/config/read-release.ts';
import { makeFolder, runMasthead } from '../support/run-masthead.ts';

const run = (words: readonly string[], variables: Readonly<Record<string, string>> = {}, cwd = makeFolder()) =>
  runMasthead(words, { variables, cwd }).ended;

/** How a process ends that was given something it cannot use. */
const refused = (exitStatus: 1 | 2, ...lines: readonly string[]) => ({
  exitStatus,
  stdout: '',
  stderr: lines.map((line) => `${line}\n`).join(''),
});

describe('masthead, with a configuration it cannot use', () => {
  it.each([['start'], ['check'], ['import', 'news.ndjson']])(
    'names every problem of environment and file at once, and no secret: %s',
    async (...words) => {
      const cwd = makeFolder();
      writeFileSync(
        join(cwd, 'newsroom.yaml'),
        'editions:\n  - { code: fr, name: News, language: english language, please: yes, timeZone: Mars/Olympus }\n',
      );
      const variables = {
        PORT: 'abc',
        DATABASE_URL: 'postgres//someone:sesame-open@db/news',
        LOG_LEVEL: 'loud',
        ADMIN_TOKEN: 'sesame-shut',
        MASTHEAD_CONFIG: 'newsroom.yaml',
      };
      expect(await run(words, variables, cwd)).toEqual(
        refused(
          2,
          'The configuration has 8 problems:',
          '  PORT: must be a whole number',
          '  DATABASE_URL: must be a URL such as postgres://user:password@host/database',
          '  ADMIN_TOKEN: must have at least 16 characters',
          '  LOG_LEVEL: Invalid option: expected one of "trace"|"debug"|"info"|"warn"|"error"|"fatal"|"silent"',
          '  newsroom.yaml: editions.0.code: must be one of EN, AR, ES',
          '  newsroom.yaml: editions.0.language: must be a BCP 47 language tag such as ar or es-MX',
          '  newsroom.yaml: editions.0.timeZone: must be an IANA time zone such as Asia/Beirut',
          '  newsroom.yaml: editions.0: Unrecognized key: "please"',
        ),
      );
    },
  );

  it('says when the file it names cannot be read', async () => {
    expect(await run(['start'], { MASTHEAD_CONFIG: 'absent.yaml' })).toEqual(
      refused(2, 'The configuration has a problem:', '  absent.yaml: cannot be read (ENOENT)'),
    );
  });
});

describe('masthead, with words it does not know', () => {
  const HINT = '(masthead --help says what there is)';

  it.each([
    [['serve'], "error: unknown command 'serve'"],
    [['start', 'now'], "error: too many arguments for 'start'. Expected 0 arguments but got 1: now."],
    [['start', '--port', '1'], "error: unknown option '--port'"],
    [['import'], "error: missing required argument 'file'"],
    [['import', 'a', '--source'], "error: option '--source <name>' argument missing"],
  ])('says so and where help is: %s', async (words, line) => {
    expect(await run(words)).toEqual(refused(2, line, HINT));
  });

  it('shows on standard error what there is when there are none', async () => {
    const { exitStatus, stdout, stderr } = await run([]);
    expect({ exitStatus, stdout }).toEqual({ exitStatus: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: masthead \[options\] \[command\]\n/);
    for (const name of ['start', 'import', 'check', 'schema'])
      expect(stderr).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  it.each(['', 'start', 'import', 'check', 'schema'])('helps when asked: %s --help', async (name) => {
    const words = name === '' ? [] : [name];
    const { exitStatus, stdout, stderr } = await run([...words, '--help']);
    expect({ exitStatus, stderr }).toEqual({ exitStatus: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: ${['masthead', ...words].join(' ')} \\[options\\]`));
    expect(stdout).toMatch(/^ {2}-h, --help +display help for command$/m);
  });

  it('says which release it is', async () => {
    expect(await run(['--version'])).toEqual({ exitStatus: 0, stdout: `${readRelease()}\n`, stderr: '' });
  });
});

describe('masthead, on a machine that refuses it', () => {
  const busyPort = async (): Promise<string> => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    return String((other.address() as AddressInfo).port);
  };
  const quiet = { LOG_LEVEL: 'error' };

  it('says that a port is in use, and which setting chose it', async () => {
    const port = await busyPort();
    const cwd = makeFolder();
    // A command first: it makes the database, and the two starts need not.
    await run(['check'], quiet, cwd);
    expect(await run(['start'], { ...quiet, PORT: port }, cwd)).toEqual(
      refused(1, `Port ${port} is in use: set PORT to another`),
    );
    const free = String(await pickFreePort());
    expect(await run(['start'], { ...quiet, PORT: free, METRICS_PORT: port }, cwd)).toEqual(
      refused(1, `Port ${port} is in use: set METRICS_PORT to another`),
    );
    expect(await run(['start'], { ...quiet, PORT: free, HOST: '192.0.2.1' }, cwd)).toEqual(
      refused(1, 'HOST 192.0.2.1 is not an address of this machine'),
    );
    expect(await run(['start'], { ...quiet, PORT: '0', HOST: '192.0.2.1' }, cwd)).toEqual(
      refused(1, 'HOST 192.0.2.1 is not an address of this machine'),
    );
  }, 60_000);

  it('says that the data directory is no directory, whatever the command', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, 'file'), '');
    writeFileSync(join(cwd, 'news.ndjson'), '');
    const line = 'The data directory file cannot be made or written to';
    const variables = { DATA_DIR: 'file', PORT: '0' };
    expect(await run(['start'], variables, cwd)).toEqual(refused(1, line));
    expect(await run(['import', 'news.ndjson'], variables, cwd)).toEqual(refused(1, line));
    const check = await run(['check'], variables, cwd);
    expect(check).toMatchObject({ exitStatus: 1, stderr: '' });
    expect(check.stdout).toMatch(new RegExp(`^database +failed +${line}$`, 'm'));
  }, 30_000);

  it('says that the data directory may not be written to', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may write anywhere');
    const cwd = makeFolder();
    mkdirSync(join(cwd, 'locked'), { mode: 0o500 });
    expect(await run(['start'], { DATA_DIR: 'locked', PORT: '0' }, cwd)).toEqual(
      refused(1, 'The data directory locked cannot be made or written to'),
    );
  });
});
