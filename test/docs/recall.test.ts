import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, startMasthead, type ServingMasthead } from '../support/run-masthead.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { mastheadOnPath } from './masthead-on-path.ts';
import { readBlocks } from './read-examples.ts';

const blocks = readBlocks(readFileSync(join(PROJECT_ROOT, 'docs/operations/recall.md'), 'utf8'));
const folder = makeFolder();

/** `text` without what is another every time: instants, ids of the log, milliseconds, ports. */
const steady = (text: string): string =>
  text
    .trim()
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'INSTANT')
    .replaceAll(/chg_[0-9a-f]{8}_\d+|change \d+/g, 'CHANGE')
    .replaceAll(/\d+ ms/g, 'N ms')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'GATEWAY');

describe('docs/operations/recall.md', () => {
  let server: ServingMasthead;
  let environment: NodeJS.ProcessEnv;
  beforeAll(async () => {
    server = await startMasthead({ cwd: folder, lifetime: 'file' });
    environment = { ...mastheadOnPath(folder, server.url), PORT: new URL(server.url).port };
  });

  it('shows commands that do what it says, one after the other', async () => {
    let ran = 0;
    for (const [place, { language, text, line }] of blocks.entries()) {
      if (language !== 'sh') continue;
      const { stdout } = await promisify(execFile)('sh', ['-ec', text], { cwd: folder, env: environment });
      ran += 1;
      const shown = blocks[place + 1];
      if (shown?.language !== 'text') continue;
      expect({ line, stdout: steady(stdout) }).toEqual({ line, stdout: steady(shown.text) });
    }
    expect(ran).toBe(3);
  }, 120_000);
});
