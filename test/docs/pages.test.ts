import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { PROJECT_ROOT } from '../support/shared.ts';
import { checkPage } from './check-page.ts';
import { startDemoGateway, type Circumstance, type DemoGateway } from './demo-gateway.ts';

const FOLDER = join(PROJECT_ROOT, 'docs/clients');
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

/** Newsrooms, one for each state that is asked for. */
const createGateways = () => {
  const gateways = new Map<Circumstance | null, Promise<DemoGateway>>();
  return {
    urlOf: async (circumstance: Circumstance | null): Promise<string> => {
      const gateway = gateways.get(circumstance) ?? startDemoGateway(circumstance ?? undefined);
      gateways.set(circumstance, gateway);
      return (await gateway).url;
    },
    close: async (): Promise<void> => {
      for (const gateway of gateways.values()) await (await gateway).close();
    },
  };
};

/** Pages that show heads or count readers need newsrooms of their own: what one has asked is a hit for the next. */
const isFirstToAsk = (page: string): boolean => /^```http|recordEngagement/m.test(page);

const shared = createGateways();
afterAll(shared.close);

describe('the guides for client developers', () => {
  it('are all here', () => {
    expect(pages.length).toBeGreaterThanOrEqual(8);
  });

  it.each(pages)('%s: every example is what the demo newsroom answers', { timeout: 60_000 }, async (name) => {
    const page = readFileSync(join(FOLDER, name), 'utf8');
    const gateways = isFirstToAsk(page) ? createGateways() : shared;
    if (gateways !== shared) onTestFinished(gateways.close);
    expect(await checkPage(page, gateways)).toEqual([]);
  });

  it('are all named by the first one', () => {
    const first = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    expect(pages.filter((name) => name !== 'README.md' && !first.includes(`](${name})`))).toEqual([]);
  });
});
