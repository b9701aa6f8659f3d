import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const PRELOAD = join(import.meta.dirname, 'gateway-preload.ts');

/** Starts `masthead start` with `variables` and nothing else of ours; it obeys the checker, and may be built wrong. */
export const spawnGateway = (
  variables: Readonly<Record<string, string>>,
  badBuild: string | null,
  stdout: 'pipe' | 'ignore',
): ChildProcess => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', PRELOAD, join(ROOT, 'bin/masthead.js'), 'start'], {
    cwd: ROOT,
    env: { PATH, HOME, ...variables, HOST: '127.0.0.1', CONSISTENCY_BAD_BUILD: badBuild ?? '' },
    stdio: ['ignore', stdout, 'pipe', 'ipc'],
  });
  child.on('error', () => undefined);
  return child;
};
