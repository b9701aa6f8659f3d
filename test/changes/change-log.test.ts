import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChangeLog, type ChangeLog } from '../../src/changes/change-log.ts';
import type { Database } from '../../src/database/database.ts';
import type { CacheTag } from '../../src/content/tags.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';
import { emptyLog } from './empty-log.ts';
import { putIntoOutbox } from './outbox.ts';

const tag = (name: string | number): CacheTag => `article:${name}`;
const tagsInLog = async (log: ChangeLog, after = 0): Promise<readonly string[]> =>
  (await log.after(after, 1_000)).changes.flatMap(({ tags }) => tags);

describe.each(databaseKinds)('createChangeLog, %s', (kind) => {
  let database: Database;
  let log: ChangeLog;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  beforeEach(async () => {
    await emptyLog(database);
    log = createChangeLog(database);
  });
  afterAll(() => database.close());

  it('begins empty, with a name of its own', async () => {
    const { epoch, sequence } = await log.head();
    expect(epoch).toMatch(/^[0-9a-f-]{36}$/);
    expect(sequence).toBe(0);
    expect(await log.after(0, 10)).toEqual({ epoch, sequence: 0, trimmedTo: 0, isMoved: false, changes: [] });
    expect(await log.relay(10)).toBe(0);
  });

  it('gives what the outbox held its sequence, as it was put there', async () => {
    await putIntoOutbox(database, [tag('a'), 'list:en:all']);
    await putIntoOutbox(database, [tag('b')], 'KILL');
    expect(await log.relay(10)).toBe(2);

    const occurredAt = Date.parse('2026-11-23T12:00:00Z');
    const plain = { articleId: 'art_en_x', edition: 'EN', version: 1, isSoft: false, tombstone: null, occurredAt };
    expect((await log.after(0, 10)).changes).toEqual([
      { ...plain, sequence: 1, kind: 'UPDATE', tags: ['article:a', 'list:en:all'] },
      { ...plain, sequence: 2, kind: 'KILL', tags: ['article:b'] },
    ]);
    expect(await log.head()).toMatchObject({ sequence: 2 });
    expect(await database.query('SELECT id FROM outbox')).toEqual([]);
  });

  it('moves at most what it is told to, oldest first, and goes on from there', async () => {
    for (let number = 1; number <= 5; number += 1) await putIntoOutbox(database, [tag(number)]);
    expect([await log.relay(2), await log.relay(2), await log.relay(2), await log.relay(2)]).toEqual([2, 2, 1, 0]);
    const { changes } = await log.after(0, 10);
    expect(changes.map(({ sequence, tags }) => [sequence, ...tags])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [number, tag(number)]),
    );
  });

  it('is read in pieces, from after a sequence', async () => {
    for (let number = 1; number <= 4; number += 1) await putIntoOutbox(database, [tag(number)]);
    await log.relay(10);
    expect((await log.after(1, 2)).changes.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect((await log.after(4, 2)).changes).toEqual([]);
  });

  it('never shows what was rolled back', async () => {
    await database
      .transaction(async (transaction) => {
        await putIntoOutbox(transaction, [tag('never')]);
        throw new Error('the import failed');
      })
      .catch(() => undefined);
    await putIntoOutbox(database, [tag('after')]);
    await log.relay(10);
    expect((await log.after(0, 10)).changes).toMatchObject([{ sequence: 1, tags: ['article:after'] }]);
  });

  it('says what is wrong with a database whose log has no head', async () => {
    await database.query('DELETE FROM change_log_head');
    await expect(log.head()).rejects.toThrow('change_log_head is empty');
    await expect(log.after(0, 10)).rejects.toThrow('change_log_head is empty');
  });

  it('tells who listens when the log has grown, until it is told to stop', async () => {
    let news = Promise.withResolvers<void>();
    let count = 0;
    const stop = await log.onNews(() => {
      count += 1;
      news.resolve();
    });
    await putIntoOutbox(database, [tag('a')]);
    await log.relay(10);
    await news.promise;

    news = Promise.withResolvers();
    await stop();
    const before = count;
    await putIntoOutbox(database, [tag('b')]);
    await log.relay(10);
    await database.query('SELECT 1');
    expect(count).toBe(before);
  });
});

