import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { listEndpoints, rotateSecret } from '../../../src/syndication/webhooks/endpoint-register.ts';
import type { WebhookSender } from '../../../src/syndication/webhooks/webhook-sender.ts';
import { createGate } from '../../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import {
  articleOf,
  createWebhookRig,
  isSignedWith,
  startReceiver,
  type Receiver,
  type WebhookRig,
} from './webhook-rig.ts';

describe.each(databaseKinds)('webhooks on %s', (kind) => {
  let database: Database;
  let rig: WebhookRig;
  let sender: WebhookSender;
  let receiver: Receiver;
  let others: Receiver[];
  // One for all: to make a database takes longer than most of the tests.
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.query('TRUNCATE webhook_endpoints, webhook_secrets, webhook_deliveries RESTART IDENTITY CASCADE');
    rig = createWebhookRig(database);
    sender = rig.createSender();
    receiver = await startReceiver();
    others = [];
  });
  afterEach(async () => {
    await sender.close();
    await Promise.all([receiver, ...others].map((server) => server.close()));
  });
  const startOther = async (): Promise<Receiver> => {
    const other = await startReceiver();
    others.push(other);
    return other;
  };

  it('tells of each change once, in order, under its own id, and an independent library verifies it', async () => {
    const { secret } = await rig.add(receiver);
    const first = rig.deltas.happen('a', 'PUBLISH');
    const second = rig.deltas.happen('a', 'CORRECTION');
    await sender.settle();
    await sender.settle();
    expect(receiver.told.map(({ id, what }) => [id, what])).toEqual([
      [first.id, 'published a v1'],
      [second.id, 'corrected a v2'],
    ]);
    for (const { body, headers } of receiver.told)
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        timestamp: new Date(first.occurredAt).toISOString(),
        data: { articleId: articleOf('a'), edition: 'EN', article: { headline: 'Story a' } },
      });
    expect(receiver.told[1]?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(rig.failures).toEqual([]);
  });

  it('holds what comes later of an article back until the earlier was taken; other articles go on', async () => {
    await rig.add(receiver);
    receiver.setManner(({ what }) => (what.startsWith('published a') ? 500 : 204));
    rig.deltas.happen('a', 'PUBLISH');
    rig.deltas.happen('a');
    rig.deltas.happen('b', 'PUBLISH');
    rig.deltas.happen('b');
    await sender.settle();
    expect(receiver.taken()).toEqual(['published b v1', 'updated b v2']);
    receiver.setManner(204);
    rig.clock.wind(4_999);
    await sender.settle();
    expect(receiver.taken()).toHaveLength(2);
    rig.clock.wind(1);
    await sender.settle();
    expect(receiver.taken().slice(2)).toEqual(['published a v1', 'updated a v2']);
  });

  it('disables an endpoint that answers 410, and sends it nothing more', async () => {
    await rig.add(receiver);
    receiver.setManner(410);
    rig.deltas.happen('a');
    await sender.settle();
    rig.deltas.happen('b');
    rig.clock.wind(86_400_000);
    await sender.settle();
    expect(receiver.told).toHaveLength(1);
    expect(await listEndpoints(database)).toMatchObject([{ disabled: { reason: 'gone' }, waiting: 1 }]);
  });

  it.each([
    [429, '120', 120_000],
    [503, new Date(Date.now() + 600_000).toUTCString(), undefined],
    [503, '86400', 3_600_000],
  ])(
    'leaves an endpoint alone that answers %i, as long as it asks for, an hour at most (%s)',
    async (status, value, waitMs) => {
      await rig.add(receiver);
      receiver.setManner({ status, headers: { 'retry-after': value } });
      rig.deltas.happen('a');
      await sender.settle();
      rig.deltas.happen('b');
      const wanted = waitMs ?? Date.parse(value) - rig.clock.now();
      rig.clock.wind(wanted - 1);
      await sender.settle();
      expect(receiver.told).toHaveLength(1);
      receiver.setManner(200);
      rig.clock.wind(1);
      await sender.settle();
      expect(receiver.taken()).toEqual(['updated a v1', 'updated b v1']);
    },
  );

  it('follows no redirect and takes none for an answer', async () => {
    const inside = await startOther();
    await rig.add(receiver);
    receiver.setManner({ status: 308, headers: { location: inside.url } });
    rig.deltas.happen('a');
    await sender.settle();
    expect([receiver.told.length, inside.told.length]).toEqual([1, 0]);
    expect(rig.events).toEqual(['rejected retried']);
  });

  it('tells what may no longer be seen as gone, and what is there again as published', async () => {
    await rig.add(receiver);
    receiver.setManner(500);
    rig.deltas.happen('a', 'PUBLISH');
    rig.deltas.happen('b', 'KILL');
    await sender.settle();
    receiver.setManner(204);
    rig.deltas.hidden.add('radio a');
    rig.deltas.happen('b', 'PUBLISH');
    rig.clock.wind(5_000);
    await sender.settle();
    expect(receiver.taken()).toEqual(['killed a v1', 'published b v1', 'published b v2']);
    expect(receiver.told.filter(({ what }) => what === 'killed a v1').map(({ body }) => body)).toEqual([
      expect.stringContaining('"article":null'),
    ]);
  });

  it('sends nothing that is not decided: a store that fails costs time and nothing else', async () => {
    await rig.add(receiver);
    rig.deltas.happen('a');
    rig.deltas.isBroken = true;
    await sender.settle();
    expect(receiver.told).toEqual([]);
    expect(rig.failures).toMatchObject([{ code: 'STORE_FAILED' }]);
    rig.deltas.isBroken = false;
    await sender.settle();
    expect(receiver.taken()).toEqual(['updated a v1']);
  });

  it('sends nothing to a partner that may have nothing, and all of it once it may again', async () => {
    await rig.add(receiver);
    rig.expired.add('radio');
    rig.deltas.happen('a');
    await sender.settle();
    expect(receiver.told).toEqual([]);
    rig.expired.delete('radio');
    await sender.settle();
    expect(receiver.taken()).toEqual(['updated a v1']);
  });

  it('is kept from nobody by a dead endpoint, and asks that one a single question at a time', async () => {
    // A receiver that is well has its time on a busy machine too.
    rig = createWebhookRig(database, 1_500);
    sender = rig.createSender();
    const dead = await startOther();
    const gate = createGate();
    dead.setManner(async () => {
      await gate.pass();
      return 'hang' as const;
    });
    for (let index = 0; index < 20; index += 1) await rig.add(dead, `dead-${index}`);
    const { id } = await rig.add(receiver, 'radio');
    for (let index = 0; index < 12; index += 1) rig.deltas.happen(`story-${index}`);
    const looked = sender.settle();
    await gate.reached;
    // Every place of those that answer may be taken by the dead, until their first deadline at most.
    await looked;
    await sender.settle();
    expect(receiver.taken()).toHaveLength(12);
    const askedBefore = dead.told.length;
    rig.clock.wind(2_000);
    await sender.settle();
    expect(dead.told.length - askedBefore).toBeLessThanOrEqual(20);
    expect((await listEndpoints(database)).filter(({ failures }) => failures > 0)).toHaveLength(20);
    expect((await listEndpoints(database, 'radio')).map((endpoint) => [endpoint.id, endpoint.waiting])).toEqual([
      [id, 0],
    ]);
  });

  it('catches up at once when an endpoint answers again', async () => {
    await rig.add(receiver);
    receiver.setManner(503);
    for (let index = 0; index < 12; index += 1) rig.deltas.happen(`story-${index}`);
    for (let hour = 0; hour < 5; hour += 1) {
      await sender.settle();
      rig.clock.wind(3_600_000);
    }
    receiver.setManner(200);
    await sender.settle();
    expect(receiver.taken()).toHaveLength(12);
  });

  it('catches up at once when the first that an endpoint answers again is a refusal', async () => {
    await rig.add(receiver);
    receiver.setManner(503);
    rig.deltas.happen('a');
    for (let hour = 0; hour < 12; hour += 1) {
      await sender.settle();
      rig.clock.wind(3_600_000);
    }
    await sender.settle();
    // Long before its next turn.
    rig.clock.wind(600_000);
    receiver.setManner(({ what }) => (what.includes(' b ') ? 500 : 204));
    rig.deltas.happen('b');
    await sender.settle();
    expect(receiver.taken()).toEqual(['updated a v1']);
  });

  it('is one process at a time: two share the endpoints, and nothing is told twice', async () => {
    const other = rig.createSender();
    const second = await startOther();
    await rig.add(receiver);
    await rig.add(second, 'agency');
    for (let index = 0; index < 40; index += 1) rig.deltas.happen(`story-${index % 7}`);
    await Promise.all([sender.settle(), other.settle(), sender.settle(), other.settle()]);
    await sender.settle();
    await other.close();
    for (const { told } of [receiver, second]) {
      expect(told).toHaveLength(40);
      expect(new Set(told.map(({ id }) => id)).size).toBe(40);
    }
  });

  it('signs with the former secret too until that is over', async () => {
    const { id, secret } = await rig.add(receiver);
    const next = await rotateSecret(database, id, { now: rig.clock.now() });
    rig.deltas.happen('a');
    await sender.settle();
    rig.clock.wind(24 * 3_600_000);
    rig.deltas.happen('a');
    await sender.settle();
    const [during, after] = receiver.told;
    expect([secret, next].map((of) => during && isSignedWith(during, of))).toEqual([true, true]);
    expect([secret, next].map((of) => after && isSignedWith(after, of))).toEqual([false, true]);
  });

  it('passes over what happened before it was there, and nothing once it has begun', async () => {
    rig.deltas.happen('old', 'PUBLISH');
    rig.clock.wind(3_600_000);
    await rig.add(receiver, 'radio', false);
    rig.deltas.happen('a', 'PUBLISH');
    await sender.settle();
    expect(receiver.taken()).toEqual(['published a v1']);
    // The deltas tell again of what happened long ago: its plan is another, or its cursor had expired.
    rig.deltas.happen('b', 'PUBLISH');
    rig.deltas.expireTo = 3;
    await sender.settle();
    expect(receiver.taken().slice(1)).toEqual(['published old v1', 'published a v1', 'published b v1']);
  });

  it('begins anew, with everything, when its cursor has expired', async () => {
    await rig.add(receiver);
    rig.deltas.happen('a', 'PUBLISH');
    await sender.settle();
    rig.deltas.happen('b', 'PUBLISH');
    rig.deltas.expireTo = 2;
    await sender.settle();
    expect(receiver.taken()).toEqual(['published a v1', 'published a v1', 'published b v1']);
    expect(rig.restarts).toHaveLength(1);
  });
});
