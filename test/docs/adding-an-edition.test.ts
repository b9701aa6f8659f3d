import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyDiff } from '../support/apply-diff.ts';
import { PROJECT_ROOT } from '../support/shared.ts';

const GUIDE = readFileSync(join(PROJECT_ROOT, 'docs/adding-an-edition.md'), 'utf8');

/** What stands in the guide's fences of one language, in order. */
const fencesOf = (language: string): readonly string[] =>
  [...GUIDE.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);

/** All that the steps of the guide, the type check of the product and a server need; what it is built from is shared. */
const COPIED = ['bin', 'codegen.yml', 'docs', 'package.json', 'resolvers', 'schema', 'src', 'tsconfig.json'];
const SHARED = ['node_modules', 'dist'];

const scratch = mkdtempSync(join(tmpdir(), 'masthead-edition-'));
let server: ChildProcess | undefined;
afterAll(async () => {
  if (server?.exitCode === null) {
    server.kill('SIGKILL');
    await once(server, 'close');
  }
  rmSync(scratch, { recursive: true, force: true });
});

const { PATH = '', HOME = '' } = process.env;
const environment = {
  HOME,
  PATH: `${join(PROJECT_ROOT, 'node_modules/.bin')}${delimiter}${PATH}`,
  MASTHEAD_CONFIG: 'newsroom.yaml',
  PORT: '0',
};

/** Runs a line of the guide in the copy; fails with all it said. */
const run = async (line: string): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd: scratch, env: environment });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${line} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
};

/** Whether a file of the copy has the code as a value of a union or an enum. */
const namesEdition = (name: string, code: string): boolean =>
  new RegExp(`['"]${code}['"]|^  ${code}$`, 'm').test(readFileSync(join(scratch, name), 'utf8'));

/** Starts the copy's server and gives its address. */
const start = async (): Promise<string> => {
  const child = spawn(process.execPath, ['bin/masthead.js', 'start'], { cwd: scratch, env: environment });
  server = child;
  let said = '';
  let log = '';
  child.stderr.on('data', (text: Buffer) => (log += text.toString()));
  for await (const text of child.stdout) {
    said += String(text);
    const [, url] = /Endpoint {4}(\S+)\n/.exec(said) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`The server did not start:\n${said}\n${log}`);
};

describe('docs/adding-an-edition.md, step by step in a copy of the project', () => {
  beforeAll(() => {
    for (const name of COPIED)
      cpSync(join(PROJECT_ROOT, name), join(scratch, name), {
        recursive: true,
        filter: (path) => !path.endsWith('.png'),
      });
    for (const name of SHARED) symlinkSync(join(PROJECT_ROOT, name), join(scratch, name));
  });

  it('names every place that has to change, as it stands there', () => {
    const diffs = fencesOf('diff');
    expect(diffs.length).toBeGreaterThanOrEqual(3);
    for (const diff of diffs) applyDiff(scratch, diff);
  });

  it('leaves a project whose types fit once its commands were run', async () => {
    const lines = fencesOf('sh').join('').trim().split('\n');
    expect(lines.at(-1)).toBe('tsc --noEmit');
    for (const line of lines) await run(line);
    // Types alone would not tell: a union that lacks a value fits where more is taken.
    const generated = readdirSync(join(scratch), { recursive: true, encoding: 'utf8' })
      .filter((name) => /^(docs|resolvers)\//.test(name) && /generated|schema\.(json|graphql)$/.test(name))
      .filter((name) => statSync(join(scratch, name)).isFile() && namesEdition(name, 'AR'));
    expect(generated.length).toBeGreaterThanOrEqual(5);
    expect(generated.filter((name) => !namesEdition(name, 'FR'))).toEqual([]);
  }, 400_000);

  it('gives a gateway that starts, takes French stories in and answers in French', async () => {
    writeFileSync(join(scratch, 'newsroom.yaml'), fencesOf('yaml').join(''));
    writeFileSync(join(scratch, 'news.ndjson'), fencesOf('ndjson').join(''));
    expect(await run('masthead import news.ndjson'.replace('masthead', 'node bin/masthead.js'))).toMatch(/^4 new/);
    const url = await start();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: fencesOf('graphql').join('') }),
    });
    expect(await response.json()).toEqual({ data: JSON.parse(fencesOf('json').join('')) as unknown });
  }, 200_000);
});

describe('a guide’s diff', () => {
  const folder = mkdtempSync(join(tmpdir(), 'masthead-diff-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is done where its lines stand one after the other', () => {
    writeFileSync(join(folder, 'a.txt'), 'one\ntwo\nthree\n');
    applyDiff(folder, '--- a.txt\n one\n-two\n+2\n+2½\n three\n');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one\n2\n2½\nthree\n');
  });

  it.each([
    ['--- a.txt\n one\n-three\n', 'a.txt has 0 places like that of the guide'],
    ['--- a.txt\n same\n', 'a.txt has 2 places like that of the guide'],
    ['a.txt\n+x\n', 'A diff begins with --- and a path: a.txt'],
  ])('is refused where it does not fit: %j', (diff, message) => {
    writeFileSync(join(folder, 'a.txt'), 'one\ntwo\nsame\nsame\n');
    expect(() => applyDiff(folder, diff)).toThrow(message);
  });
});
