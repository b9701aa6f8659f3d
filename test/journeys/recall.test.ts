import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { openCommandAppender } from '../../src/cli/open-command-appender.ts';
import type { ReceiptRequest } from '../../src/cli/recall/receipt-command.ts';
import { runReceipt } from '../../src/cli/recall/receipt-command.ts';
import type { Receipt } from '../../src/cli/recall/receipt.ts';
import { runTakedown } from '../../src/cli/takedown-command.ts';
import { systemClock } from '../../src/clock.ts';
import type { Config } from '../../src/config/load.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import type { Database } from '../../src/database/database.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { addEndpoint } from '../../src/syndication/webhooks/endpoint-register.ts';
import { startFakeCdn, type FakeCdn } from '../cdn/fake-cdn.ts';
import { hear } from '../cli/hear.ts';
import { createPlan } from '../content/create-plan.ts';
import { startHandServer, type HandServer } from '../outbound/hand-server.ts';
import { PATIENT } from '../redis/open-link.ts';
import { startOwnRedis, type OwnRedis } from '../redis/own-redis.ts';
import { addTestPartner } from '../support/add-test-partner.ts';
import { createTestConfig } from '../support/test-app.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { startReceiver, type Receiver } from '../syndication/webhooks/webhook-rig.ts';

const LIST = '{ edition(code: EN) { articles(first: 3) { nodes { id headline } } } }';

type Told = Receipt & { readonly isGone: boolean };

