import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const command = resolve(import.meta.dirname, '../../bin/masthead.js');

/** Stands in for src/main.ts; its type annotation is what an old Node cannot read. */
const MAIN = `
if (process.argv.includes('serve')) {
  process.on('SIGTERM', () => { console.log('stopping'); process.exit(7); });
  setInterval(() => undefined, 1000);
}
const report: object = { node: process.versions.node, parameters: process.argv.slice(2) };
console.log(JSON.stringify(report));
if (process.argv.includes('crash')) process.kill(process.pid, 'SIGKILL');
if (process.argv.includes('fail')) process.exitCode = 3;
`;

/** Makes the Node that reads it take itself for an old one. */
const PRETENCE = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.19.0'}})`;

/** A Node on this machine that really is too old, if there is one. */
const findOldNode = (): string | undefined => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin');
  return folders
    .map((folder) => join(folder, 'node'))
    .find((node) => {
      try {
        accessSync(node);
        const version = execFileSync(node, ['--version'], { encoding: 'utf8' });
        return /^v(1[89]|20|21|22\.([0-9]|1[0-7]))\./.test(version);
      } catch {
        return false;
      }
    });
};

const oldNode = findOldNode();

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'masthead-bin-'));
  for (const folder of ['bin', 'src', 'node_modules/.bin']) mkdirSync(join(project, folder), { recursive: true });
  copyFileSync(command, join(project, 'bin/masthead.js'));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'src/main.ts'), MAIN);
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** What `npm ci` puts there; a script, so that it is another file than the Node that runs the tests. */
const bringNode = (): void => {
  const path = join(project, 'node_modules/.bin/node');
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
  chmodSync(path, 0o755);
};

const start = (node: readonly string[], parameters: readonly string[], file = 'bin/masthead.js') => {
  const [program = '', ...options] = node;
  const child = spawn(program, [...options, join(project, file), ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]: (number | string | null)[]) => ({ code, signal, ...said }));
  return { child, ended };
};

describe('masthead on a Node that is new enough', () => {
  it('runs the program with the arguments it was given', async () => {
    const { code, stdout, stderr } = await start([process.execPath], ['import', 'a b.ndjson']).ended;
    expect(JSON.parse(stdout)).toEqual({ node: process.versions.node, parameters: ['import', 'a b.ndjson'] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('finds the program when it is called through a link, as npm installs it', async () => {
    symlinkSync('../../bin/masthead.js', join(project, 'node_modules/.bin/masthead'));
    const { stdout } = await start([process.execPath], ['check'], 'node_modules/.bin/masthead').ended;
    expect(JSON.parse(stdout)).toMatchObject({ parameters: ['check'] });
  });
});

describe.each([
  { title: 'a Node that pretends to be old', node: [process.execPath, '--import', PRETENCE] },
  { title: 'the old Node of this machine', node: oldNode === undefined ? [] : [oldNode] },
])('masthead on $title', ({ node }) => {
  beforeEach(({ skip }) => skip(node.length === 0, 'no Node below 22.18 is installed'));

  it('says in one line what it needs when npm has brought nothing', async () => {
    const { code, stdout, stderr } = await start(node, ['start']).ended;
    expect(stderr).toMatch(
      /^masthead needs Node 22\.18 or newer, this is [\d.]+: run `npm ci`, which brings one that `npm start` uses\n$/,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it('goes on with the Node that npm brought', async () => {
    bringNode();
    const { code, stdout, stderr } = await start(node, ['check', '--quick']).ended;
    expect(JSON.parse(stdout)).toEqual({ node: process.versions.node, parameters: ['check', '--quick'] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('ends as the program ended', async () => {
    bringNode();
    expect(await start(node, ['fail']).ended).toMatchObject({ code: 3, signal: null });
    expect(await start(node, ['crash']).ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('passes on the request to stop and waits for the end', async () => {
    bringNode();
    const { child, ended } = start(node, ['serve']);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).toBe(7);
    expect(stdout).toMatch(/stopping\n$/);
  });
});

describe('masthead without anything newer at hand', () => {
  it('does not start itself over and over when the Node that npm brought is the old one', async () => {
    symlinkSync(process.execPath, join(project, 'node_modules/.bin/node'));
    const { code, stderr } = await start([process.execPath, '--import', PRETENCE], []).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^masthead needs Node 22\.18/);
  });
});
