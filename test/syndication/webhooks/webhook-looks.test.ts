import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { createWebhookRig, startReceiver, type Receiver, type WebhookRig } from './webhook-rig.ts';

describe('a sender with nothing that it may send', () => {
  let database: Database;
  let rig: WebhookRig;
  let receiver: Receiver;
  let looks = 0;
  beforeEach(async () => {
    database = await createTestDatabase('embedded', {
      observe: (statement) => (looks += statement.includes('FOR UPDATE SKIP LOCKED') ? 1 : 0),
    });
    rig = createWebhookRig(database);
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await receiver.close();
    await database.close();
  });
  /** How often endpoints are looked for in half a second that a sender runs by itself. */
  const countLooks = async (): Promise<number> => {
    const sender = rig.createSender();
    sender.start();
    await sender.settle();
    // What happens in the instant in which an endpoint was looked at is news.
    rig.clock.wind(1);
    await pause(100);
    looks = 0;
    await pause(500);
    const counted = looks;
    await sender.close();
    return counted;
  };

  it('does not look again and again while a later change of an article waits for one that was refused', async () => {
    await rig.add(receiver);
    receiver.setManner(500);
    rig.deltas.happen('a', 'PUBLISH');
    rig.deltas.happen('a');
    expect(await countLooks()).toBeLessThan(20);
    expect(receiver.told).toHaveLength(1);
  });

  it('does not look again and again while something waits for a partner that may have nothing', async () => {
    await rig.add(receiver);
    receiver.setManner(500);
    rig.deltas.happen('a', 'PUBLISH');
    const sender = rig.createSender();
    await sender.settle();
    await sender.close();
    rig.clock.wind(10_000);
    rig.expired.add('radio');
    expect(await countLooks()).toBeLessThan(20);
    receiver.setManner(204);
    rig.expired.delete('radio');
    rig.clock.wind(30_000);
    await rig.createSender().settle();
    expect(receiver.taken()).toEqual(['published a v1']);
  });
});
