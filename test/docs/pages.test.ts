import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROJECT_ROOT } from '../support/shared.ts';
import { checkPage } from './check-page.ts';
import { startDemoGateway, type DemoGateway } from './demo-gateway.ts';

const FOLDER = join(PROJECT_ROOT, 'docs/clients');
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

describe('the guides for client developers', () => {
  it('are all here', () => {
    expect(pages.length).toBeGreaterThanOrEqual(8);
  });

  it.each(pages)('%s: every example is what the demo newsroom answers', { timeout: 60_000 }, async (name) => {
    // A newsroom for each state a page asks in, and for each page: what one has asked is no hit for another.
    const gateways = new Map<string | null, Promise<DemoGateway>>();
    onTestFinished(async () => {
      for (const gateway of gateways.values()) await (await gateway).close();
    });
    const faults = await checkPage(readFileSync(join(FOLDER, name), 'utf8'), {
      urlOf: async (circumstance) => {
        const gateway = gateways.get(circumstance) ?? startDemoGateway(circumstance ?? undefined);
        gateways.set(circumstance, gateway);
        return (await gateway).url;
      },
    });
    expect(faults).toEqual([]);
  });

  it.each(pages)('%s links to nothing that is not there', (name) => {
    const links = [...readFileSync(join(FOLDER, name), 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, target = '']) => target,
    );
    const missing = links.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const path = join(FOLDER, target);
      const file = path.replace(/\/$/, '').split('/').at(-1) ?? '';
      return !readdirSync(join(path, '..')).includes(file);
    });
    expect(missing).toEqual([]);
  });

  it('are all named by the first one', () => {
    const first = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    expect(pages.filter((name) => name !== 'README.md' && !first.includes(`](${name})`))).toEqual([]);
  });
});
