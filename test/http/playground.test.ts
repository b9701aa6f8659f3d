import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/http/playground/examples.ts';
import { launchChromium, watch, type Witness } from '../support/chromium.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { startGateway } from '../support/start-gateway.ts';

/** `UPDATE_SCREENSHOTS=1 npm test` renews the pictures of the documentation; every other run leaves them alone. */
const SCREENSHOTS = join(PROJECT_ROOT, process.env['UPDATE_SCREENSHOTS'] === '1' ? 'docs' : 'dist/screenshots');
const VISIT = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } as const;

const PICTURES = new Map([
  ['article-page EN', 'playground.png'],
  ['article-page AR', 'playground-arabic.png'],
]);

interface Answer {
  readonly data?: { readonly edition: Readonly<Record<string, unknown>> | null };
  readonly errors?: readonly unknown[];
}

/** What a reader came for in each operation: an answer without it is an answer to the wrong question. */
const SUBJECTS = {
  'article-page': ['article', 'headline'],
  'front-page': ['articles', 'nodes', '0', 'headline'],
  'section-listing': ['section', 'articles', 'edges', '0', 'node', 'headline'],
  search: ['search', 'edges', '0', 'node', 'headline'],
} as const satisfies Record<(typeof EXAMPLES)[number]['operation'], readonly string[]>;

const follow = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((place, name) => (place as Record<string, unknown> | null | undefined)?.[name], value);

let gateway: Awaited<ReturnType<typeof startGateway>>;
let browser: Browser;

beforeAll(async () => {
  // Nothing to do when the assets are those of the sources; and never a test of yesterday's page.
  execFileSync(process.execPath, [join(PROJECT_ROOT, 'scripts/build-playground.js')], { stdio: 'inherit' });
  mkdirSync(SCREENSHOTS, { recursive: true });
  [gateway, browser] = await Promise.all([startGateway(), launchChromium()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await gateway?.close();
});

/** A visitor nobody has seen before, unless the `context` says who it is. */
const visit = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(gateway.url);
  await untilReady(page);
  return page;
};

const untilReady = async (page: Page): Promise<void> => {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await page.locator('.graphiql-editor-tool .view-line').first().waitFor();
};

/** Replaces the variables of the open tab and waits until the page has stored its tabs, which it does a moment later. */
const writeVariables = async (page: Page, variables: Readonly<Record<string, string>>): Promise<void> => {
  await page.getByRole('button', { name: 'Variables', exact: true }).click();
  await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .monaco-editor').click();
  await page.keyboard.press('ControlOrMeta+A');
  // Typed over a selection, a bracket would surround it.
  await page.keyboard.press('Delete');
  await page.keyboard.type(JSON.stringify(variables));
  await page.waitForFunction(
    (marks) => marks.every((mark) => localStorage.getItem('masthead-playground:graphiql:tabState')?.includes(mark)),
    Object.values(variables),
  );
};

const tabsOf = (page: Page) => page.locator('.graphiql-tab-button');

/** Presses the run button and gives what the gateway answered, once it stands in the result window. */
const run = async (page: Page): Promise<{ readonly status: number; readonly answer: Answer }> => {
  const [response] = await Promise.all([
    page.waitForResponse((candidate) => candidate.url() === `${gateway.url}/graphql`),
    page.getByRole('button', { name: /^Execute query/ }).click(),
  ]);
  const answer = (await response.json()) as Answer;
  await page
    .locator('.result-window .view-line', { hasText: /"(data|errors)"/ })
    .first()
    .waitFor();
  return { status: response.status(), answer };
};

describe('the playground', () => {
  let context: BrowserContext;
  let page: Page;
  let witness: Witness;

  beforeAll(async () => {
    context = await browser.newContext(VISIT);
    witness = watch(context, new URL(gateway.url).origin);
    page = await visit(context);
    await page.waitForLoadState('networkidle');
  });

  afterAll(() => context?.close());

  it('opens with a tab per example, named by operation and edition', async () => {
    expect(await page.title()).toBe('Masthead playground');
    expect(await tabsOf(page).allTextContents()).toEqual([
      'Article page · EN',
      'Article page · AR',
      'Article page · ES',
      'Front page · EN',
      'Front page · AR',
      'Section listing · EN',
      'Section listing · ES',
      'Search · AR',
    ]);
    expect(await page.locator('.graphiql-query-editor').textContent()).toMatch(/Press.▶.or.Ctrl\+Enter/u);
  });

  it('shows every tab at once on a small laptop', async () => {
    const { width } = VISIT.viewport;
    const box = await tabsOf(page).last().boundingBox();
    expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThan(width);
  });

  it.each(EXAMPLES.map((example, position) => ({ ...example, position, edition: example.variables.edition })))(
    'runs $operation of $edition as it stands and shows its data',
    async ({ operation, position, variables }) => {
      await tabsOf(page).nth(position).click();

      const { status, answer } = await run(page);

      expect({ status, errors: answer.errors }).toEqual({ status: 200, errors: undefined });
      expect(follow(answer.data?.edition, SUBJECTS[operation]), 'what the page is about').toEqual(expect.any(String));
      const picture = PICTURES.get(`${operation} ${variables.edition}`);
      if (picture !== undefined) {
        const path = join(SCREENSHOTS, picture);
        await page.mouse.move(0, 0);
        await page.screenshot({ path });
      }
    },
  );

  it('knows the schema well enough to document it', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const listed = page.locator('.graphiql-doc-explorer').getByText('EditionCode', { exact: true });
    await listed.waitFor();
    expect(await listed.count()).toBe(1);
    await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
  });

  it('tidies a query with tools it fetches only then', async () => {
    const [response] = await Promise.all([
      page.waitForResponse(/\/playground\/assets\/standalone-/),
      page.getByRole('button', { name: /^Prettify query/ }).click(),
    ]);
    expect(response.status()).toBe(200);
    await page.waitForLoadState('networkidle');
  });

  it('says nothing on the console and asks nobody but its own gateway', () => {
    expect(witness).toEqual({ complaints: [], strangers: [], failures: [] });
  });
});

