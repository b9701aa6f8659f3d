import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { openCommandAppender } from '../../src/cli/open-command-appender.ts';
import { runReceipt } from '../../src/cli/recall/receipt-command.ts';
import type { Receipt } from '../../src/cli/recall/receipt.ts';
import { runTakedown } from '../../src/cli/takedown-command.ts';
import { systemClock } from '../../src/clock.ts';
import type { Config } from '../../src/config/load.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import type { Database } from '../../src/database/database.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { addEndpoint } from '../../src/syndication/webhooks/endpoint-register.ts';
import { hear } from '../cli/hear.ts';
import { createPlan } from '../content/create-plan.ts';
import { addTestPartner } from '../support/add-test-partner.ts';
import { createGate } from '../support/gate.ts';
import { createTestConfig } from '../support/test-app.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { startReceiver, type Receiver } from '../syndication/webhooks/webhook-rig.ts';

const variables = { PROBE_SECONDS: '0', WEBHOOK_ALLOW_NETWORKS: '127.0.0.1', HOST: '127.0.0.1' };
const LIST = '{ edition(code: EN) { articles(first: 3) { nodes { id } } } }';
const textOf = (id: string) => `{ article(id: "${id}") { headline bodyText } }`;

interface Line {
  readonly cursor: string;
  readonly kind?: string;
  readonly articleId?: string;
  readonly url?: string;
  readonly version?: number;
}

