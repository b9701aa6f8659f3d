import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** A real process that serves. */
export interface StartedMasthead {
  readonly url: string;
  readonly pid: number;
  /** What it has written to standard error so far. */
  readonly log: () => string;
  readonly end: () => Promise<void>;
}

export interface StartOptions {
  /** What its directory holds, by name. Default: nothing. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether what it writes to standard error is written here too. Default: no. */
  readonly isHeard?: boolean;
}

/** `masthead start` on a free port, in a directory of its own, with `variables` and no others. */
export const startMasthead = async (
  variables: Readonly<Record<string, string>>,
  { files = {}, isHeard = false }: StartOptions = {},
): Promise<StartedMasthead> => {
  const cwd = mkdtempSync(join(tmpdir(), 'masthead-bench-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const child = spawn(process.execPath, [join(ROOT, 'bin/masthead.js'), 'start'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', HOST: '127.0.0.1', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.on('exit', () => done()));
  if (isHeard) child.stderr.pipe(process.stderr, { end: false });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(cwd, { recursive: true, force: true });
  };
  let said = '';
  for await (const piece of child.stdout) {
    said += String(piece);
    const port = /localhost:(\d+)\/graphql\n/.exec(said)?.[1];
    if (port !== undefined) return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, end, log: () => log };
  }
  throw new Error(`The gateway did not start: ${said}${log}`);
};
