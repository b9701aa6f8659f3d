import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { createScheduleRig, inSeconds, type ScheduleRig } from './schedule-rig.ts';

describe('what an import puts on the schedule', () => {
  let database: Database;
  let rig: ScheduleRig;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  beforeEach(async () => {
    rig = await createScheduleRig(database);
  });
  afterAll(() => database.close());

  it('every instant ahead at which the article changes by itself, once', async () => {
    await rig.write('all', {
      publishedAt: inSeconds(10),
      breaking: true,
      breakingUntil: inSeconds(30),
      rights: { embargoedUntil: inSeconds(10), expiresAt: inSeconds(20) },
    });
    expect(await rig.schedule()).toEqual(['all 09:00:10', 'all 09:00:20', 'all 09:00:30']);
  });

  it('nothing that has passed: the import says that itself', async () => {
    await rig.write('past', { publishedAt: inSeconds(-10), rights: { embargoedUntil: inSeconds(0) } });
    expect(await rig.schedule()).toEqual([]);
  });

  it('the instants an article has now, instead of those it had', async () => {
    await rig.write('moved', { publishedAt: inSeconds(10), rights: { expiresAt: inSeconds(20) } });
    await rig.write('moved', { publishedAt: inSeconds(15), rights: { expiresAt: inSeconds(20) } });
    expect(await rig.schedule()).toEqual(['moved 09:00:15', 'moved 09:00:20']);
  });

  it('an instant that was given up and is back', async () => {
    for (const expiresAt of [20, 30, 20]) await rig.write('back', { rights: { expiresAt: inSeconds(expiresAt) } });
    expect(await rig.schedule()).toEqual(['back 09:00:20']);
  });

  it('nothing twice, when an article that has been announced is imported again', async () => {
    await rig.write('again', { publishedAt: inSeconds(10) });
    rig.clock.wind(10_000);
    expect(await rig.scheduler().tick()).toBe(1);
    // By a machine whose clock is a little behind: to it the instant is still ahead.
    rig.clock.wind(-2_000);
    await rig.write('again', { publishedAt: inSeconds(10), headline: 'Better' });
    expect(await rig.schedule()).toEqual([]);
  });

  it('leaves there what is due and not announced yet, whatever else is written meanwhile', async () => {
    await rig.write('due', { publishedAt: inSeconds(10) });
    rig.clock.wind(11_000);
    await rig.write('due', { publishedAt: inSeconds(10), headline: 'Better' });
    expect(await rig.schedule()).toEqual(['due 09:00:10']);
    expect(await rig.scheduler().tick()).toBe(1);
    expect(await rig.takeTold()).toMatchObject([{ story: 'due', kind: 'PUBLISH' }]);
  });

  it('nothing of an import that is rolled back', async () => {
    await rig.run(['{"sourceId":"bad"}', '{"type":"section","edition":"en","path":"x","name":"X"}'], {
      isStrict: true,
    });
    expect(await rig.schedule()).toEqual([]);
  });
});
