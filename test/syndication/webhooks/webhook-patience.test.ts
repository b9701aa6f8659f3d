import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { enableEndpoint, listEndpoints } from '../../../src/syndication/webhooks/endpoint-register.ts';
import type { WebhookSender } from '../../../src/syndication/webhooks/webhook-sender.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { articleOf, createWebhookRig, startReceiver, type Receiver, type WebhookRig } from './webhook-rig.ts';

describe.each(databaseKinds)('the patience of webhooks on %s', (kind) => {
  let database: Database;
  let rig: WebhookRig;
  let sender: WebhookSender;
  let receiver: Receiver;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.query('TRUNCATE webhook_endpoints, webhook_secrets, webhook_deliveries RESTART IDENTITY CASCADE');
    rig = createWebhookRig(database);
    sender = rig.createSender();
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await sender.close();
    await receiver.close();
  });

  it('tries again 5 s, 10 s, 20 s … and at last 1 h later, for three days, then gives the endpoint up', async () => {
    const { id } = await rig.add(receiver);
    receiver.setManner(500);
    rig.deltas.happen('a', 'PUBLISH');
    const begun = rig.clock.now();
    const triedAt: number[] = [];
    receiver.setManner(() => {
      triedAt.push((rig.clock.now() - begun) / 1000);
      return 500;
    });
    while ((await listEndpoints(database))[0]?.disabled === null) {
      await sender.settle();
      rig.clock.wind(5_000 * 2 ** Math.min(triedAt.length - 1, 10));
      if (triedAt.length > 9) rig.clock.wind(3_600_000 - 5_000 * 2 ** Math.min(triedAt.length - 1, 10));
    }
    expect(triedAt.slice(0, 8)).toEqual([0, 5, 15, 35, 75, 155, 315, 635]);
    const gaps = triedAt.slice(12).map((at, index) => at - (triedAt[index + 11] ?? 0));
    expect(new Set(gaps)).toEqual(new Set([3_600]));
    expect(triedAt.at(-1)).toBeGreaterThanOrEqual(3 * 86_400);
    expect(triedAt.at(-2)).toBeLessThan(3 * 86_400);
    expect(await listEndpoints(database)).toMatchObject([{ id, disabled: { reason: 'failing' }, waiting: 1 }]);
  });

  it('gives up a single message that is refused for three days while others are taken', async () => {
    await rig.add(receiver);
    receiver.setManner(({ what }) => (what.includes(' a ') ? 422 : 204));
    rig.deltas.happen('a', 'PUBLISH');
    await sender.settle();
    for (let hour = 0; hour < 73; hour += 1) {
      rig.clock.wind(3_600_000);
      rig.deltas.happen('b');
      await sender.settle();
    }
    expect(await listEndpoints(database)).toMatchObject([{ disabled: null, waiting: 0, abandoned: 1 }]);
    expect(rig.events).toContain('rejected abandoned');
    expect(receiver.taken()).toHaveLength(73);
  });

  it('gives up nothing that was refused once because the endpoint is away for three days then', async () => {
    const { id } = await rig.add(receiver);
    receiver.setManner(500);
    rig.deltas.happen('a', 'PUBLISH');
    await sender.settle();
    rig.clock.wind(1_000);
    receiver.setManner(204);
    rig.deltas.happen('b', 'PUBLISH');
    await sender.settle();
    receiver.setManner(503);
    for (let hour = 0; hour < 72; hour += 1) {
      rig.clock.wind(3_600_000);
      await sender.settle();
    }
    expect(rig.events).not.toContain('unanswered abandoned');
    receiver.setManner(204);
    await enableEndpoint(database, id, rig.clock.now());
    await sender.settle();
    expect(receiver.taken()).toEqual(['published b v1', 'published a v1']);
  });

  it('counts as given what left, though no answer came or the one in front said that it was away', async () => {
    const away = await startReceiver();
    await rig.add(receiver);
    await rig.add(away, 'agency');
    await away.close();
    receiver.setManner(({ what }) => (what.includes(' a ') ? 'hang' : 504));
    rig.deltas.happen('a', 'PUBLISH');
    await sender.settle();
    rig.clock.wind(60_000);
    receiver.setManner(504);
    await sender.settle();
    expect(new Set(rig.events)).toEqual(new Set(['unanswered retried']));
    // Once when it was read and never answered, once when a server in front gave the answer; nothing by the port that is closed.
    expect(rig.given).toEqual([articleOf('a'), articleOf('a')]);
  });
});
