import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { runQuery, type QueryAnswer } from '../support/run-query.ts';
import { HOOK_SECRET } from '../support/sign-hook.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { isWithoutSites, realSite, type WordPressSite } from '../support/wordpress-site.ts';

const READ = `query ($slug: String!) { edition(code: EN) {
  article(slug: $slug) { headline standfirst body { ... on Paragraph { text } } publishedAt version }
  articles(first: 100) { nodes { slug } }
  search(query: "lighthouse") { nodes { slug } }
} }`;

/**
 * A second is promised of what a hook tells, from the answer that the editor has got; a busy machine may take longer. Without
 * its hook nothing is ever seen: there are no sweeps.
 */
const PROMISED_MS = 5_000;

describe.skipIf(isWithoutSites)('an edition in a real WordPress (needs ../shared)', () => {
  let site: WordPressSite;
  let app: TestApp;
  const slug = `journey-${Date.now()}`;
  let id = 0;

  const hookOn = async (isOn: boolean): Promise<void> => {
    const { port } = app.server.server.address() as AddressInfo;
    const settings = JSON.stringify({ gateway: `http://127.0.0.1:${port}/`, store: 'desk-en', secret: HOOK_SECRET });
    await site.php(
      isOn
        ? `update_option('masthead_settings', json_decode('${settings}', true));`
        : `delete_option('masthead_settings');`,
    );
  };
  beforeAll(async () => {
    site = await realSite('journey');
    const source = site.source();
    const store = { name: 'desk-en', edition: 'EN', source, hookSecret: HOOK_SECRET, lagSeconds: 5 } as const;
    app = await createTestApp({
      clock: systemClock,
      isEmpty: true,
      swap: { indexedStores: [{ ...store, sweepSeconds: 0, inventorySeconds: 0 }] },
    });
    await app.server.listen({ port: 0, host: '127.0.0.1' });
    await app.keepers.get('desk-en')?.runDue('inventory');
    await hookOn(true);
  }, 240_000);
  afterAll(async () => {
    await hookOn(false);
    await app.close();
  });

  const read = async () => (await runQuery(app, READ, { slug })).data.edition;
  const isListed = async (): Promise<boolean> =>
    (await read()).articles.nodes.some((node: { readonly slug: string }) => node.slug === slug);
  /** Reads until `isSeen`; how long after the editor's answer the read began that saw it. */
  const seenAfter = async (isSeen: (edition: QueryAnswer['data']) => boolean): Promise<number> => {
    const begun = performance.now();
    for (;;) {
      const waited = performance.now() - begun;
      if (isSeen(await read()) || waited > 10_000) return waited;
    }
  };
  const edit = (fields: Readonly<Record<string, unknown>>) => site.call('POST', `posts/${id}`, fields);
  /**
   * WordPress says in whole seconds when a post was saved: one that is taken back and published within one may be as it was
   * before, and is shown when the site's worst lag is over.
   */
  const untilNextSecond = async (): Promise<void> => {
    const second = Math.floor(Date.now() / 1_000);
    await expect.poll(() => Math.floor(Date.now() / 1_000), { timeout: 5_000 }).toBeGreaterThan(second);
  };
  const run = async (task: 'sweep' | 'inventory'): Promise<void> => {
    await app.keepers.get('desk-en')?.runDue(task);
    await app.changes.step();
  };

  it('shows what an editor publishes, corrects and takes back, each within a second of its hook', async () => {
    expect((await read()).article).toBeNull();
    const published = await site.call('POST', 'posts', {
      title: 'A lighthouse &amp; its keeper',
      slug,
      excerpt: 'After a year.',
      content: '<!-- wp:paragraph --><p>The lighthouse shone.</p><!-- /wp:paragraph -->',
      status: 'publish',
    });
    id = published.id;
    expect(await seenAfter(({ article }) => article !== null)).toBeLessThan(PROMISED_MS);
    const first = await read();
    expect(first.article).toMatchObject({
      headline: 'A lighthouse & its keeper',
      body: [{ text: 'The lighthouse shone.' }],
      version: 1,
    });
    expect(first.search.nodes).toContainEqual({ slug });
    expect(await isListed()).toBe(true);

    await edit({ title: 'The lighthouse goes out' });
    expect(await seenAfter(({ article }) => article?.headline === 'The lighthouse goes out')).toBeLessThan(PROMISED_MS);

    await site.call('DELETE', `posts/${id}`);
    expect(await seenAfter(({ article }) => article === null)).toBeLessThan(PROMISED_MS);
    expect(await isListed()).toBe(false);

    await untilNextSecond();
    await edit({ status: 'publish', slug });
    expect(await seenAfter(({ article }) => article !== null)).toBeLessThan(PROMISED_MS);

    await edit({ date_gmt: '2020-02-29T12:00:00' });
    expect(await seenAfter(({ article }) => article?.publishedAt.startsWith('2020-02-29'))).toBeLessThan(PROMISED_MS);

    await edit({ status: 'draft' });
    expect(await seenAfter(({ article }) => article === null)).toBeLessThan(PROMISED_MS);
    await untilNextSecond();
    await edit({ status: 'publish' });
    await seenAfter(({ article }) => article !== null);
    await site.call('DELETE', `posts/${id}?force=true`);
    expect(await seenAfter(({ article }) => article === null)).toBeLessThan(PROMISED_MS);
  }, 120_000);

  it('shows all of it without a hook, at the next sweep, or the next inventory', async () => {
    await hookOn(false);
    const content = '<!-- wp:paragraph --><p>Nobody told.</p><!-- /wp:paragraph -->';
    id = (await site.call('POST', 'posts', { title: 'Quiet', slug, content, status: 'publish' })).id;
    expect((await read()).article).toBeNull();
    await run('sweep');
    expect((await read()).article).toMatchObject({ headline: 'Quiet' });

    await edit({ title: 'Quiet, corrected' });
    await run('sweep');
    expect((await read()).article).toMatchObject({ headline: 'Quiet, corrected' });

    await site.call('DELETE', `posts/${id}`);
    await run('inventory');
    // Found a moment ago, it may be a replica that misses it: that is waited for.
    for (let edition = await read(); edition.article !== null; edition = await read()) {
      await app.keepers.get('desk-en')?.catchUp();
      await app.changes.step();
    }
    expect(await isListed()).toBe(false);

    const backDated = { title: 'Long ago', slug: `${slug}-old`, content, status: 'publish' };
    const old = await site.call('POST', 'posts', { ...backDated, date_gmt: '2019-01-01T08:00:00' });
    await site.php(
      `global $wpdb; $wpdb->update($wpdb->posts, ['post_modified' => '2019-01-01 09:00:00', 'post_modified_gmt' => '2019-01-01 08:00:00'], ['ID' => ${old.id}]); clean_post_cache(${old.id});`,
    );
    await run('inventory');
    const { data } = await runQuery(app, READ, { slug: `${slug}-old` });
    expect(data.edition.article).toMatchObject({ headline: 'Long ago' });
    await site.call('DELETE', `posts/${old.id}?force=true`);
  }, 120_000);
});
