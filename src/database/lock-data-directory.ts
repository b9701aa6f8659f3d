import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GatewayError } from '../errors.ts';

/** Another process of ours lives in the data directory. */
export class DirectoryInUseError extends GatewayError {
  override readonly name = 'DirectoryInUseError';
  /** As that process wrote it down; undefined when it had no time to. */
  readonly pid: number | undefined;

  constructor(directory: string, pid: number | undefined) {
    const who = pid === undefined ? '' : ` (pid ${pid})`;
    super('INTERNAL', `The data directory ${directory} is in use by another Masthead process${who}`);
    this.pid = pid;
  }
}

/** SQLite's SQLITE_BUSY: somebody else holds the lock. */
const BUSY = 5;

/** Held for the life of the process: a collected one would let go of its lock. */
const held = new Set<DatabaseSync>();

/**
 * Takes the data directory for this process, making it (0700) when there is none; resolves to what lets go of it.
 *
 * The lock is the kernel's own on a file, by way of the SQLite that comes with Node, which has no other way to ask
 * for one: whatever ends the process, kill -9 included, frees it, and of two that start together one wins. A file
 * with a pid can promise neither. Nothing else may open `lock`: closing any descriptor of it would free it.
 *
 * @throws {DirectoryInUseError} when another process holds it; {GatewayError} when the directory cannot be written to.
 */
export const lockDataDirectory = async (directory: string): Promise<() => Promise<void>> => {
  const pidFile = join(directory, 'pid');
  const lock = await openLock(directory);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw unusable(directory, error);
    throw new DirectoryInUseError(directory, await readPid(pidFile));
  }
  held.add(lock);
  await writeFile(pidFile, `${process.pid}\n`, { mode: 0o600 });

  return async () => {
    if (!held.delete(lock)) return;
    await rm(pidFile, { force: true });
    lock.close();
  };
};

const openLock = async (directory: string): Promise<DatabaseSync> => {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return new DatabaseSync(join(directory, 'lock'));
  } catch (error) {
    throw unusable(directory, error);
  }
};

const unusable = (directory: string, cause: unknown): GatewayError =>
  new GatewayError('INTERNAL', `The data directory ${directory} cannot be made or written to`, { cause });

const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === BUSY;

const readPid = async (file: string): Promise<number | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) ? pid : undefined;
};
