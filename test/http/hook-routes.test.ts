import { Registry } from 'prom-client';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import type { NewChange } from '../../src/changes/change.ts';
import { StoreError } from '../../src/errors.ts';
import { changeRoutes } from '../../src/http/change-routes.ts';
import { createBaseServer } from '../../src/http/create-base-server.ts';
import { createHookVerifier } from '../../src/http/verify-hook.ts';
import type { HookReport } from '../../src/ingest/intake/hook-request.ts';
import { createChangeMetrics } from '../../src/telemetry/change-metrics.ts';
import { createRecordingLogger } from './recording-logger.ts';

const SECRET = `whsec_${Buffer.from('a secret of the desk, long enough').toString('base64')}`;
const OTHER_SECRET = `whsec_${Buffer.from('the secret of the other desk....').toString('base64')}`;

const CHANGE: NewChange = {
  kind: 'UPDATE',
  articleId: null,
  edition: 'EN',
  tags: ['live:en'],
  version: null,
  isSoft: false,
  tombstone: null,
};

const setUp = async (map: () => Promise<readonly NewChange[]> = async () => [CHANGE]) => {
  const recorded: string[] = [];
  const reported: (readonly HookReport[])[] = [];
  const registry = new Registry();
  const { logger, lines } = createRecordingLogger();
  const app = createBaseServer({ logger, bodyLimit: 100 * 1024 });
  const intake = {
    mapReports: async (reports: readonly HookReport[]) => {
      reported.push(reports);
      return await map();
    },
  };
  await app.register(changeRoutes, {
    changes: {
      append: async (id) => {
        recorded.push(id);
        return { sequence: 41, epoch: '00000000-0000-4000-8000-000000000000' };
      },
      acknowledge: async () => ({ pending: [] }),
    },
    intake: { mapReports: async () => [] },
    editions: ['EN'],
    token: 'the-token-of-the-administrator',
    metrics: createChangeMetrics(registry),
    logger,
    hooks: [
      { store: 'desk', secret: SECRET, intake },
      { store: 'other', secret: OTHER_SECRET, intake },
    ],
  });
  const post = (payload: string, headers: Readonly<Record<string, string>>) =>
    app.inject({
      method: 'POST',
      url: '/changes',
      payload,
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { app, post, recorded, reported, lines, figures: () => registry.metrics() };
};

const signed = (
  payload: string,
  { store = 'desk', secret = SECRET, at = new Date() }: { store?: string; secret?: string; at?: Date } = {},
): Readonly<Record<string, string>> => ({
  'x-masthead-store': store,
  'webhook-id': 'w-1',
  'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
  'webhook-signature': new Webhook(secret).sign('w-1', at, payload),
});

const BODY = JSON.stringify({ id: 'w-1', changes: [{ kind: 'PUBLISH', sourceId: '42' }, { taxonomy: true }] });

describe('POST /changes with the signature of a store', () => {
  it('takes what the store reports, and remembers it as the store’s own', async () => {
    const { post, recorded, reported, lines } = await setUp();
    const response = await post(BODY, signed(BODY));
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ sequence: 41, gone: true });
    expect(reported).toEqual([[{ kind: 'PUBLISH', sourceId: '42' }, { taxonomy: true }]]);
    await post(BODY, signed(BODY, { store: 'other', secret: OTHER_SECRET }));
    expect(recorded).toEqual(['desk/w-1', 'other/w-1']);
    expect(lines.map(({ fields }) => fields)).toContainEqual(
      expect.objectContaining({ store: 'desk', id: 'w-1', count: 2 }),
    );
  });

  const old = new Date(Date.now() - 6 * 60_000);
  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['unsigned', { 'x-masthead-store': 'desk' }],
    ['signed with another secret', signed(BODY, { secret: OTHER_SECRET })],
    ['signed for another body', signed(`${BODY} `)],
    ['signed six minutes ago', signed(BODY, { at: old })],
    ['of a store that is not there', signed(BODY, { store: 'nobody' })],
    ['of a store with the secret of another', signed(BODY, { store: 'other' })],
    ['with half a signature', { ...signed(BODY), 'webhook-signature': 'v1,' }],
    [
      'with the admin token beside it',
      { 'x-masthead-store': 'desk', authorization: 'Bearer the-token-of-the-administrator' },
    ],
  ])('refuses what is %s, all with one answer', async (_name, headers) => {
    const { post, recorded, reported, figures } = await setUp();
    const response = await post(BODY, headers);
    const { requestId: _requestId, ...problem } = response.json<Record<string, unknown>>();
    expect(problem).toEqual({
      title: 'UNAUTHENTICATED',
      status: 401,
      code: 'UNAUTHENTICATED',
      detail: 'Send the changes signed by a store: X-Masthead-Store, webhook-id, webhook-timestamp, webhook-signature',
    });
    expect(recorded).toEqual([]);
    expect(reported).toEqual([]);
    expect(await figures()).toContain('masthead_change_requests_total{outcome="refused"} 1');
  });

  it('refuses a body that is not signed before it is read', async () => {
    const { post } = await setUp();
    expect((await post('{', signed('}'))).statusCode).toBe(401);
    expect((await post('{', signed('{'))).json()).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it.each([
    [{ id: 'w-1', changes: [] }, 'changes: must hold at least one change'],
    [{ id: 'w-1', changes: [{ kind: 'GONE', sourceId: '1' }] }, 'changes.0.kind'],
    [{ id: 'w-1', changes: [{ kind: 'KILL', sourceId: 'a b' }] }, 'without blanks'],
    [{ id: 'w-1', changes: [{ kind: 'KILL', articleId: 'art_en_x' }] }, 'changes.0.sourceId'],
    [{ id: 'w-1', changes: [{ taxonomy: false }] }, 'changes.0.taxonomy'],
    [{ changes: [{ taxonomy: true }] }, 'id: must be given'],
  ])('names what is wrong with %j', async (body, detail) => {
    const { post } = await setUp();
    const payload = JSON.stringify(body);
    const response = await post(payload, signed(payload));
    expect(response.statusCode).toBe(400);
    expect(response.json<{ detail: string }>().detail).toContain(detail);
  });

  it('asks for it again when it is not known to be recorded', async () => {
    const { post } = await setUp(async () => {
      throw new StoreError('postgres', 'STORE_FAILED');
    });
    const response = await post(BODY, signed(BODY));
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: 'CHANGE_NOT_RECORDED' });
    expect(response.headers['retry-after']).toBe('1');
  });

  it('says nothing of a secret', async () => {
    const { post, lines } = await setUp();
    await post(BODY, signed(BODY));
    await post(BODY, signed(BODY, { secret: OTHER_SECRET }));
    const key = SECRET.slice('whsec_'.length);
    expect(JSON.stringify(lines)).not.toContain(key);
    const intake = { mapReports: async () => [] };
    expect(() => createHookVerifier([{ store: 'desk', secret: 'whsec_no base64!', intake }])).toThrow(
      new TypeError('The hook secret of store "desk" is no whsec_ and base64'),
    );
  });
});
