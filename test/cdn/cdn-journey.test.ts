import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { createApp, type App } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import { tagOf } from '../../src/content/tags.ts';
import type { Database } from '../../src/database/database.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { startVarnish } from '../support/services.ts';
import { PROJECT_ROOT } from '../support/shared.ts';
import { createTestConfig } from '../support/test-app.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { startFakeCdn } from './fake-cdn.ts';
import { settle } from './purge-rig.ts';

interface RunningCdn {
  readonly url: string;
  readonly purgeUrl: string;
  close(): Promise<void>;
}

/** Varnish as the operator's guide configures it, in front of the gateway on `port`. */
const startDocumentedVarnish = async (file: string, port: number): Promise<RunningCdn> => {
  const vcl = readFileSync(join(PROJECT_ROOT, 'docs/operations', file), 'utf8');
  const { url, stop } = await startVarnish(vcl.replace('"4000"', `"${port}"`));
  return { url, purgeUrl: `${url}/purge-keys`, close: stop };
};

const CDNS: readonly (readonly [string, (port: number) => Promise<RunningCdn>])[] = [
  ['a small CDN of ours', (port) => startFakeCdn(`http://127.0.0.1:${port}`)],
  ['Varnish with xkey', (port) => startDocumentedVarnish('varnish.vcl', port)],
  ['Varnish with bans', (port) => startDocumentedVarnish('varnish-bans.vcl', port)],
];

const TOKEN = 'a-token-of-this-test';

describe.each(CDNS)('a page kept by %s', (_, startCdn) => {
  let database: Database;
  let port: number;
  let cdn: RunningCdn;
  let app: App;
  let ids: readonly ArticleId[];

  const startApp = async (): Promise<App> => {
    const config = createTestConfig({
      PORT: String(port),
      HOST: '127.0.0.1',
      ADMIN_TOKEN: TOKEN,
      CDN_PURGE_URL: cdn.purgeUrl,
    });
    const started = await createApp(config, database);
    await started.start();
    return started;
  };

  beforeEach(async () => {
    port = await pickFreePort();
    cdn = await startCdn(port);
    database = await createTestDatabase('postgres');
    await loadDemo(database, createTestConfig().editions, systemClock);
    app = await startApp();
    await settleFirst();
    const listing = await fetch(
      `http://127.0.0.1:${port}/graphql?query={edition(code:EN){articles(first:12){nodes{id}}}}`,
    );
    const { data } = (await listing.json()) as { data: { edition: { articles: { nodes: { id: ArticleId }[] } } } };
    ids = data.edition.articles.nodes.map(({ id }) => id);
  });
  afterEach(async () => {
    await app.close();
    await cdn.close();
    await database.close();
  });

  /** The demo's own changes, and the CDN's first emptying: all but the last pass, which comes half a minute later. */
  const settleFirst = async (): Promise<void> => {
    await database.query(`DELETE FROM cdn_purges WHERE pass = 'late'`);
    await settle(database);
  };

  /** The text, and whether it is the very answer that was given before: the gateway's request id is of one answer. */
  const read = async (id: ArticleId): Promise<{ headline: string; answeredAs: string | null; age: number }> => {
    const query = `{ article(id: "${id}") { id headline } }`;
    const response = await fetch(`${cdn.url}/graphql?query=${encodeURIComponent(query)}`);
    const { data } = (await response.json()) as { data: { article: { headline: string } } };
    return {
      headline: data.article.headline,
      answeredAs: response.headers.get('x-request-id'),
      age: Number(response.headers.get('age')),
    };
  };
  const readAll = () => Promise.all(ids.map(read));

  const report = async (id: ArticleId): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`http://127.0.0.1:${port}/changes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: `change-of-${id}`, changes: [{ tags: [tagOf.article(id)] }] }),
    });
    return { status: response.status, body: await response.json() };
  };

  it('is gone when the change is acknowledged, and every other page still stands', async () => {
    const before = await readAll();
    expect(await readAll()).toEqual(before);
    const changed = ids[4] as ArticleId;
    await database.query(`UPDATE articles SET headline = 'Corrected' WHERE id = $1`, [changed]);
    expect((await read(changed)).headline).toBe(before[4]?.headline);

    // Sent again it is recorded once: a busy CDN may be late the first time.
    await vi.waitFor(async () => expect(await report(changed)).toMatchObject({ status: 200, body: { gone: true } }), {
      timeout: 15_000,
    });

    const after = await readAll();
    expect(after[4]?.headline).toBe('Corrected');
    expect(after[4]?.answeredAs).not.toBe(before[4]?.answeredAs);
    expect(after.filter((page, index) => page.answeredAs !== before[index]?.answeredAs)).toHaveLength(1);
    // And the new page is kept in its turn.
    expect((await read(changed)).answeredAs).toBe(after[4]?.answeredAs);
  });

  it('is gone once a gateway runs again, when what changed while none did', async () => {
    const before = await readAll();
    await app.close();
    const changed = ids[2] as ArticleId;
    await database.query(`UPDATE articles SET headline = 'Corrected' WHERE id = $1`, [changed]);
    await database.query(
      `INSERT INTO outbox (kind, article_id, edition, tags, version, occurred_at)
       VALUES ('UPDATE', $1, 'EN', ARRAY['article:' || $1], 2, now())`,
      [changed],
    );
    expect((await read(changed)).headline).toBe(before[2]?.headline);
    app = await startApp();
    await app.changes.step();
    await settleFirst();
    const after = await readAll();
    expect(after[2]?.headline).toBe('Corrected');
    expect(after.filter((page, index) => page.answeredAs !== before[index]?.answeredAs)).toHaveLength(1);
  });
});
