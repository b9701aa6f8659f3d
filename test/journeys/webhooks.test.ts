import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppender } from '../../src/changes/appender.ts';
import { runTakedown } from '../../src/cli/takedown-command.ts';
import { systemClock } from '../../src/clock.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import { declarePartners } from '../../src/partners/declare-partners.ts';
import { addPartner, revokeKeys } from '../../src/partners/partner-desk.ts';
import { addEndpoint } from '../../src/syndication/webhooks/endpoint-register.ts';
import { hear } from '../cli/hear.ts';
import { startReceiver, type Receiver } from '../syndication/webhooks/webhook-rig.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

interface Payload {
  readonly type: string;
  readonly data: {
    readonly articleId: ArticleId;
    readonly article: { readonly bodies?: readonly unknown[]; readonly standard: object } | null;
  };
}

const lines: string[] = [];
const logger = Object.fromEntries(
  ['debug', 'info', 'warn', 'error', 'fatal'].map((level) => [
    level,
    (...said: unknown[]) => lines.push(`${level} ${JSON.stringify(said)}`),
  ]),
) as never;

describe('webhooks of a whole gateway', () => {
  let app: TestApp;
  let webhooks: Readonly<Record<'agency' | 'radio', Receiver>>;
  const secrets: Record<string, string> = {};
  const payloadsOf = (receiver: Receiver): readonly Payload[] =>
    receiver.told.map(({ body }) => JSON.parse(body) as Payload);
  /** Resolves when what is looked for has come. */
  const heard = async (receiver: Receiver, isIt: (payload: Payload) => boolean): Promise<Payload> => {
    for (;;) {
      const found = payloadsOf(receiver).find(isIt);
      if (found !== undefined) return found;
      await new Promise(setImmediate);
    }
  };
  const idOfSlug = async (slug: string): Promise<ArticleId> => {
    const [row] = await app.database.query<{ id: ArticleId }>('SELECT id FROM articles WHERE slug = $1', [slug]);
    if (row === undefined) throw new Error(`There is no ${slug}`);
    return row.id;
  };

  beforeAll(async () => {
    app = await createTestApp({
      variables: { WEBHOOK_ALLOW_NETWORKS: '127.0.0.1', HOST: '127.0.0.1', PROBE_SECONDS: '0' },
      swap: { logger },
    });
    await declarePartners(app.database, app.config);
    webhooks = { agency: await startReceiver(), radio: await startReceiver() };
    for (const [id, { url }] of Object.entries(webhooks)) {
      await addPartner(app.database, { id, name: id, plan: id, expiresAt: null, addresses: [] });
      const endpoint = { partnerId: id, url: `${url}/t0ken`, editions: [], isFromStart: true };
      secrets[id] = (await addEndpoint(app.database, endpoint, systemClock.now())).secret;
    }
    await app.start();
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await Promise.all(Object.values(webhooks).map((receiver) => receiver.close()));
  });

  it('tell each partner of what its plan holds, embargoes included, and of nothing else', async () => {
    const embargoed = await idOfSlug('port-pay-survey');
    await heard(webhooks.agency, ({ data }) => data.articleId === embargoed);
    const [counted] = await app.database.query<{ sections: string[] }>(
      `SELECT array_agg(a.id) AS sections FROM articles a WHERE a.edition = 'EN' AND a.kind IN ('NEWS', 'ANALYSIS', 'FEATURE')`,
    );
    const allowed = new Set(counted?.sections);
    await heard(webhooks.radio, () => true);
    for (const { data } of payloadsOf(webhooks.radio)) expect(allowed.has(data.articleId)).toBe(true);
    expect(payloadsOf(webhooks.radio).some(({ data }) => data.articleId === embargoed)).toBe(false);
    for (const { data } of payloadsOf(webhooks.radio))
      expect(data.article).toMatchObject({
        uri: `urn:masthead:${data.articleId}`,
        standard: { name: 'ninjs', version: '3.1' },
        bodies: [{ role: 'main' }],
      });
    for (const { body, headers } of webhooks.radio.told)
      expect(new Webhook(secrets['radio'] ?? '').verify(body, headers as Record<string, string>)).toBeDefined();
  });

  it('tell of a takedown, with nothing of the article', async () => {
    const told = await heard(webhooks.radio, ({ data }) => data.article !== null);
    const id = told.data.articleId;
    const { database, config } = app;
    const dependencies = {
      database,
      appender: createAppender({ database }),
      editions: config.editions,
      now: systemClock.now(),
    };
    await runTakedown(dependencies, { article: id, lift: false }, hear());
    for (const receiver of Object.values(webhooks)) {
      const killed = await heard(receiver, ({ type, data }) => type === 'article.killed' && data.articleId === id);
      expect(killed.data.article).toBeNull();
    }
  });

  it('tell a partner nothing once its keys were revoked', async () => {
    await revokeKeys(app.database, 'radio');
    const before = webhooks.radio.told.length;
    const next = payloadsOf(webhooks.agency).find(
      ({ data, type }) => data.article !== null && type !== 'article.killed',
    );
    const id = next?.data.articleId as ArticleId;
    const { database, config } = app;
    const dependencies = {
      database,
      appender: createAppender({ database }),
      editions: config.editions,
      now: systemClock.now(),
    };
    await runTakedown(dependencies, { article: id, lift: false }, hear());
    await heard(webhooks.agency, ({ type, data }) => type === 'article.killed' && data.articleId === id);
    expect(webhooks.radio.told).toHaveLength(before);
  });

  it('say nothing of an address, a secret or an article in the log', () => {
    const said = lines.join('\n');
    for (const secret of [...Object.values(secrets), 't0ken']) expect(said).not.toContain(secret);
  });
});
