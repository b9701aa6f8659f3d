import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database, Queryable } from '../../../src/database/database.ts';
import { announceDue } from '../../../src/ingest/schedule/announce-due.ts';
import { createScheduler } from '../../../src/ingest/schedule/scheduler.ts';
import { importDocuments } from '../../../src/ingest/import-documents.ts';
import { createGate } from '../../support/gate.ts';
import { linesOf, testEditions } from '../../support/import-lines.ts';
import { articleLine } from '../../support/ingest-rig.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { atSeconds, createScheduleRig, inSeconds, type ScheduleRig } from './schedule-rig.ts';

describe.each(databaseKinds)('a tick, %s', (kind) => {
  let database: Database;
  let rig: ScheduleRig;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  beforeEach(async () => {
    rig = await createScheduleRig(database);
  });
  afterAll(() => database.close());

  it('announces what is due with its own word and instant, and no sooner', async () => {
    await rig.write('publish', { publishedAt: inSeconds(10) });
    await rig.write('embargo', { rights: { embargoedUntil: inSeconds(20) } });
    await rig.write('expire', { rights: { expiresAt: inSeconds(30) } });
    await rig.write('break', { breaking: true, breakingUntil: inSeconds(40) });
    const scheduler = rig.scheduler();
    rig.clock.wind(9_999);
    expect(await scheduler.tick()).toBe(0);
    const told = [];
    for (let second = 10; second <= 40; second += 10) {
      rig.clock.wind(second === 10 ? 1 : 10_000);
      expect(await scheduler.tick()).toBe(1);
      told.push(...(await rig.takeTold()));
    }
    expect(told.map(({ story, kind: word, at }) => [story, word, at])).toEqual([
      ['publish', 'PUBLISH', atSeconds(10)],
      ['embargo', 'EMBARGO_LIFT', atSeconds(20)],
      ['expire', 'KILL', atSeconds(30)],
      ['break', 'UPDATE', atSeconds(40)],
    ]);
    expect(await scheduler.tick()).toBe(0);
    expect(await rig.schedule()).toEqual([]);
  });

  it('announces what passed while nothing ran, in the order in which it passed, in bounded batches', async () => {
    await rig.write('one', { publishedAt: inSeconds(10), rights: { expiresAt: inSeconds(50) } });
    await rig.write('two', { publishedAt: inSeconds(20), rights: { embargoedUntil: inSeconds(30) } });
    await rig.write('three', { publishedAt: inSeconds(40) });
    rig.clock.wind(24 * 60 * 60_000);
    const sizes: number[] = [];
    const scheduler = rig.scheduler({
      announce: async (from, now) => {
        const announced = await announceDue(from, now, 2);
        sizes.push(announced.taken);
        // As full as a batch can be: there may be more.
        return announced.taken === 2 ? { ...announced, taken: 500 } : announced;
      },
    });
    expect(await scheduler.tick()).toBe(5);
    expect(sizes).toEqual([2, 2, 1]);
    expect((await rig.takeTold()).map(({ story, kind: word, at }) => [story, word, at])).toEqual([
      ['one', 'PUBLISH', atSeconds(10)],
      // For those who have it under embargo.
      ['two', 'PUBLISH', atSeconds(20)],
      ['two', 'EMBARGO_LIFT', atSeconds(30)],
      ['three', 'PUBLISH', atSeconds(40)],
      ['one', 'KILL', atSeconds(50)],
    ]);
  });

  it('names everything the article stands in and is found by, when it comes', async () => {
    await rig.write('whole', {
      publishedAt: inSeconds(10),
      tags: [{ slug: 'talks', name: 'Talks' }],
      authors: [{ slug: 'rana', name: 'Rana' }],
      aliases: ['/old/whole'],
      translationGroup: 'whole',
    });
    rig.clock.wind(10_000);
    await rig.scheduler().tick();
    const [row] = await rig.takeOutbox();
    const [id, politics, news, talks, rana] = await Promise.all(
      ['whole', 'news/politics', 'news', 'talks', 'rana'].map((name) => rig.idOf(name)),
    );
    expect(row).toMatchObject({ kind: 'PUBLISH', article_id: id, edition: 'EN', version: 1 });
    expect(row?.tags).toEqual(
      expect.arrayContaining([
        `article:${id}`,
        'list:en:all',
        'list:en:kind:NEWS',
        ...[politics, news, talks, rana].map((target) => `list:${target}`),
        'search:en',
        'slug:en:article:story-whole',
        'url:en:news/politics/story-whole',
        'url:en:old/whole',
      ]),
    );
    expect(row?.tags.some((tag) => tag.startsWith('group:') && tag.includes('whole'))).toBe(true);
  });

  it('names the article and lists of breaking news alone, when breaking news end', async () => {
    await rig.write('breaks', { publishedAt: inSeconds(-60), breaking: true, breakingUntil: inSeconds(10) });
    rig.clock.wind(10_000);
    await rig.scheduler().tick();
    const [row] = await rig.takeOutbox();
    const id = await rig.idOf('breaks');
    expect(row?.tags).toContain(`article:${id}`);
    const others = row?.tags.filter((tag) => tag !== `article:${id}`) ?? [];
    expect(others).toContain('list:en:all:breaking');
    expect(others.filter((tag) => !tag.endsWith(':breaking'))).toEqual([]);
  });

  it('says nothing of an article that was withdrawn or taken down, nor of one that is no more', async () => {
    await rig.write('withdrawn', { publishedAt: inSeconds(10) });
    await rig.write('withdrawn', { publishedAt: inSeconds(10), withdrawnAt: inSeconds(0) });
    await rig.write('taken', { publishedAt: inSeconds(10) });
    await database.query(`INSERT INTO tombstones (article_id, edition, slugs, paths) VALUES ($1, 'EN', '{}', '{}')`, [
      await rig.idOf('taken'),
    ]);
    await database.query(`INSERT INTO schedule (at, article_id) VALUES ($1, 'art_en_gone')`, [inSeconds(10)]);
    rig.clock.wind(10_000);
    expect(await rig.scheduler().tick()).toBe(0);
    expect(await rig.takeTold()).toEqual([]);
    expect(await rig.schedule()).toEqual([]);
  });

  it('finds an article that is committed after its instant has passed', async () => {
    const scheduler = rig.scheduler();
    await rig.write('other', { publishedAt: inSeconds(10) });
    const gate = createGate();
    const late: Database = { ...database, transaction: heldAtTheEnd(database, gate.pass) };
    // An embedded database lets nobody in while a transaction is open: there a late commit is one behind the tick.
    const importing = importDocuments(
      { database: late, editions: testEditions, clock: { now: () => atSeconds(5) } },
      linesOf([articleLine('late', { publishedAt: inSeconds(8) })]),
      { source: 'cms' },
    );
    await gate.reached;
    rig.clock.wind(10_000);
    const early = kind === 'postgres' ? await scheduler.tick() : 0;
    gate.open();
    await importing;
    expect(early + (await scheduler.tick())).toBe(2);
    const told = await rig.takeTold();
    expect(told.filter(({ story, at }) => story === 'late' && at === atSeconds(8))).toHaveLength(1);
  });
});