describe('createChangeLog, with several who write at once', () => {
  let database: Database;
  let log: ChangeLog;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  beforeEach(async () => {
    await emptyLog(database);
    log = createChangeLog(database);
  });
  afterAll(() => database.close());

  it('gives sequences in commit order without gaps, though an earlier outbox id commits later', async () => {
    const gate = createGate();
    const slow = database.transaction(async (transaction) => {
      await putIntoOutbox(transaction, [tag('begun first')]);
      await gate.pass();
    });
    await gate.reached;
    await putIntoOutbox(database, [tag('committed first')]);
    expect(await log.relay(10)).toBe(1);
    const reader = (await log.head()).sequence;

    gate.open();
    await slow;
    expect(await log.relay(10)).toBe(1);
    // A follower that had read up to there misses nothing.
    expect(await tagsInLog(log, reader)).toEqual(['article:begun first']);
    expect((await log.after(0, 10)).changes.map(({ sequence, tags }) => [sequence, ...tags])).toEqual([
      [1, 'article:committed first'],
      [2, 'article:begun first'],
    ]);
  });

  it('is not held up by an import that has not committed', async () => {
    const gate = createGate();
    const slow = database.transaction(async (transaction) => {
      await putIntoOutbox(transaction, [tag('import')]);
      await gate.pass();
    });
    await gate.reached;
    await putIntoOutbox(database, [tag('takedown')], 'KILL');
    await log.relay(10);
    expect(await tagsInLog(log)).toEqual(['article:takedown']);
    gate.open();
    await slow;
  });

  it('loses and doubles nothing when several relays run at once while others write', async () => {
    const WRITERS = 4;
    const CHANGES = 25;
    const write = async (writer: number): Promise<void> => {
      for (let number = 0; number < CHANGES; number += 1) await putIntoOutbox(database, [tag(`${writer}-${number}`)]);
    };
    let isWriting = true;
    const relayAll = async (): Promise<void> => {
      for (;;) {
        const wasWriting = isWriting;
        if ((await log.relay(3)) === 0 && !wasWriting) return;
      }
    };
    const relays = [relayAll(), relayAll(), relayAll()];
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    isWriting = false;
    await Promise.all(relays);

    const { changes } = await log.after(0, 1_000);
    expect(changes.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: WRITERS * CHANGES }, (_, index) => index + 1),
    );
    const names = changes.flatMap(({ tags }) => tags);
    expect(new Set(names).size).toBe(WRITERS * CHANGES);
    // What one writer put there in order stands in that order.
    for (let writer = 0; writer < WRITERS; writer += 1)
      expect(names.filter((name) => name.startsWith(`article:${writer}-`))).toEqual(
        Array.from({ length: CHANGES }, (_, number) => tag(`${writer}-${number}`)),
      );
  });

  it('gives the next sequence to a relay that came while another had not committed', async () => {
    const gate = createGate();
    const held: Database = {
      ...database,
      transaction: (work) =>
        database.transaction(async (transaction) => {
          const moved = await work(transaction);
          await gate.pass();
          return moved;
        }),
    };
    await putIntoOutbox(database, [tag('a')]);
    const first = createChangeLog(held).relay(10);
    await gate.reached;
    await putIntoOutbox(database, [tag('b')]);
    const second = log.relay(10, true);
    const countWaiting = async (): Promise<number> => {
      const [row] = await database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return row?.count ?? 0;
    };
    while ((await countWaiting()) === 0);
    gate.open();

    expect(await Promise.all([first, second])).toEqual([1, 1]);
    expect((await log.after(0, 10)).changes.map(({ sequence, tags }) => [sequence, ...tags])).toEqual([
      [1, 'article:a'],
      [2, 'article:b'],
    ]);
  });

  it('loses nothing of a relay that was cut off', async () => {
    await putIntoOutbox(database, [tag('a')]);
    const cut: Database = {
      ...database,
      transaction: (work) =>
        database.transaction(async (transaction) => {
          await work(transaction);
          throw new Error('the process ended before COMMIT');
        }),
    };
    await expect(createChangeLog(cut).relay(10)).rejects.toThrow('before COMMIT');
    expect(await tagsInLog(log)).toEqual([]);
    await log.relay(10);
    expect((await log.after(0, 10)).changes).toMatchObject([{ sequence: 1, tags: ['article:a'] }]);
  });
});
