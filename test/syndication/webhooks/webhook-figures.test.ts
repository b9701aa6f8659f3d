import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { loadWebhookFigures } from '../../../src/syndication/webhooks/webhook-figures.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { createWebhookRig, startReceiver, type Receiver, type WebhookRig } from './webhook-rig.ts';

describe.each(databaseKinds)('loadWebhookFigures on %s', (kind) => {
  let database: Database;
  let rig: WebhookRig;
  let receivers: readonly Receiver[];
  beforeEach(async () => {
    database = await createTestDatabase(kind);
    rig = createWebhookRig(database);
    receivers = await Promise.all([startReceiver(), startReceiver(), startReceiver()]);
  });
  afterEach(async () => {
    await Promise.all(receivers.map((receiver) => receiver.close()));
    await database.close();
  });

  it('counts endpoints by state, and what waits for those that are live', async () => {
    expect(await loadWebhookFigures(database, rig.clock.now())).toEqual({
      waiting: 0,
      lagSeconds: 0,
      live: 0,
      failing: 0,
      disabled: 0,
    });
    for (const [index, receiver] of receivers.entries()) await rig.add(receiver, `partner-${index}`);
    receivers[1]?.setManner(503);
    receivers[2]?.setManner(410);
    rig.deltas.happen('a');
    rig.deltas.happen('b');
    const sender = rig.createSender();
    await sender.settle();
    await sender.close();
    rig.clock.wind(90_000);
    expect(await loadWebhookFigures(database, rig.clock.now())).toEqual({
      waiting: 2,
      lagSeconds: 90,
      live: 1,
      failing: 1,
      disabled: 1,
    });
  });
});
