import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isWithoutSites } from './wordpress-site.ts';

const support = new URL('wordpress.ts', import.meta.url).href;

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe.skipIf(isWithoutSites)('real sites (need ../shared)', () => {
  it('leave no server and no file behind when their starter is killed', async () => {
    const script = `const { sites } = await (await import(${JSON.stringify(support)})).startWordPress();
      console.log(JSON.stringify(sites)); setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(starter.stdout, 'data')) as [Buffer];
    const sites = JSON.parse(line.toString()) as readonly { readonly home: string; readonly program: string }[];
    const [first] = sites;
    if (first === undefined) throw new Error('No site was started');
    const directory = dirname(dirname(first.program));
    expect(await answers(`${first.home}/readme.html`)).toBe(true);
    expect(existsSync(directory)).toBe(true);

    starter.kill('SIGKILL');

    await expect.poll(() => existsSync(directory), { timeout: 60_000 }).toBe(false);
    expect(await answers(`${first.home}/readme.html`)).toBe(false);
  }, 240_000);
});