describe('what the playground keeps', () => {
  it('brings back what a visitor wrote, until the examples are asked for', async () => {
    const context = await browser.newContext(VISIT);
    const page = await visit(context);
    await tabsOf(page).nth(1).click();
    await writeVariables(page, { edition: 'ES', slug: 'mine' });

    await page.reload();
    await untilReady(page);
    expect((await tabsOf(page).allTextContents())[1]).toBe('Article page · ES');
    expect(await page.locator('.graphiql-editor-tool').textContent()).toContain('mine');

    await page.getByRole('button', { name: 'Restore the examples' }).click();
    await page.getByRole('button', { name: 'Article page · AR' }).waitFor();
    expect(await tabsOf(page).count()).toBe(EXAMPLES.length);
    await context.close();
  });

  it('does not let another GraphiQL, run on this address before, hide the examples', async () => {
    const context = await browser.newContext(VISIT);
    await context.addInitScript(() => {
      const tab = { id: 'a', title: 'theirs', query: '{ theirs }', variables: null, headers: null };
      const tabs = [{ ...tab, operationName: null, response: null }];
      localStorage.setItem('graphiql:tabState', JSON.stringify({ tabs, activeTabIndex: 0 }));
      localStorage.setItem('graphiql:query', '{ theirs }');
    });
    const page = await visit(context);
    expect(await tabsOf(page).count()).toBe(EXAMPLES.length);
    await context.close();
  });

  it('sends a key typed as a header and keeps it nowhere', async () => {
    const context = await browser.newContext(VISIT);
    const page = await visit(context);
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .monaco-editor').click();
    await page.keyboard.type('{ "X-Api-Key": "a-secret" }');

    const [request] = await Promise.all([
      page.waitForRequest((candidate) => candidate.url() === `${gateway.url}/graphql`),
      run(page),
    ]);
    expect(request.headers()['x-api-key']).toBe('a-secret');

    // Stored after the key was typed, so the key had its chance.
    await writeVariables(page, { edition: 'EN', slug: 'afterwards' });
    await page.reload();
    await untilReady(page);
    expect(await page.content()).not.toContain('a-secret');
    const kept = JSON.stringify([await context.storageState(), await page.evaluate('({ ...sessionStorage })')]);
    expect(kept).toContain('afterwards');
    expect(kept).not.toContain('a-secret');
    await context.close();
  });
});
