import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAppender } from '../../src/changes/appender.ts';
import type { NewChange } from '../../src/changes/change.ts';
import { createChangeLog } from '../../src/changes/change-log.ts';
import { createLeases, forgetProcess } from '../../src/changes/leases.ts';
import { loadTombstones } from '../../src/changes/tombstone-table.ts';
import type { Database } from '../../src/database/database.ts';
import type { CacheTag } from '../../src/content/tags.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';
import { emptyLog } from './empty-log.ts';
import { putIntoOutbox } from './outbox.ts';

const LIFE = '00000000-0000-4000-8000-000000000001';
const NOW = Date.parse('2026-11-23T12:00:00Z');

const purge = (...tags: readonly CacheTag[]): NewChange => ({
  kind: 'PURGE',
  articleId: null,
  edition: null,
  tags,
  version: null,
  isSoft: false,
  tombstone: null,
});

describe.each(databaseKinds)('createAppender, %s', (kind) => {
  let database: Database;
  /** The appender's own clock: it runs only while it waits. */
  let time: { ms: number };
  // One for all: to make a database takes longer than any of the tests.
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyLog(database);
    // Old enough that nobody trusts an earlier one.
    await database.query(`UPDATE change_log_head SET epoch_since = now() - interval '1 hour'`);
    time = { ms: 0 };
  });

  const create = (waited: (milliseconds: number) => Promise<void> = async () => undefined) =>
    createAppender({
      database,
      leaseMs: 2_000,
      monotonic: () => time.ms,
      wait: async (milliseconds) => {
        time.ms += milliseconds;
        await waited(milliseconds);
      },
    });
  const join = async (process: string, life: string, degradedSeconds = 0) => {
    const leases = createLeases({ database, process, degradedSeconds });
    await leases.join(life, []);
    const { epoch } = await createChangeLog(database).head();
    return { renew: (applied: number) => leases.renew(life, epoch, applied), leave: () => leases.leave(life) };
  };

  it('gives each change its place, in the order of the request', async () => {
    const { append } = create();
    const first = await append('one', [purge('article:a'), purge('article:b')], NOW);
    const second = await append('two', [purge('article:c')], NOW);
    expect([first.sequence, second.sequence]).toEqual([2, 3]);
    const { changes } = await createChangeLog(database).after(0, 10);
    expect(changes.map(({ sequence, tags, occurredAt }) => [sequence, tags, occurredAt])).toEqual([
      [1, ['article:a'], NOW],
      [2, ['article:b'], NOW],
      [3, ['article:c'], NOW],
    ]);
  });

  it('records a request once, however often and from wherever it is sent', async () => {
    const sent = await Promise.all([1, 2, 3].map(() => create().append('same', [purge('article:a')], NOW)));
    expect(new Set(sent.map(({ sequence }) => sequence))).toEqual(new Set([1]));
    expect((await createChangeLog(database).after(0, 10)).changes).toHaveLength(1);
  });

  it('refuses an id that was used for something else, rather than lose the change', async () => {
    const { append } = create();
    await append('same', [purge('article:a')], NOW);
    await expect(append('same', [purge('article:b')], NOW)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('records a request again in a log that was replaced: it may have lost the first', async () => {
    const { append } = create();
    const before = await append('same', [purge('article:a')], NOW);
    await createChangeLog(database).replaceEpoch(before.epoch);
    const after = await append('same', [purge('article:a')], NOW);
    expect([after.sequence, after.epoch === before.epoch]).toEqual([2, false]);
  });

  it('waits for what lay in the outbox too, which goes behind what it appends', async () => {
    await putIntoOutbox(database, ['article:imported']);
    const { sequence } = await create().append('one', [purge('article:a')], NOW);
    expect(sequence).toBe(2);
    const { changes } = await createChangeLog(database).after(0, 10);
    expect(changes.map(({ tags }) => tags)).toEqual([['article:a'], ['article:imported']]);
  });

  it('waits for what lay in the outbox though another process moved it first, however often it is asked', async () => {
    await putIntoOutbox(database, ['article:imported']);
    const overtaken: Database = {
      ...database,
      transaction: async (work, options) => {
        const recorded = await database.transaction(work, options);
        await createChangeLog(database).relay(500);
        return recorded;
      },
    };
    const { append } = createAppender({ database: overtaken });
    expect(await append('one', [purge('article:a')], NOW)).toMatchObject({ sequence: 2 });
    expect(await append('one', [purge('article:a')], NOW)).toMatchObject({ sequence: 2 });
  });

  it('asks the log for nothing more when the outbox is empty', async () => {
    const asked: string[] = [];
    const watched: Database = {
      ...database,
      query: (text, ...values) => {
        asked.push(text);
        return database.query(text, ...values);
      },
    };
    await createAppender({ database: watched }).append('one', [purge('article:a')], NOW);
    expect(asked).toEqual([]);
  });

  it('takes a takedown out of a long outbox first, with what lay there of its article before', async () => {
    await database.query(
      `INSERT INTO outbox (kind, article_id, edition, tags, occurred_at)
       SELECT 'UPDATE', 'art_' || n, 'EN', ARRAY['article:' || n], now() FROM generate_series(1, 2000) n`,
    );
    await putIntoOutbox(database, ['article:x'], 'UPDATE');
    await putIntoOutbox(database, ['article:x'], 'KILL');
    const log = createChangeLog(database);
    expect(await log.relay(500)).toBe(2);
    expect((await log.after(0, 10)).changes.map((change) => change.kind)).toEqual(['UPDATE', 'KILL']);
    expect(await log.relay(500)).toBe(500);
  });

  it('lays and lifts tombstones with the change, the last order of an article counting', async () => {
    const articleId = 'art_en_00000000000000000001' as ArticleId;
    const lay = { order: 'lay', articleId, edition: 'EN', slugs: ['a'], paths: ['x/a'] } as const;
    const { append } = create();
    await append('one', [{ ...purge('article:a'), kind: 'KILL', tombstone: lay }], NOW);
    expect((await loadTombstones(database)).lying).toEqual([lay]);
    const lift = { order: 'lift', articleId } as const;
    await append(
      'two',
      [
        { ...purge('article:a'), tombstone: lay },
        { ...purge('article:a'), tombstone: lift },
      ],
      NOW,
    );
    expect(await loadTombstones(database)).toEqual({ sequence: 3, lying: [] });
    const { changes } = await createChangeLog(database).after(0, 10);
    expect(changes.map(({ tombstone }) => tombstone)).toEqual([lay, lay, lift]);
  });

  it('says CHANGE_NOT_RECORDED when nobody knows whether it was', async () => {
    const cut: Database = {
      ...database,
      transaction: async (work, options) => {
        await database.transaction(work, options);
        throw new Error('the connection was lost at COMMIT');
      },
    };
    const request = createAppender({ database: cut }).append('one', [purge('article:a')], NOW);
    await expect(request).rejects.toMatchObject({ code: 'CHANGE_NOT_RECORDED' });
    expect(await create().append('one', [purge('article:a')], NOW)).toMatchObject({ sequence: 1 });
  });

  it('acknowledges at once when nobody follows', async () => {
    const { append, acknowledge } = create();
    expect(await acknowledge(await append('one', [purge('article:a')], NOW))).toEqual({ pending: [] });
  });

  it('waits for whoever has not taken the change in', async () => {
    const looked = createGate();
    const { append, acknowledge } = create(looked.pass);
    const process = await join('p', LIFE);
    const appended = await append('one', [purge('article:a')], NOW);
    let isAcknowledged = false;
    const acknowledging = acknowledge(appended).then((acknowledgement) => {
      isAcknowledged = true;
      return acknowledgement;
    });
    await looked.reached;
    expect(isAcknowledged).toBe(false);
    await process.renew(appended.sequence);
    looked.open();
    expect(await acknowledging).toEqual({ pending: [] });
  });

  it('waits out a process that does not renew, for its lease and a margin, and declares it dead', async () => {
    const process = await join('p', LIFE);
    const { append, acknowledge } = create();
    await acknowledge(await append('one', [purge('article:a')], NOW));
    expect(time.ms).toBeGreaterThanOrEqual(2_250);
    expect(await process.renew(1)).toBe(undefined);
  });

  it('goes on waiting for a process that renews without taking the change in', async () => {
    const process = await join('p', LIFE);
    let isBehind = true;
    const { append, acknowledge } = create(async () => {
      // Behind, alive: from before the change for ten seconds, then past it.
      if (isBehind && time.ms > 10_000) isBehind = false;
      await process.renew(isBehind ? 0 : 1);
    });
    expect(await acknowledge(await append('one', [purge('article:a')], NOW))).toEqual({ pending: [] });
    expect(time.ms).toBeGreaterThan(10_000);
  });

  it('does not declare dead who renews in the last moment', async () => {
    const process = await join('p', LIFE);
    let saved: Promise<unknown> | undefined;
    const racing: Database = {
      ...database,
      // Between the look that found the lease spent and the deletion.
      query: async (text, values) => {
        if (text.includes('renewal = $2')) await (saved ??= process.renew(1));
        return database.query(text, values);
      },
    };
    const { append, acknowledge } = createAppender({
      database: racing,
      leaseMs: 2_000,
      monotonic: () => time.ms,
      wait: async (milliseconds) => void (time.ms += milliseconds),
    });
    expect(await acknowledge(await append('one', [purge('article:a')], NOW))).toEqual({ pending: [] });
    expect(saved).toBeDefined();
    expect(await process.renew(1)).toBeTypeOf('number');
  });

  it('names who may still be in its degraded window, for later changes too, until it is forgotten', async () => {
    await join('p', LIFE, 60);
    const { append, acknowledge } = create();
    const first = await acknowledge(await append('one', [purge('article:a')], NOW));
    expect(first.pending).toEqual([{ process: 'p', until: expect.any(Number) }]);
    const second = await acknowledge(await append('two', [purge('article:b')], NOW));
    expect(second).toEqual(first);
    expect(await forgetProcess(database, 'nobody')).toEqual([]);
    expect(await forgetProcess(database, 'p')).toEqual([LIFE]);
    expect(await acknowledge(await append('three', [purge('article:c')], NOW))).toEqual({ pending: [] });
  });

  it('keeps no record of who lapsed once its window is over', async () => {
    await database.query(`INSERT INTO lapsed VALUES ($1, 'p', now() - interval '1 second')`, [LIFE]);
    const { append, acknowledge } = create();
    expect(await acknowledge(await append('one', [purge('article:a')], NOW))).toEqual({ pending: [] });
    await (await join('q', '00000000-0000-4000-8000-000000000002')).renew(1);
    expect(await database.query('SELECT FROM lapsed')).toEqual([]);
  });

  it('does not wait for a process that stopped cleanly', async () => {
    const process = await join('p', LIFE, 60);
    await process.leave();
    const { append, acknowledge } = create();
    expect(await acknowledge(await append('one', [purge('article:a')], NOW))).toEqual({ pending: [] });
    expect(time.ms).toBe(0);
  });

  it('does not acknowledge a change of a log that was replaced', async () => {
    const { append, acknowledge } = create();
    const appended = await append('one', [purge('article:a')], NOW);
    await createChangeLog(database).replaceEpoch(appended.epoch);
    await expect(acknowledge(appended)).rejects.toMatchObject({ code: 'CHANGE_NOT_RECORDED' });
  });

  it('names somebody unknown while a process that the replaced log does not know may be cut off', async () => {
    const log = createChangeLog(database);
    await log.replaceEpoch((await log.head()).epoch, 60);
    await database.query(`UPDATE change_log_head SET epoch_since = now() - interval '2.3 seconds'`);
    const { append, acknowledge } = create();
    const { pending } = await acknowledge(await append('one', [purge('article:a')], NOW));
    expect(pending).toEqual([{ process: 'unknown (before the epoch)', until: expect.any(Number) }]);
    expect(await forgetProcess(database, 'unknown (before the epoch)')).toHaveLength(1);
  });

  it('acknowledges after a lease of its own, though the database’s clock was set back behind the epoch', async () => {
    await database.query(`UPDATE change_log_head SET epoch_since = now() + interval '1 hour'`);
    const { append, acknowledge } = create();
    expect(await acknowledge(await append('one', [purge('article:a')], NOW))).toEqual({ pending: [] });
    expect(time.ms).toBeGreaterThanOrEqual(2_250);
  });

  // Found by the consistency checker: it served from before for as long as its lease went on after the log had ended.
  it('names whoever held a lease of a replaced log until its lease and its degraded window are both over', async () => {
    await join('p', LIFE, 60);
    const log = createChangeLog(database);
    const { epoch } = await log.head();
    const replacedAt = Date.now();
    await log.replaceEpoch(epoch, 60);
    await database.query(`UPDATE change_log_head SET epoch_since = now() - interval '2.3 seconds'`);
    const { append, acknowledge } = create();
    const { pending } = await acknowledge(await append('one', [purge('article:a')], NOW));
    expect(pending.map(({ process }) => process)).toEqual(['p', 'unknown (before the epoch)']);
    for (const { until } of pending) expect(until).toBeGreaterThanOrEqual(replacedAt + 62_000);
  });

  it('does not record a change in a log that has moved to another server, but in its successor', async () => {
    const { append } = create();
    const before = await append('one', [purge('article:a')], NOW);
    await database.query(`UPDATE change_log_head SET lineage = 'elsewhere/00000001'`);
    const after = await append('two', [purge('article:a')], NOW);
    expect(after.epoch).not.toBe(before.epoch);
  });

  it('waits a lease after the log was replaced: leases of the old one are not seen', async () => {
    await join('p', LIFE, 60);
    const log = createChangeLog(database);
    await log.replaceEpoch((await log.head()).epoch);
    // However long the looks take: it is old enough only when that is said.
    await database.query(`UPDATE change_log_head SET epoch_since = now() + interval '1 hour'`);
    let looks = 0;
    const { append, acknowledge } = create(async () => {
      looks += 1;
      if (looks === 3) await database.query(`UPDATE change_log_head SET epoch_since = now() - interval '2.3 seconds'`);
    });
    const { pending } = await acknowledge(await append('one', [purge('article:a')], NOW));
    expect(looks).toBe(3);
    // And whoever held one may be cut off, in its degraded window.
    expect(pending).toMatchObject([{ process: 'p' }]);
  });
});

describe('createAppender, misuse', () => {
  it('refuses a request without changes', async () => {
    const database = await createTestDatabase('embedded');
    await expect(createAppender({ database }).append('one', [], NOW)).rejects.toThrow('records nothing');
    await database.close();
  });
});
