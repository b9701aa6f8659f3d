import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { PROJECT_ROOT } from '../support/shared.ts';

it('a command whose output nobody reads ends quietly, as it would have', async () => {
  const masthead = `"${process.execPath}" "${join(PROJECT_ROOT, 'bin/masthead.js')}"`;
  // The one that should read is gone before anything is written.
  const status = 'echo "${PIPESTATUS[0]}"';
  const lines = `${masthead} schema | true; ${status}; ${masthead} nonsense 2>&1 | true; ${status}`;
  expect(await promisify(execFile)('bash', ['-c', lines])).toEqual({ stdout: '0\n2\n', stderr: '' });
}, 30_000);