/** Transactions that have done their work and wait at a gate before they are committed. */
const heldAtTheEnd =
  (database: Database, pass: () => Promise<void>): Database['transaction'] =>
  (work, options) =>
    database.transaction(async (transaction) => {
      const result = await work(transaction);
      await pass();
      return result;
    }, options);

describe('ticks of several processes', () => {
  let database: Database;
  let rig: ScheduleRig;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  beforeEach(async () => {
    rig = await createScheduleRig(database);
  });
  afterAll(() => database.close());

  it('announce each instant once, however many tick at once', async () => {
    for (let index = 0; index < 20; index += 1) await rig.write(`${index}`, { publishedAt: inSeconds(index + 1) });
    rig.clock.wind(30_000);
    const ticked = await Promise.all(Array.from({ length: 6 }, () => rig.scheduler().tick()));
    expect(ticked.reduce((sum, appended) => sum + appended, 0)).toBe(20);
    expect(await rig.takeTold()).toHaveLength(20);
  });

  it('go on where one was killed in the middle, which has left nothing behind', async () => {
    await rig.write('embargo', { rights: { embargoedUntil: inSeconds(10) } });
    rig.clock.wind(10_000);
    const gate = createGate();
    const { promise: pid, resolve: said } = Promise.withResolvers<number>();
    const doomed: Database = {
      ...database,
      transaction: (work) =>
        database.transaction(async (transaction) => {
          const result = await work(transaction);
          const [row] = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
          said(row?.pid ?? 0);
          await gate.pass();
          return result;
        }),
    };
    const killed = rig.scheduler({ database: doomed }).tick();
    killed.catch(() => undefined);
    await gate.reached;
    // It holds the lock: others leave it to it, and wait for nothing.
    expect(await rig.scheduler().tick()).toBe(0);
    await database.query('SELECT pg_terminate_backend($1, 5000)', [await pid]);
    expect(await rig.scheduler().tick()).toBe(1);
    gate.open();
    await expect(killed).rejects.toThrow('postgres failed');
    expect(await rig.takeTold()).toMatchObject([{ story: 'embargo', kind: 'EMBARGO_LIFT' }]);
  });

  it('do not wait for an import that is moving an instant, and announce the others', async () => {
    await rig.write('moved', { publishedAt: inSeconds(10) });
    await rig.write('due', { publishedAt: inSeconds(10) });
    const gate = createGate();
    const importing = importDocuments(
      {
        database: { ...database, transaction: heldAtTheEnd(database, gate.pass) },
        editions: testEditions,
        clock: rig.clock,
      },
      linesOf([articleLine('moved', { publishedAt: inSeconds(60) })]),
      { source: 'cms' },
    );
    await gate.reached;
    rig.clock.wind(10_000);
    expect(await rig.scheduler().tick()).toBe(1);
    gate.open();
    await importing;
    expect(await rig.scheduler().tick()).toBe(0);
    expect((await rig.takeTold()).filter(({ at }) => at === atSeconds(10))).toMatchObject([{ story: 'due' }]);
    expect(await rig.schedule()).toEqual(['moved 09:01:00']);
  });

  it('leave nothing to announce again to an import that began before them and is committed behind them', async () => {
    await rig.write('edited', { publishedAt: inSeconds(10) });
    const gate = createGate();
    const slow: Database = {
      ...database,
      transaction: (work, options) =>
        database.transaction(async (transaction) => {
          await gate.pass();
          return work(transaction);
        }, options),
    };
    const importing = importDocuments(
      // Its instant was taken before the embargo ended.
      { database: slow, editions: testEditions, clock: { now: () => atSeconds(9) } },
      linesOf([articleLine('edited', { publishedAt: inSeconds(10), headline: 'Better' })]),
      { source: 'cms' },
    );
    await gate.reached;
    rig.clock.wind(10_000);
    expect(await rig.scheduler().tick()).toBe(1);
    gate.open();
    await importing;
    expect(await rig.schedule()).toEqual([]);
    expect(await rig.scheduler().tick()).toBe(0);
  });
});