/** PostgreSQL, Redis, a CDN and two gateways; partners that ask, that are told, and one whose plan never held the story. */
describe('an article that is taken back', () => {
  const keys: Record<string, string> = {};
  let database: Database;
  let redis: OwnRedis;
  let cdn: FakeCdn;
  let config: Config;
  let apps: readonly App[];
  let ports: readonly number[];
  let receivers: Readonly<Record<'wire' | 'abroad', Receiver>>;
  let stale: HandServer;
  let id: ArticleId;
  let before: string;

  const ask = async (partner: string | null, path: string, gateway = 0): Promise<string> => {
    const headers = partner === null ? {} : { authorization: `Bearer ${keys[partner]}` };
    const response = await fetch(`http://127.0.0.1:${ports[gateway]}${path}`, { headers });
    expect(response.status).toBe(200);
    return response.text();
  };
  const query = (text: string): string => `/graphql?query=${encodeURIComponent(text)}`;
  const receipt = async (request: Partial<ReceiptRequest> = {}) => {
    const terminal = hear();
    const appender = await openCommandAppender(config, database);
    const asked = { id, json: true, followSeconds: 0, urls: [], ...request };
    const exitStatus = await runReceipt({ config, database, appender }, asked, terminal);
    return { exitStatus, ...terminal, told: () => JSON.parse(terminal.said.join('\n')) as Told };
  };

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    [redis, ports] = [await startOwnRedis(), [await pickFreePort(), await pickFreePort()]];
    cdn = await startFakeCdn(`http://127.0.0.1:${ports[0]}`);
    const variables = {
      HOST: '127.0.0.1',
      PUBLIC_URL: cdn.url,
      REDIS_URL: redis.url,
      CDN_PURGE_URL: cdn.purgeUrl,
      WEBHOOK_ALLOW_NETWORKS: '127.0.0.1',
      PROBE_SECONDS: '0',
    };
    config = createTestConfig({ ...variables, PORT: String(ports[0]) });
    await loadDemo(database, config.editions, systemClock);
    keys['wire'] = await addTestPartner(database, 'wire');
    keys['local'] = await addTestPartner(database, 'local', createPlan({ syndication: 'EXCERPT' }));
    keys['abroad'] = await addTestPartner(database, 'abroad', createPlan({ editions: ['ES'] }));
    apps = await Promise.all(
      ports.map((port, index) =>
        createApp(createTestConfig({ ...variables, PORT: String(port), PROCESS_NAME: `desk-${index}` }), database, {
          redisPatience: PATIENT,
        }),
      ),
    );
    for (const app of apps) await app.start();
    receivers = { wire: await startReceiver(), abroad: await startReceiver() };
    for (const [partnerId, { url }] of Object.entries(receivers))
      await addEndpoint(database, { partnerId, url, editions: [], isFromStart: false }, systemClock.now());
    id = (
      JSON.parse(await ask('wire', query(LIST))) as {
        data: { edition: { articles: { nodes: { id: ArticleId }[] } } };
      }
    ).data.edition.articles.nodes[0]?.id as ArticleId;
    await ask('wire', '/feeds/en.ninjs', 1);
    // By asking alone: it has no endpoint, and no cursor yet but this one.
    await ask('local', query(`{ article(id: "${id}") { headline excerpt } }`), 1);
    before = (await ask('local', '/changes?editions=EN&first=1000')).trim().split('\n').at(-1) ?? '';
    await ask('abroad', query('{ edition(code: ES) { articles(first: 3) { nodes { id } } } }'));
    await cdn.get(query(LIST));
    // What a layer that is not ours kept of before, and goes on to give.
    const kept = await ask(null, query(LIST));
    stale = await startHandServer((_, response) => response.end(kept));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await Promise.all([
      cdn.close(),
      redis.close(),
      stale.close(),
      ...Object.values(receivers).map((one) => one.close()),
    ]);
    await database.close();
  });

  it('has no receipt while it stands', async () => {
    const { exitStatus, said, complained } = await receipt({ json: false });
    expect(exitStatus).toBe(1);
    expect(said).toEqual([expect.stringContaining(`Receipt for ${id}`)]);
    expect(complained).toEqual(['Nobody has taken it down: there is no KILL of it']);
  });

  it('is gone from every layer, and the receipt says who has which version of it', async () => {
    const order = { database, appender: await openCommandAppender(config, database), editions: config.editions };
    const terminal = hear();
    const request = { article: id, lift: false, reason: 'The source withdrew it' };
    expect(await runTakedown({ ...order, now: systemClock.now() }, request, terminal)).toBe(0);
    const { exitStatus, told } = await receipt();
    const { isGone, article, order: laid, processes, redis: inRedis, cdn: inCdn, reads, unreached, partners } = told();
    expect({ exitStatus, isGone }).toEqual({ exitStatus: 0, isGone: true });
    expect({ id: article.id, reason: laid?.reason }).toEqual({ id, reason: 'The source withdrew it' });
    expect(processes).toMatchObject({ following: ['desk-0', 'desk-1'], pending: [] });
    expect({ inRedis, inCdn, unreached }).toEqual({
      inRedis: 'read',
      inCdn: { state: 'purged', until: null },
      unreached: [],
    });
    expect(reads.map(({ where, as, reads: all }) => [where, as, all.length > 15])).toEqual([
      [`http://127.0.0.1:${ports[0]}`, 'public', true],
      [cdn.url, 'public', true],
      ['a gateway just started', 'public', true],
      ['a gateway just started', 'local', true],
      ['a gateway just started', 'wire', true],
    ]);
    const holdings = partners.map(({ partnerId, holdings: held }) => [
      partnerId,
      held.map(({ via, extent, version }) => `${via} ${extent} ${version}`),
    ]);
    expect(holdings).toEqual([
      ['local', ['delta named 1', 'query excerpt 1']],
      ['wire', ['feed text 1', 'query named 1']],
    ]);
    const knows = partners.map(({ partnerId, acknowledged }) => [partnerId, acknowledged?.by ?? null]);
    expect(knows).toEqual([
      ['local', null],
      ['wire', 'webhook'],
    ]);
  }, 30_000);

  it('is found where it is still shown, by whoever reads there', async () => {
    const { exitStatus, told, complained } = await receipt({ urls: [stale.url] });
    expect({ exitStatus, isGone: told().isGone }).toEqual({ exitStatus: 1, isGone: false });
    const shown = told().reads[0]?.reads.filter(({ outcome }) => outcome === 'shown');
    expect(shown?.map(({ question }) => question)).toContain('list');
    expect(complained).toEqual([]);
  }, 30_000);

  it('is told as a KILL to whoever was given it, however it was, and to nobody else', async () => {
    const follow = async (partner: string, cursor: string, edition: string) =>
      (await ask(partner, `/changes?editions=${edition}&after=${cursor}`))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { kind?: string; articleId?: string; cursor: string });
    const { cursor } = JSON.parse(before) as { cursor: string };
    const lines = await follow('local', cursor, 'EN');
    expect(lines.filter(({ articleId }) => articleId === id)).toMatchObject([{ kind: 'KILL' }]);
    // Its plan never held the story: in all that it can ask for nothing names it.
    for (const path of ['/changes?first=1000', '/changes?editions=EN&first=1000'])
      expect(await ask('abroad', path)).not.toContain(id);
    expect(receivers.abroad.told.filter(({ body }) => body.includes(id))).toEqual([]);
    expect(receivers.wire.told.findLast(({ body }) => body.includes(id))?.what).toMatch(/^killed .* v2$/);
    // It comes back from behind the KILL.
    const following = receipt({ followSeconds: 30 });
    await ask('local', `/changes?editions=EN&after=${lines.at(-1)?.cursor}`);
    const { exitStatus, told, complained } = await following;
    expect(exitStatus).toBe(0);
    expect(told().partners.map(({ acknowledged }) => acknowledged?.by)).toEqual(['deltas', 'webhook']);
    // Four receipts were read as they: nothing of that is theirs.
    expect(told().partners.map(({ holdings }) => holdings.map(({ times }) => times))).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(complained).toEqual([expect.stringMatching(/^Waiting up to 30 s/), 'local has shown that it knows']);
  }, 60_000);
});
