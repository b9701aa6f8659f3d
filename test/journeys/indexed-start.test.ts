import { expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { createRecordingLogger } from '../http/recording-logger.ts';
import { createDesk } from '../support/desk-source.ts';
import { createGate } from '../support/gate.ts';
import { createTestConfig } from '../support/test-app.ts';
import { createTestDatabase } from '../support/test-database.ts';

const TOKEN = 'the-token-of-the-administrator';

it('a gateway that starts says which store’s index is being built, and which cannot be kept', async () => {
  const database = await createTestDatabase('postgres');
  const desk = createDesk({ clock: systemClock });
  const { logger, next } = createRecordingLogger();
  const gate = createGate();
  desk.put('1', { slug: 'first' });
  desk.onStories(() => gate.pass());
  const app = await createApp(createTestConfig({ ADMIN_TOKEN: TOKEN }), database, {
    clock: systemClock,
    logger,
    indexedStores: [
      { name: 'desk', edition: 'EN', source: desk.source, sweepSeconds: 1, inventorySeconds: 900, lagSeconds: 0 },
    ],
  });
  const ready = async () => (await app.server.inject({ url: '/readyz' })).json<{ status: string; stores: object }>();
  const built = next('the index of the store is built');
  await app.start();
  await gate.reached;
  expect(await ready()).toMatchObject({ status: 'degraded', stores: { desk: 'building' } });
  gate.open();
  await built;
  const fails = next('the store cannot be swept: what nobody tells of is not found');
  desk.fail('STORE_FAILED');
  await fails;
  const works = next('the store is read again');
  desk.fail(undefined);
  await works;
  const { body: figures } = await app.server.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } });
  expect(figures).toContain('masthead_index_stories_total{store="desk",reason="inventory",outcome="new"} 1');
  expect(figures).toContain('masthead_index_failures_total{store="desk",work="sweep"} 1');
  expect(figures).toMatch(/masthead_index_task_age_seconds\{store="desk",task="inventory"\} \d/);
  await app.close();
  await database.close();
}, 60_000);
