import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awaitDeliveries } from '../../../src/cli/recall/await-deliveries.ts';
import type { Database } from '../../../src/database/database.ts';
import { addTestPartner } from '../../support/add-test-partner.ts';
import { createGate } from '../../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import {
  articleOf,
  createWebhookRig,
  startReceiver,
  type Receiver,
  type WebhookRig,
} from '../../syndication/webhooks/webhook-rig.ts';

const WRITTEN_AFTER_MS = 6_000;
const id = articleOf('a');

/** What was given is known to the process that sends once its round has ended; it writes it down within five seconds of that. */
describe.each(databaseKinds)('a receipt while webhooks are under way, on %s', (kind) => {
  let database: Database;
  let rig: WebhookRig;
  let receiver: Receiver;
  const killed = () => ({ epoch: 'e', sequence: 7, changeId: 'chg_e_7', occurredAt: rig.clock.now() });
  /** Waits, and what is done in each pause of it. */
  const wait = async (kill: ReturnType<typeof killed>, during: (place: number) => Promise<void> | void) => {
    const pauses: number[] = [];
    const lost = await awaitDeliveries({
      database,
      id,
      kill,
      now: rig.clock.now,
      async pause(milliseconds) {
        pauses.push(milliseconds);
        await during(pauses.length);
        rig.clock.wind(milliseconds);
      },
    });
    return { pauses, lost: lost.map(({ partnerId }) => partnerId) };
  };

  beforeAll(async () => {
    database = await createTestDatabase(kind);
    await addTestPartner(database, 'radio');
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.query('TRUNCATE webhook_endpoints, webhook_secrets, webhook_deliveries RESTART IDENTITY CASCADE');
    rig = createWebhookRig(database, 60_000);
    receiver = await startReceiver();
    await rig.add(receiver);
    return receiver.close;
  });

  /** A message that has arrived, and is not answered yet. */
  const sendSlowly = async () => {
    const gate = createGate();
    receiver.setManner(async () => {
      await gate.pass();
      return 204;
    });
    rig.deltas.happen('a', 'PUBLISH');
    const sent = rig.createSender().settle();
    await gate.reached;
    return { gate, sent };
  };

  it('waits for the answer, and for it to be written down', async () => {
    const { gate, sent } = await sendSlowly();
    const kill = killed();
    const seen: number[] = [];
    const { pauses, lost } = await wait(kill, async (place) => {
      seen.push(rig.given.length);
      // Longer than a receipt would wait by itself.
      if (place < 2) rig.clock.wind(WRITTEN_AFTER_MS);
      if (place !== 2) return;
      gate.open();
      await sent;
    });
    // By the time of the KILL alone it would have been made with nothing given.
    expect(seen).toEqual([0, 0, 1]);
    expect({ last: pauses.at(-1), lost }).toEqual({ last: WRITTEN_AFTER_MS, lost: [] });
  });

  it('waits for it to be written down where the answer came just before it looked', async () => {
    const { gate, sent } = await sendSlowly();
    const kill = killed();
    rig.clock.wind(3_000);
    gate.open();
    await sent;
    expect((await wait(kill, () => undefined)).pauses).toEqual([WRITTEN_AFTER_MS]);
    expect((await wait(kill, () => undefined)).pauses).toEqual([WRITTEN_AFTER_MS]);
    rig.clock.wind(60_000);
    expect((await wait(kill, () => undefined)).pauses).toEqual([]);
  });

  it('waits for nothing more where only its KILL was sent, or another article', async () => {
    const sender = rig.createSender();
    rig.deltas.happen('a', 'KILL');
    rig.deltas.happen('b', 'PUBLISH');
    await sender.settle();
    const kill = killed();
    rig.clock.wind(WRITTEN_AFTER_MS);
    expect(await wait(kill, () => undefined)).toEqual({ pauses: [], lost: [] });
  });

  it('says of a process that says nothing, after as long as it may hold the endpoint', async () => {
    const { gate, sent } = await sendSlowly();
    const { pauses, lost } = await wait(killed(), () => undefined);
    expect(lost).toEqual(['radio']);
    const waitedMs = pauses.reduce((sum, each) => sum + each, 0);
    expect(waitedMs).toBeGreaterThan(20_000);
    expect(waitedMs).toBeLessThan(31_000 + WRITTEN_AFTER_MS);
    gate.open();
    await sent;
  });

  it('does not take it for an end that another process has had the endpoint since, or that it was removed', async () => {
    const changes = ['UPDATE webhook_endpoints SET owner = NULL, owned_until = NULL', 'DELETE FROM webhook_endpoints'];
    for (const change of changes) {
      await database.query('TRUNCATE webhook_endpoints CASCADE');
      await rig.add(receiver);
      const { gate, sent } = await sendSlowly();
      const { lost } = await wait(killed(), async (place) => {
        if (place > 1) return;
        rig.clock.wind(change.startsWith('UPDATE') ? 30_000 : 0);
        await database.query(change);
      });
      expect(lost).toEqual(['radio']);
      gate.open();
      await sent;
    }
  });
});