describe('a scheduler that runs', () => {
  afterEach(() => vi.useRealTimers());

  /** A database that knows of one instant, and fails when it is told to. */
  const createHandDatabase = () => {
    const state = { next: undefined as number | undefined, isDown: false, refused: 0, announcedAt: [] as number[] };
    const query = async () => {
      if (state.isDown) throw new Error('away');
      return [{ next: state.next === undefined ? null : new Date(state.next) }];
    };
    const database = { query: query as unknown as Queryable['query'] } as Database;
    return { state, database };
  };
  const run = (options: { readonly canAnnounce?: boolean } = {}) => {
    vi.useFakeTimers({ now: atSeconds(0) });
    const { state, database } = createHandDatabase();
    const log: string[] = [];
    const scheduler = createScheduler({
      database,
      clock: { now: () => Date.now() },
      announce: async (_database, now) => {
        if (options.canAnnounce === false) {
          state.refused += 1;
          return { isOurs: false, taken: 0, changes: [] };
        }
        const changes = [{ kind: 'PUBLISH' as const, at: state.next ?? 0 }];
        state.announcedAt.push(now);
        state.next = undefined;
        return { isOurs: true, taken: 1, changes };
      },
      onFailure: () => log.push('failed'),
      onRecovery: () => log.push('recovered'),
    });
    scheduler.start();
    return { state, scheduler, log, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
  };

  it('ticks at the instant that is next', async () => {
    const { state, scheduler, pass } = run();
    state.next = atSeconds(0.4);
    await pass(0);
    await pass(399);
    expect(state.announcedAt).toEqual([]);
    await pass(1);
    expect(state.announcedAt).toEqual([atSeconds(0.4)]);
    await scheduler.close();
  });

  it('finds what was written meanwhile within a second', async () => {
    const { state, scheduler, pass } = run();
    await pass(100);
    state.next = atSeconds(0.2);
    await pass(900);
    expect(state.announcedAt).toEqual([atSeconds(1)]);
    await scheduler.close();
  });

  it('looks again soon while what is due is in other hands', async () => {
    const { state, scheduler, pass } = run({ canAnnounce: false });
    state.next = atSeconds(0);
    await pass(1_000);
    expect(state.refused).toBe(5);
    await scheduler.close();
  });

  it('says once that it cannot, tries again every second, and says when it can', async () => {
    const { state, scheduler, log, pass } = run();
    await pass(10);
    state.isDown = true;
    state.next = atSeconds(2);
    await pass(5_000);
    expect(log).toEqual(['failed']);
    state.isDown = false;
    await pass(1_000);
    expect(log).toEqual(['failed', 'recovered']);
    expect(state.announcedAt).toHaveLength(1);
    await scheduler.close();
  });

  it('ticks no more once it is closed', async () => {
    const { state, scheduler, pass } = run();
    await pass(10);
    await scheduler.close();
    state.next = atSeconds(1);
    await pass(5_000);
    expect(state.announcedAt).toEqual([]);
  });
});
