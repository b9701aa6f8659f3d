import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Acknowledgement } from '../../src/changes/acknowledger.ts';
import type { NewChange } from '../../src/changes/change.ts';
import { GatewayError, StoreError } from '../../src/errors.ts';
import { changeRoutes, type ChangeRoutes } from '../../src/http/change-routes.ts';
import { createBaseServer } from '../../src/http/create-base-server.ts';
import { mapTagPurge } from '../../src/ingest/intake.ts';
import { createChangeMetrics } from '../../src/telemetry/change-metrics.ts';
import { createGate } from '../support/gate.ts';
import { readFailure } from './coded.ts';
import { createRecordingLogger } from './recording-logger.ts';

const TOKEN = 'correct-horse-battery-staple';
const EPOCH = '00000000-0000-4000-8000-000000000000';

/** A log by hand: it records what it is given, and acknowledges as the test says. */
const setUp = async (
  options: Partial<ChangeRoutes> & {
    readonly append?: () => Promise<void>;
    readonly acknowledge?: () => Promise<Acknowledgement>;
  } = {},
) => {
  const { append = async () => undefined, acknowledge = async () => ({ pending: [] }), ...others } = options;
  const recorded: { id: string; changes: readonly NewChange[] }[] = [];
  const acknowledged: number[] = [];
  const registry = new Registry();
  const { logger, lines } = createRecordingLogger();
  const app = createBaseServer({ logger, bodyLimit: 100 * 1024 });
  await app.register(changeRoutes, {
    changes: {
      append: async (id, changes) => {
        await append();
        recorded.push({ id, changes });
        return { sequence: recorded.length + 40, epoch: EPOCH };
      },
      acknowledge: ({ sequence }) => {
        acknowledged.push(sequence);
        return acknowledge();
      },
    },
    intake: {
      mapReports: async (reports) => reports.flatMap((report) => ('tags' in report ? [mapTagPurge(report)] : [])),
    },
    editions: ['EN', 'AR'],
    token: TOKEN,
    metrics: createChangeMetrics(registry),
    logger,
    ...others,
  });
  const post = (payload: unknown, headers: Readonly<Record<string, string>> = {}) =>
    app.inject({
      method: 'POST',
      url: '/changes',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
  return { app, recorded, acknowledged, post, lines, figures: () => registry.metrics() };
};

const purge = { id: 'one', changes: [{ tags: ['live:en'] }] };
const soft = { id: 'one', changes: [{ tags: ['live:en'], soft: true }] };

describe('POST /changes', () => {
  let rig: Awaited<ReturnType<typeof setUp>>;
  beforeEach(async () => {
    rig = await setUp();
  });

  it('says gone when nobody can answer from before', async () => {
    const response = await rig.post(purge);
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({ sequence: 41, gone: true, waitedMs: expect.any(Number) as number });
    expect(rig.recorded).toMatchObject([{ id: 'one', changes: [{ kind: 'PURGE', tags: ['live:en'] }] }]);
    expect(rig.acknowledged).toEqual([41]);
  });

  it('answers only once it is acknowledged, however long that takes', async () => {
    const gate = createGate();
    rig = await setUp({ acknowledge: () => gate.pass().then(() => ({ pending: [] })) });
    let isAnswered = false;
    const answer = rig.post(purge).then((response) => {
      isAnswered = true;
      return response;
    });
    await gate.reached;
    expect(await rig.figures()).toContain('masthead_change_acknowledgements_waiting 1\n');
    expect(isAnswered).toBe(false);
    gate.open();
    expect((await answer).json()).toMatchObject({ gone: true });
    expect(await rig.figures()).toContain('masthead_change_acknowledgements_waiting 0\n');
  });

  it('names who may still answer from before, and until when', async () => {
    const until = Date.UTC(2026, 10, 23, 12, 5);
    rig = await setUp({ acknowledge: async () => ({ pending: [{ process: 'west-1', until }] }) });
    const response = await rig.post(purge);
    expect(response.statusCode).toBe(202);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      sequence: 41,
      pending: [{ process: 'west-1', until: '2026-11-23T12:05:00.000Z' }],
    });
    expect(rig.lines).toMatchObject([{ level: 'warn', fields: { sequence: 41, pending: [{ process: 'west-1' }] } }]);
  });

  it('never says gone of a soft change, and waits for nobody', async () => {
    const response = await rig.post(soft);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ sequence: 41, gone: false, waitedMs: 0 });
    expect(rig.recorded).toMatchObject([{ changes: [{ isSoft: true }] }]);
    expect(rig.acknowledged).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['another token', { authorization: `Bearer ${TOKEN}x` }],
    ['the token by another scheme', { authorization: `Basic ${Buffer.from(`:${TOKEN}`).toString('base64')}` }],
  ])('refuses whoever brings %s, before the body is looked at', async (_what, headers) => {
    const response = await rig.app.inject({ method: 'POST', url: '/changes', headers, payload: '{' });
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(readFailure(response)).toMatchObject({ shape: 'problem', status: 401, code: 'UNAUTHENTICATED' });
    expect(rig.recorded).toEqual([]);
  });

  it('is nobody’s without ADMIN_TOKEN', async () => {
    rig = await setUp({ token: undefined });
    for (const authorization of ['Bearer undefined', `Bearer ${TOKEN}`, 'Bearer '])
      expect(readFailure(await rig.post(purge, { authorization }))).toMatchObject({ status: 401 });
  });

  it('names everything that is wrong with a request, and records nothing of it', async () => {
    const told = readFailure(await rig.post({ changes: [{ tags: ['live:en'] }, { tags: ['search:es', 'x'] }] }));
    expect(told).toMatchObject({ shape: 'problem', status: 400, code: 'BAD_REQUEST' });
    for (const place of ['id: must be given', 'changes.1.tags.0: ', 'changes.1.tags.1: '])
      expect(told.message).toContain(place);
    expect(rig.recorded).toEqual([]);
  });

  it.each([
    ['no JSON', '{"id": ', {}, 400],
    ['said to be a form', JSON.stringify(purge), { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['said to be text', JSON.stringify(purge), { 'content-type': 'text/plain' }, 415],
    ['nothing', '', {}, 400],
    ['too much', `"${'x'.repeat(100 * 1024)}"`, {}, 413],
  ])('refuses a body that is %s', async (_what, payload, headers, status) => {
    const told = readFailure(await rig.post(payload, headers));
    expect(told).toMatchObject({ shape: 'problem', status });
    expect(rig.recorded).toEqual([]);
  });

  it('takes a thousand tags in a body of the default size', async () => {
    const tags = Array.from(
      { length: 1_000 },
      (_, index) => `url:en:news/europe/a-headline-of-the-usual-length-${index}`,
    );
    expect((await rig.post({ id: 'many', changes: [{ tags }] })).statusCode).toBe(200);
    expect(rig.recorded[0]?.changes[0]?.tags).toHaveLength(1_000);
  });

  it.each([
    ['it cannot be looked up', { mapReports: () => Promise.reject(new StoreError('postgres', 'STORE_TIMEOUT')) }, {}],
    ['the log is away', undefined, { append: () => Promise.reject(new StoreError('postgres', 'STORE_FAILED')) }],
    ['the log does not answer', undefined, { append: () => new Promise<void>(() => undefined), recordLimitMs: 1 }],
  ])('says that it is not recorded when %s: it can be sent again', async (_what, intake, options) => {
    rig = await setUp({ ...(intake === undefined ? {} : { intake }), ...options });
    const response = await rig.post(purge);
    expect(readFailure(response)).toMatchObject({
      shape: 'problem',
      status: 503,
      code: 'CHANGE_NOT_RECORDED',
      message: 'The change is not known to be recorded: send it again with the same id',
    });
    expect(response.headers['retry-after']).toBe('1');
  });

  it.each([
    ['cannot be told', { acknowledge: () => Promise.reject(new StoreError('postgres', 'STORE_FAILED')) }],
    ['does not come', { acknowledge: () => new Promise<never>(() => undefined), acknowledgeLimitMs: 1 }],
  ])('says under which number it is recorded when the acknowledgement %s', async (_what, options) => {
    rig = await setUp(options);
    const response = await rig.post(purge);
    expect(readFailure(response)).toMatchObject({ shape: 'problem', status: 503, code: 'CHANGE_NOT_RECORDED' });
    expect(response.json().detail).toMatch(/^The change was recorded as 41, but .*: send it again with the same id$/);
    expect(response.headers['retry-after']).toBe('1');
    expect(await rig.figures()).toContain('masthead_change_acknowledgements_waiting 0\n');
  });

  it('does not ask for another try when the id stands for other changes', async () => {
    const append = () => Promise.reject(new GatewayError('BAD_REQUEST', '"id" "one" was used for other changes'));
    rig = await setUp({ append });
    const response = await rig.post(purge);
    expect(readFailure(response)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(response.json().detail).toContain('used for other changes');
    expect(response.headers).not.toHaveProperty('retry-after');
  });

  it('counts requests by how they ended, and how long acknowledgements took', async () => {
    await rig.post(purge);
    await rig.post(purge);
    await rig.post(soft);
    await rig.post({});
    const figures = await rig.figures();
    for (const line of [
      'masthead_change_requests_total{outcome="gone"} 2',
      'masthead_change_requests_total{outcome="soft"} 1',
      'masthead_change_requests_total{outcome="refused"} 1',
      'masthead_change_acknowledgement_seconds_count{outcome="gone"} 2',
      'masthead_change_pending_processes 0',
    ])
      expect(figures).toContain(`${line}\n`);
  });

  it('logs who asked for what and under which number it stands', async () => {
    await rig.post(purge, { 'x-request-id': 'cms-1' });
    expect(rig.lines).toEqual([
      {
        level: 'info',
        fields: { requestId: 'cms-1', id: 'one', count: 1, sequence: 41, epoch: EPOCH },
        message: 'changes recorded',
      },
    ]);
  });
});
