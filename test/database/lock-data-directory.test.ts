import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDirectory } from '../../src/database/lock-data-directory.ts';
import { startProcess } from './processes/start-process.ts';

let parent: string;
let directory: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'masthead-lock-'));
  directory = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true }));

describe('lockDataDirectory', () => {
  it('makes a directory that only its owner can enter', async () => {
    const unlock = await lockDataDirectory(directory);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await unlock();
  });

  it('lets one of several processes win that start at once', async () => {
    const processes = Array.from({ length: 5 }, () => startProcess('hold-lock.ts', directory));
    for (const each of processes) expect(await each.line()).toBe('ready');
    for (const each of processes) each.go();
    const lines = await Promise.all(processes.map((each) => each.line()));

    expect(lines.filter((line) => line === 'won')).toHaveLength(1);
    for (const line of lines.filter((each) => each !== 'won')) {
      expect(line).toMatch(/^lost: The data directory \/\S+ is in use by another Masthead process( \(pid \d+\))?$/);
    }
  });

  it('names the process that holds it', async () => {
    const holder = startProcess('hold-lock.ts', directory);
    await holder.line();
    holder.go();
    await holder.line();

    await expect(lockDataDirectory(directory)).rejects.toMatchObject({
      name: 'DirectoryInUseError',
      pid: holder.pid,
      message: `The data directory ${directory} is in use by another Masthead process (pid ${holder.pid})`,
    });
  });

  it('is free again after its holder was killed, whatever it left behind', async () => {
    const holder = startProcess('hold-lock.ts', directory);
    await holder.line();
    holder.go();
    expect(await holder.line()).toBe('won');
    await holder.kill();

    expect(await readdir(directory)).toContain('pid');
    const unlock = await lockDataDirectory(directory);
    await unlock();
  });

  it('refuses a second holder in the same process, and none after the first let go', async () => {
    const unlock = await lockDataDirectory(directory);
    await expect(lockDataDirectory(directory)).rejects.toMatchObject({ pid: process.pid });
    await unlock();
    await unlock();
    await (
      await lockDataDirectory(directory)
    )();
  });

  it('says so when the directory cannot be made', async () => {
    await writeFile(directory, 'a file');
    await expect(lockDataDirectory(directory)).rejects.toMatchObject({
      code: 'INTERNAL',
      message: `The data directory ${directory} cannot be made or written to`,
    });
  });
});
