import { execFile } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { makeFolder, startMasthead } from '../support/run-masthead.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { SHOWN_ADDRESS } from './demo-gateway.ts';
import { findDifferences, findLineDifferences } from './find-differences.ts';
import { mastheadOnPath } from './masthead-on-path.ts';
import { readBlocks, type Block } from './read-examples.ts';

const blocks = readBlocks(readFileSync(join(PROJECT_ROOT, 'docs/partners/journey.md'), 'utf8'));
const folder = makeFolder();
const ALLOWED = { WEBHOOK_ALLOW_NETWORKS: '127.0.0.1' };

/** What the page shows of what was printed, and what it does not. */
const compare = (shown: Block | undefined, stdout: string): readonly string[] => {
  if (shown === undefined) return stdout === '' ? [] : [`prints ${stdout}`];
  if (shown.language === 'json') return findDifferences(JSON.parse(shown.text), JSON.parse(stdout));
  return findLineDifferences(shown.text, stdout.trim());
};

describe('docs/partners/journey.md', () => {
  let environment: NodeJS.ProcessEnv;
  let port: string;
  beforeAll(async () => {
    const { url } = await startMasthead({ cwd: folder, lifetime: 'file', variables: ALLOWED });
    symlinkSync(join(PROJECT_ROOT, 'docs'), join(folder, 'docs'));
    environment = { ...mastheadOnPath(folder, url), ...ALLOWED };
    port = String(await pickFreePort());
  });
  afterAll(() => {
    const receiver = join(folder, 'receiver.pid');
    if (existsSync(receiver)) process.kill(Number(readFileSync(receiver, 'utf8')));
  });

  it('shows commands that do what it says, one after the other', async () => {
    let ran = 0;
    for (const [place, { language, text, line }] of blocks.entries()) {
      if (language !== 'sh') continue;
      const lines = text.replaceAll('8080', port);
      const { stdout: printed } = await promisify(execFile)('sh', ['-ec', lines], { cwd: folder, env: environment });
      const stdout = printed.replaceAll(environment['URL'] ?? '', SHOWN_ADDRESS);
      ran += 1;
      const shown = blocks[place + 1];
      const faults = compare(shown?.language === 'sh' ? undefined : shown, stdout);
      expect({ line, faults }).toEqual({ line, faults: [] });
    }
    expect(ran).toBeGreaterThanOrEqual(15);
  }, 120_000);

  it('is found from where a partner or a desk begins', () => {
    const links = [
      ['README.md', '](docs/partners/journey.md)'],
      ['docs/partners/operating.md', '](journey.md)'],
      ['docs/syndication/README.md', '](../partners/journey.md)'],
    ] as const;
    const without = links.filter(([page, link]) => !readFileSync(join(PROJECT_ROOT, page), 'utf8').includes(link));
    expect(without).toEqual([]);
  });
});
