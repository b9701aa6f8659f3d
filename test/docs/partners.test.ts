import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { makeFolder, startMasthead, type ServingMasthead } from '../support/run-masthead.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { mastheadOnPath } from './masthead-on-path.ts';
import { readBlocks } from './read-examples.ts';

const blocks = readBlocks(readFileSync(join(PROJECT_ROOT, 'docs/partners/operating.md'), 'utf8'));
const folder = makeFolder();

describe('docs/partners/operating.md', () => {
  let server: ServingMasthead;
  let environment: NodeJS.ProcessEnv;
  beforeAll(async () => {
    server = await startMasthead({ cwd: folder, lifetime: 'file' });
    environment = mastheadOnPath(folder, server.url);
  });

  it('shows commands that do what it says, one after the other', async () => {
    let ran = 0;
    for (const [place, { language, text, line }] of blocks.entries()) {
      if (language !== 'sh') continue;
      const { stdout } = await promisify(execFile)('sh', ['-ec', text], { cwd: folder, env: environment });
      ran += 1;
      const shown = blocks[place + 1];
      if (shown === undefined || !['text', 'json'].includes(shown.language)) continue;
      expect({ line, stdout: stdout.trim() }).toEqual({ line, stdout: shown.text });
    }
    expect(ran).toBeGreaterThanOrEqual(6);
  }, 120_000);

  it('shows the plans of the demo, and a file that would do', () => {
    const written = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);
    expect(parse(written[0] ?? '').plans).toEqual(
      parse(readFileSync(join(PROJECT_ROOT, 'src/demo/newsroom.yaml'), 'utf8')).plans,
    );
    const file = join(folder, 'newsroom.yaml');
    const editions = 'editions: [{ code: en, name: One, language: en, locale: en-GB, timeZone: UTC }]';
    writeFileSync(file, [editions, ...written].join('\n'));
    const { partners } = loadConfig({ variables: { MASTHEAD_CONFIG: file }, demoFile: file });
    expect(partners).toMatchObject([{ id: 'radio-one', plan: 'radio' }]);
  });
});
