import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChangeLog } from '../../src/changes/change-log.ts';
import { trimLog } from '../../src/changes/trim-log.ts';
import type { Database } from '../../src/database/database.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

const DAY_SECONDS = 24 * 60 * 60;

describe.each(databaseKinds)('trimLog, %s', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  beforeEach(async () => {
    await database.query('TRUNCATE change_log, change_requests');
    await database.query('UPDATE change_log_head SET sequence = 0, trimmed_to = 0');
  });
  afterAll(() => database.close());

  type Line = readonly [hoursAgo: number, kind: string, articleId: string | null];

  /** Changes in the order of the log; the head follows. */
  const record = async (...lines: readonly Line[]): Promise<void> => {
    for (const [hoursAgo, changeKind, articleId] of lines) {
      await database.query(
        `WITH head AS (UPDATE change_log_head SET sequence = sequence + 1 RETURNING sequence)
         INSERT INTO change_log (sequence, kind, article_id, edition, tags, occurred_at, recorded_at)
         SELECT sequence, $1, $2, 'EN', '{}', now(), now() - make_interval(secs => $3) FROM head`,
        [changeKind, articleId, hoursAgo * 3600],
      );
    }
  };
  const left = async (): Promise<readonly number[]> =>
    (await database.query<{ sequence: string }>('SELECT sequence FROM change_log ORDER BY sequence')).map(
      ({ sequence }) => Number(sequence),
    );
  const trimmedTo = async (): Promise<number> => (await createChangeLog(database).head()).trimmedTo;

  it('keeps every kill and the last change of each article for ever', async () => {
    await record(
      [50, 'PUBLISH', 'a'],
      [49, 'KILL', 'a'],
      [48, 'TAXONOMY', null],
      [47, 'PUBLISH', 'a'],
      [46, 'UPDATE', 'b'],
      [45, 'UPDATE', 'a'],
      [44, 'KILL', null],
      [43, 'PURGE', null],
    );
    expect(await trimLog(database, { keepSeconds: DAY_SECONDS })).toEqual({ changes: 4, requests: 0 });
    expect(await left()).toEqual([2, 5, 6, 7]);
    expect(await trimmedTo()).toBe(8);
  });

  it('keeps what is younger, and says up to where changes may be missing', async () => {
    await record([30, 'UPDATE', 'a'], [25, 'PURGE', null], [23, 'UPDATE', 'a'], [1, 'PURGE', null]);
    expect((await trimLog(database, { keepSeconds: DAY_SECONDS })).changes).toBe(2);
    expect(await left()).toEqual([3, 4]);
    expect(await trimmedTo()).toBe(2);
  });

  it('lets the last change of an article go when it is the last no longer, however long ago it was passed by', async () => {
    await record([90, 'UPDATE', 'a'], [80, 'UPDATE', 'b'], [70, 'PURGE', null]);
    await trimLog(database, { keepSeconds: DAY_SECONDS });
    expect(await left()).toEqual([1, 2]);
    await record([50, 'UPDATE', 'a'], [1, 'UPDATE', 'b']);
    await trimLog(database, { keepSeconds: DAY_SECONDS });
    expect(await left()).toEqual([2, 4, 5]);
    // The later change of b is of an age by now: what it replaced goes.
    await database.query(`UPDATE change_log SET recorded_at = now() - interval '2 days' WHERE sequence = 5`);
    await trimLog(database, { keepSeconds: DAY_SECONDS });
    expect(await left()).toEqual([4, 5]);
  });

  it('does the same in small batches', async () => {
    await record(...Array.from({ length: 23 }, (_, index): Line => [90 - index, 'UPDATE', index % 2 ? 'a' : null]));
    expect((await trimLog(database, { keepSeconds: DAY_SECONDS, batchSize: 3 })).changes).toBe(22);
    expect(await left()).toEqual([22]);
    expect(await trimmedTo()).toBe(23);
  });

  it('removes nothing from an empty log, nor twice', async () => {
    expect((await trimLog(database, { keepSeconds: 0 })).changes).toBe(0);
    await record([30, 'PURGE', null]);
    expect((await trimLog(database, { keepSeconds: DAY_SECONDS })).changes).toBe(1);
    expect((await trimLog(database, { keepSeconds: DAY_SECONDS })).changes).toBe(0);
    expect(await trimmedTo()).toBe(1);
  });

  it('never takes the mark back, whoever trims with another measure', async () => {
    await record([90, 'PURGE', null], [30, 'PURGE', null]);
    await trimLog(database, { keepSeconds: DAY_SECONDS });
    await trimLog(database, { keepSeconds: 3 * DAY_SECONDS });
    expect(await trimmedTo()).toBe(2);
  });

  it('forgets requests after a week, in batches', async () => {
    await database.query(
      `INSERT INTO change_requests (id, digest, sequence, epoch, recorded_at)
       SELECT 'r' || n, '', 0, gen_random_uuid(), now() - make_interval(days => n) FROM generate_series(1, 12) n`,
    );
    expect(await trimLog(database, { keepSeconds: DAY_SECONDS, batchSize: 2 })).toEqual({ changes: 0, requests: 6 });
    const rows = await database.query<{ id: string }>('SELECT id FROM change_requests ORDER BY recorded_at DESC');
    expect(rows.map(({ id }) => id)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5', 'r6']);
  });
});

describe('trimLog beside those who use the log', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  afterAll(() => database.close());

  it('shows no reader a gap without the mark that says so', async () => {
    await database.query(
      `INSERT INTO change_log (sequence, kind, edition, tags, occurred_at, recorded_at)
       SELECT n, 'PURGE', 'EN', '{}', now(), now() - interval '2 days' FROM generate_series(1, 10) n`,
    );
    await database.query('UPDATE change_log_head SET sequence = 10');
    const gate = createGate();
    const gated: Database = {
      ...database,
      transaction: (work) =>
        database.transaction(async (transaction) => {
          const result = await work(transaction);
          await gate.pass();
          return result;
        }),
    };
    const log = createChangeLog(database);
    const trimming = trimLog(gated, { keepSeconds: DAY_SECONDS });
    await gate.reached;
    const meanwhile = await log.after(0, 100);
    expect([meanwhile.trimmedTo, meanwhile.changes.length]).toEqual([0, 10]);
    // A process that trims at the same time, and an appender, wait for the commit and then go on from there.
    const other = trimLog(database, { keepSeconds: DAY_SECONDS });
    gate.open();
    expect([(await trimming).changes, (await other).changes]).toEqual([10, 0]);
    const afterwards = await log.after(0, 100);
    expect([afterwards.trimmedTo, afterwards.changes.length]).toEqual([10, 0]);
  });
});
