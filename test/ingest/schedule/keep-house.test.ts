import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { keepHouse } from '../../../src/ingest/schedule/keep-house.ts';
import { createGate } from '../../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { createScheduleRig, inSeconds, type ScheduleRig } from './schedule-rig.ts';

const DAY_SECONDS = 24 * 60 * 60;

describe.each(databaseKinds)('keepHouse, %s', (kind) => {
  let database: Database;
  let rig: ScheduleRig;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  beforeEach(async () => {
    rig = await createScheduleRig(database);
    await database.query('TRUNCATE engagement_hours, engagement_totals, change_log, change_requests');
    await letPass('2 hours');
  });
  afterAll(() => database.close());

  const letPass = (interval: string) =>
    database.query(`UPDATE housekeeping SET done_at = now() - $1::interval`, [interval]);
  const keep = () => keepHouse({ database, clock: rig.clock });

  it('removes boundaries a day after they have passed, and none that anybody may ask for', async () => {
    await rig.write('story', { publishedAt: inSeconds(0), rights: { expiresAt: inSeconds(DAY_SECONDS) } });
    const boundaries = async () =>
      (await database.query<{ at: Date }>('SELECT DISTINCT at FROM boundaries ORDER BY at')).map(({ at }) =>
        at.toISOString(),
      );
    rig.clock.wind(DAY_SECONDS * 1000);
    expect((await keep())?.boundaries).toBe(0);
    rig.clock.wind(1);
    await letPass('2 hours');
    // One row per list: the edition, the section and the one above it.
    expect((await keep())?.boundaries).toBe(3);
    expect(await boundaries()).toEqual([new Date(inSeconds(DAY_SECONDS)).toISOString()]);
  });

  it('finds none to remove behind an import of an archive', async () => {
    const expiresAt = inSeconds(-DAY_SECONDS);
    await rig.write('story', { publishedAt: inSeconds(-DAY_SECONDS - 1), rights: { expiresAt } });
    const instants = await database.query<{ at: Date }>('SELECT DISTINCT at FROM boundaries');
    expect(instants.map(({ at }) => at.toISOString())).toEqual([new Date(expiresAt).toISOString()]);
    expect((await keep())?.boundaries).toBe(0);
  });

  it('prepares for search what a process of an older release has written', async () => {
    await rig.write('story', { publishedAt: inSeconds(0) });
    await database.query(`UPDATE articles SET search_version = 0, search = ''`);
    expect((await keep())?.analysed).toBeGreaterThan(0);
    await letPass('2 hours');
    expect((await keep())?.analysed).toBe(0);
    expect(await database.query(`SELECT 1 FROM articles WHERE search = '' OR search_version = 0`)).toEqual([]);
  });

  it('removes hourly counters no window reaches, and keeps totals', async () => {
    await database.query(
      `INSERT INTO engagement_hours (article_id, hour, edition, views)
       SELECT 'art_en_1', date_trunc('hour', $1::timestamptz) - make_interval(hours => n), 'EN', 1
         FROM unnest(ARRAY[0, 719, 720, 721, 722, 1000]) n`,
      [new Date(rig.clock.now())],
    );
    await database.query(`INSERT INTO engagement_totals (article_id, views) VALUES ('art_en_1', 6)`);
    expect((await keep())?.engagementHours).toBe(2);
    const [left] = await database.query<{ hours: number; views: number }>(
      `SELECT (SELECT count(*)::int FROM engagement_hours) AS hours, views::int FROM engagement_totals`,
    );
    expect(left).toEqual({ hours: 4, views: 6 });
  });

  it('puts back on the schedule what is ahead and missing there, and nothing that has passed', async () => {
    await rig.write('story', {
      publishedAt: inSeconds(10),
      rights: { embargoedUntil: inSeconds(69), expiresAt: inSeconds(120) },
    });
    await database.query('DELETE FROM schedule');
    rig.clock.wind(10_000);
    expect((await keep())?.restored).toBe(1);
    // Nor what is near: another process, a little ahead, may have announced it.
    expect(await rig.schedule()).toEqual(['story 09:02:00']);
  });

  it('trims the log', async () => {
    await database.query(
      `INSERT INTO change_log (sequence, kind, edition, tags, occurred_at, recorded_at)
       VALUES (1, 'PURGE', 'EN', '{}', now(), now() - interval '2 days')`,
    );
    await database.query(
      `INSERT INTO change_requests (id, digest, sequence, epoch, recorded_at)
       VALUES ('old', '', 1, gen_random_uuid(), now() - interval '8 days')`,
    );
    expect(await keep()).toMatchObject({ changes: 1, requests: 1 });
  });

  it('is done once an hour', async () => {
    expect(await keep()).not.toBeNull();
    expect(await keep()).toBeNull();
    await letPass('59 minutes');
    expect(await keep()).toBeNull();
    await letPass('61 minutes');
    expect(await keep()).not.toBeNull();
  });
});

describe('keepHouse of several processes', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  afterAll(() => database.close());

  it('is done by one of them', async () => {
    const rig = await createScheduleRig(database);
    await database.query(`UPDATE housekeeping SET done_at = now() - interval '2 hours'`);
    const done = await Promise.all(Array.from({ length: 4 }, () => keepHouse({ database, clock: rig.clock })));
    expect(done.filter((kept) => kept !== null)).toHaveLength(1);
  });

  it('waits for nobody: what an import holds is left for the next time', async () => {
    const rig = await createScheduleRig(database);
    await rig.write('held', { publishedAt: inSeconds(0) });
    rig.clock.wind(2 * DAY_SECONDS * 1000);
    await database.query(`UPDATE housekeeping SET done_at = now() - interval '2 hours'`);
    const gate = createGate();
    const importing = database.transaction(async (transaction) => {
      await transaction.query('DELETE FROM boundaries');
      await gate.pass();
    });
    await gate.reached;
    expect((await keepHouse({ database, clock: rig.clock }))?.boundaries).toBe(0);
    gate.open();
    await importing;
  });
});
