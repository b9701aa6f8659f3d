import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TALLY_FILE_VARIABLE } from '../../scripts/tally-reporter.ts';

const root = resolve(import.meta.dirname, '../..');

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'masthead-tally-'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** A run of vitest over files made for it, and what the reporter said and wrote down. */
const runOver = (files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  const tallyFile = join(project, 'tally.json');
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', project, '--globals'].concat(
      '--reporter',
      join(root, 'scripts/tally-reporter.ts'),
    ),
    { cwd: project, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', [TALLY_FILE_VARIABLE]: tallyFile } },
  );
  return { stdout, status, tally: JSON.parse(readFileSync(tallyFile, 'utf8')) as unknown };
};

describe('TallyReporter', () => {
  it('counts what passed, failed and was skipped, and says why it was skipped', () => {
    const { stdout, status, tally } = runOver({
      'a.test.js': `
        it('passes', () => {});
        it('fails', () => { throw new Error('no'); });
        it('needs news', ({ skip }) => skip('../shared is not there'));
        it.todo('will be written');
        describe.skip('a room', () => { it('is closed', () => {}); });`,
      'b.test.js': `it('passes too', () => {});`,
    });
    expect(tally).toEqual({ passed: 2, failed: 1, skipped: 3 });
    expect(stdout).toContain('skipped: a.test.js > needs news (../shared is not there)');
    expect(stdout).toContain('skipped: a.test.js > will be written (not written yet)');
    expect(stdout).toContain('skipped: a.test.js > a room > is closed (no reason given)');
    expect(stdout).toContain('3 skipped');
    expect(status).toBe(1);
  });

  it('counts a file that cannot be loaded as a failure', () => {
    const { tally } = runOver({
      'a.test.js': `throw new Error('before any test');`,
      'b.test.js': `it('passes', () => {});`,
    });
    expect(tally).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts an error that no test caught as a failure', () => {
    const { tally } = runOver({
      'a.test.js': `it('passes', async () => {
        Promise.reject(new Error('nobody listens'));
        await new Promise((done) => setImmediate(done));
      });`,
    });
    expect(tally).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a failing afterAll as a failure', () => {
    const { tally } = runOver({
      'a.test.js': `describe('a', () => { afterAll(() => { throw new Error('late'); }); it('passes', () => {}); });`,
    });
    expect(tally).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('says nothing about skipped tests when there are none', () => {
    const { stdout, tally } = runOver({ 'a.test.js': `it('passes', () => {});` });
    expect(tally).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(stdout).not.toContain('skipped');
  });
});
