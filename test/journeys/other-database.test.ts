import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleLine } from '../support/ingest-rig.ts';
import { makeFolder, runMasthead, startMasthead, type ServingMasthead } from '../support/run-masthead.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

const edition = (code: string, store: string): string =>
  `  - { code: ${code}, name: News, language: ${code}, timeZone: UTC, store: ${store} }\n`;

const PAGE = '{ edition(code: EN) { articles { totalCount nodes { headline } } } }';
const OTHER_PAGE = '{ edition(code: ES) { articles { totalCount nodes { headline } } } }';

describe('an edition that lives in another PostgreSQL', () => {
  const cwd = makeFolder();
  let databases: readonly Awaited<ReturnType<typeof createPostgresTestUrl>>[];
  let wire: TcpProxy;
  let gateway: ServingMasthead;

  /** What a desk does on its own database, with a gateway's command and none of its processes. */
  const write = async (url: string, code: string, headline: string): Promise<void> => {
    writeFileSync(join(cwd, 'desk.yaml'), `editions:\n${edition(code, 'main')}`);
    const lines = [
      { type: 'section', edition: code, path: 'news', name: 'News' },
      articleLine('story', { edition: code, section: 'news', headline, publishedAt: '2026-11-20T08:00:00Z' }),
    ];
    writeFileSync(join(cwd, 'news.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const variables = { MASTHEAD_CONFIG: 'desk.yaml', DATABASE_URL: url };
    const { exitStatus, stderr } = await runMasthead(['import', 'news.ndjson'], { cwd, variables, lifetime: 'file' })
      .ended;
    expect({ exitStatus, stderr }).toEqual({ exitStatus: 0, stderr: '' });
  };
  const headlines = async (query = PAGE): Promise<unknown> => (await gateway.query(query)).data;
  const showing = (headline: string) => ({ edition: { articles: { totalCount: 1, nodes: [{ headline }] } } });

  beforeAll(async () => {
    databases = await Promise.all([createPostgresTestUrl(), createPostgresTestUrl()]);
    wire = await startTcpProxy(databases[1]?.url ?? '');
    const stores = 'stores:\n  desk: { kind: postgres, url: "${env.DESK}" }\n';
    writeFileSync(join(cwd, 'newsroom.yaml'), `${stores}editions:\n${edition('en', 'desk')}${edition('es', 'main')}`);
    await write(databases[1]?.url ?? '', 'en', 'First');
    await write(databases[0]?.url ?? '', 'es', 'Primera');
    const variables = { MASTHEAD_CONFIG: 'newsroom.yaml', DATABASE_URL: databases[0]?.url ?? '', DESK: wire.url };
    gateway = await startMasthead({ cwd, variables, lifetime: 'file' });
  }, 120_000);
  afterAll(async () => {
    await gateway.end();
    await wire.close();
    for (const { drop } of databases) await drop();
  });

  it('is served from there, and kept', async () => {
    expect(await headlines()).toEqual(showing('First'));
    await expect.poll(async () => (await gateway.query(PAGE)).cacheStatus, { timeout: 10_000 }).toBe('hit');
  }, 30_000);

  it('shows what is written there as soon as its log was copied', async () => {
    await write(databases[1]?.url ?? '', 'en', 'Second');
    await expect.poll(() => headlines(), { timeout: 10_000 }).toEqual(showing('Second'));
  }, 60_000);

  it('takes no import where nobody would read it', async () => {
    const variables = { MASTHEAD_CONFIG: 'newsroom.yaml', DATABASE_URL: databases[0]?.url ?? '', DESK: wire.url };
    const { exitStatus, stderr } = await runMasthead(['import', 'news.ndjson'], { cwd, variables }).ended;
    expect(exitStatus).toBe(1);
    expect(stderr).toBe(
      [1, 2].map((line) => `line ${line}: edition: en lives in the store desk: it is written there\n`).join(''),
    );
  }, 60_000);

  it('costs itself alone while its database is away, and comes back by itself', async () => {
    await wire.refuse();
    const fresh = '{ edition(code: EN) { articles(first: 7) { nodes { headline } } } }';
    const response = await fetch(`${gateway.url}/graphql?${new URLSearchParams({ query: fresh }).toString()}`);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: expect.stringMatching(/^STORE_/), store: 'desk' } }],
    });
    expect(await headlines(OTHER_PAGE)).toEqual(showing('Primera'));
    // By the next poll at the latest.
    await expect
      .poll(async () => (await fetch(`${gateway.url}/readyz`)).json(), { timeout: 10_000 })
      .toMatchObject({
        status: 'degraded',
        stores: { desk: 'failed', postgres: 'ok' },
      });
    await write(databases[1]?.url ?? '', 'en', 'Third');
    await wire.pass();
    await expect.poll(() => headlines(), { timeout: 20_000 }).toEqual(showing('Third'));
    await gateway.complains(/"store":"desk".*the changes of a store are read again/);
  }, 90_000);
});