/** A newsroom whose stories lie in another PostgreSQL that is asked directly: the gateway's own knows partners and its log alone. */
describe('a story that the gateway has no row of, taken back', () => {
  const keys: Record<string, string> = {};
  const gate = createGate();
  let config: Config;
  let database: Database;
  let elsewhere: Database;
  let apps: readonly App[] = [];
  let receivers: Readonly<Record<'wire' | 'other', Receiver>>;
  let [id, kept] = ['' as ArticleId, '' as ArticleId];
  let behind = '';

  const open = async (own: Database): Promise<App> => {
    const stores = createPostgresStores(elsewhere);
    const app = await createApp(config, own, { storesOf: () => stores });
    await app.start();
    return app;
  };
  const ask = async (app: App, partner: string | null, what: { query?: string; url?: string }): Promise<string> => {
    const headers = partner === null ? {} : { authorization: `Bearer ${keys[partner]}` };
    const { query, url = '/graphql' } = what;
    const response = await app.server.inject(
      query === undefined ? { url, headers } : { method: 'POST', url, headers, payload: { query } },
    );
    expect(response.statusCode).toBe(200);
    return response.body;
  };
  const follow = async (partner: string | null, after = '', editions = ''): Promise<readonly Line[]> =>
    (await ask(apps[0] as App, partner, { url: `/changes?first=1000&after=${after}&editions=${editions}` }))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const killsTold = async (...told: Parameters<typeof follow>): Promise<readonly Line[]> =>
    (await follow(...told)).filter(({ kind }) => kind === 'KILL');
  const order = async (lift: boolean): Promise<void> => {
    const appender = await openCommandAppender(config, database);
    const dependencies = { database, appender, editions: config.editions, now: systemClock.now() };
    expect(await runTakedown(dependencies, { article: id, lift }, hear())).toBe(0);
  };
  const receipt = async (followSeconds: number) => {
    const terminal = hear();
    const appender = await openCommandAppender(config, database);
    const exitStatus = await runReceipt(
      { config, database, appender },
      { id, json: true, followSeconds, urls: [] },
      terminal,
    );
    return { exitStatus, ...(JSON.parse(terminal.said.join('\n')) as Receipt & { readonly isGone: boolean }) };
  };
  const knowing = ({ partners }: Receipt) =>
    partners.map(({ partnerId, acknowledged }) => [partnerId, acknowledged?.by ?? null]);

  beforeAll(async () => {
    config = createTestConfig(variables);
    [database, elsewhere] = await Promise.all([createTestDatabase('postgres'), createTestDatabase('postgres')]);
    await loadDemo(elsewhere, config.editions, systemClock);
    for (const partner of ['wire', 'late', 'other']) keys[partner] = await addTestPartner(database, partner);
    keys['abroad'] = await addTestPartner(database, 'abroad', createPlan({ editions: ['ES'] }));
    receivers = { wire: await startReceiver(), other: await startReceiver() };
    for (const [partnerId, { url }] of Object.entries(receivers))
      await addEndpoint(database, { partnerId, url, editions: [], isFromStart: false }, systemClock.now());
    // What this one gave is written down when it ends.
    const first = await open(database);
    const listed = JSON.parse(await ask(first, null, { query: LIST })) as {
      data: { edition: { articles: { nodes: { id: ArticleId }[] } } };
    };
    [id, kept] = listed.data.edition.articles.nodes.map((node) => node.id) as [ArticleId, ArticleId];
    await ask(first, 'wire', { query: textOf(id) });
    await ask(first, 'other', { query: textOf(kept) });
    await first.close();
    const gated: Database = {
      ...database,
      async query(sql, values) {
        if (sql.includes('INSERT INTO deliveries')) await gate.pass();
        return database.query(sql, values);
      },
    };
    apps = [await open(database), await open(gated)];
  }, 60_000);
  afterAll(async () => {
    gate.open();
    await Promise.all(apps.map((app) => app.close()));
    await Promise.all([receivers.wire.close(), receivers.other.close(), database.close(), elsewhere.close()]);
  });

  it('is told by deltas and webhooks to whoever is known to have it, and to nobody else', async () => {
    // Given in time, and written down when all is over.
    await ask(apps[1] as App, 'late', { query: textOf(id) });
    await order(false);
    expect(await database.query('SELECT FROM articles')).toEqual([]);
    expect(await killsTold('wire')).toMatchObject([
      { articleId: id, kind: 'KILL', version: 1, url: config.editions.find(({ code }) => code === 'EN')?.url },
    ]);
    expect(await killsTold('wire', '', 'ar')).toEqual([]);
    for (const partner of ['other', 'abroad', 'late', null]) expect(await killsTold(partner)).toEqual([]);
    await vi.waitFor(() => expect(receivers.wire.taken()).toHaveLength(1), 10_000);
    expect(JSON.parse(receivers.wire.told[0]?.body ?? '')).toMatchObject({
      type: 'article.killed',
      data: { articleId: id, kind: 'KILL', article: null },
    });
  });

  it('is told to whoever is known to have it only after that, though it has passed the order', async () => {
    behind = (await follow('late')).at(-1)?.cursor ?? '';
    gate.open();
    await apps[1]?.close();
    // Nobody waits for it to be taken in.
    await apps[0]?.changes.step();
    const [kill, ...more] = await killsTold('late', behind);
    expect(kill).toMatchObject({ articleId: id });
    expect(more).toEqual([]);
    const graph = `{ changes(first: 50, after: "${behind}") { edges { node { kind articleId article { id } } } } }`;
    expect(JSON.parse(await ask(apps[0] as App, 'late', { query: graph }))).toMatchObject({
      data: { changes: { edges: [{ node: { kind: 'KILL', articleId: id, article: null } }] } },
    });
    // A second order, and what the other one has come to: nothing new.
    await order(false);
    expect(await killsTold('late')).toHaveLength(1);
    expect(await killsTold('wire')).toHaveLength(1);
  });

  it('has a receipt that says who knows, each of the KILL that it was told of', async () => {
    const asked = await receipt(0);
    expect({ exitStatus: asked.exitStatus, isGone: asked.isGone }).toEqual({ exitStatus: 0, isGone: true });
    expect(asked.article).toMatchObject({ id, headline: null });
    expect(knowing(asked)).toEqual([
      ['late', null],
      ['wire', 'webhook'],
    ]);
    // Back from where it was before it was told: it knows nothing of it.
    await follow('late', behind);
    const following = receipt(30);
    await follow('late', (await follow('late', behind)).at(-1)?.cursor);
    const followed = await following;
    expect(followed.exitStatus).toBe(0);
    expect(knowing(followed)).toEqual([
      ['late', 'deltas'],
      ['wire', 'webhook'],
    ]);
    expect(receivers.other.told).toEqual([]);
    expect(receivers.wire.taken()).toHaveLength(1);
  }, 60_000);

  it('is there again for everybody when it is put back, and told anew when it is taken down again', async () => {
    const places = new Map<string | null, string>();
    for (const partner of ['wire', 'other', null]) places.set(partner, (await follow(partner)).at(-1)?.cursor ?? '');
    await order(true);
    const told = async (partner: string | null) =>
      (await follow(partner, places.get(partner))).filter(({ articleId }) => articleId === id).map(({ kind }) => kind);
    for (const partner of ['wire', 'other', null]) expect(await told(partner)).toEqual(['PUBLISH']);
    await order(false);
    expect(await told('wire')).toEqual(['KILL']);
    expect(await told(null)).toEqual([]);
  });
});
