import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import type { IndexKeeper } from '../../../src/ingest/index/index-keeper.ts';
import { articleIdOf } from '../../../src/ingest/index/indexed-desk.ts';
import type { Sightings } from '../../../src/stores/content-source.ts';
import { clearIndex } from '../../support/clear-index.ts';
import { articleId, writeArticles } from '../../support/content-rows.ts';
import { createDesk } from '../../support/desk-source.ts';
import { createGate } from '../../support/gate.ts';
import { createIndexRig, INDEX_START, type IndexRig } from '../../support/index-rig.ts';
import { createRigKeeper } from '../../support/rig-keeper.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

const SWEEP_SECONDS = 60;
const INVENTORY_SECONDS = 900;
const LONG_SAVED = { modifiedAt: INDEX_START - 3_600_000 };

describe.each(databaseKinds)('createIndexKeeper over %s', (kind) => {
  let database: Database;
  let rig: IndexRig;
  let keeper: IndexKeeper;
  let told: string[];
  let events: string[];
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());

  const createKeeper = (source = rig.desk.source): IndexKeeper =>
    createRigKeeper(database, rig, {
      source,
      sweepSeconds: SWEEP_SECONDS,
      inventorySeconds: INVENTORY_SECONDS,
      onProgress: ({ seen, looked, isFirst }) => void events.push(`${isFirst ? 'first ' : ''}${looked} of ${seen}`),
      onBuilt: () => undefined,
      onSuspicion: (missing, standing) => void events.push(`${missing} of ${standing} missing`),
      onStrangers: (count) => void events.push(`${count} strangers`),
      onFailure: (work) => void events.push(`${work} fails`),
      onRecovery: (work) => void events.push(`${work} works`),
    });
  beforeEach(async () => {
    await clearIndex(database);
    told = [];
    events = [];
    const clock = createWoundClock(INDEX_START);
    rig = createIndexRig(database, {
      clock,
      desk: createDesk({ clock, pageSize: 3 }),
      observe: {
        onLooked: (results, reason) =>
          void told.push(...results.map(({ sourceId, outcome }) => `${reason}: ${sourceId} ${outcome}`)),
      },
    });
    keeper = createKeeper();
  });

  const build = async (): Promise<void> => {
    expect(await keeper.runDue('inventory')).toBe(true);
    told.length = 0;
    events.length = 0;
  };
  const standing = async (): Promise<readonly string[]> =>
    (await database.query<{ source_id: string }>('SELECT source_id FROM articles WHERE withdrawn_at IS NULL'))
      .map((row) => row.source_id)
      .toSorted();

  describe('at first', () => {
    it('meets everything, page by page, and says how far it is', async () => {
      for (const id of ['1', '2', '3', '4', '5']) rig.desk.put(id);
      expect(keeper.state()).toBe('building');
      expect(await keeper.runDue('sweep')).toBe(false);
      expect(await keeper.runDue('inventory')).toBe(true);
      expect(events).toEqual(['first 3 of 3', 'first 5 of 5']);
      expect(await standing()).toEqual(['1', '2', '3', '4', '5']);
      expect(keeper.state()).toBe('ok');
      expect(await keeper.runDue('inventory')).toBe(false);
    });

    it('goes on where it failed: what is known is not looked at again', async () => {
      for (const id of ['1', '2', '3', '4']) rig.desk.put(id, LONG_SAVED);
      let reads = 0;
      rig.desk.onStories(async () => {
        reads += 1;
        if (reads === 2) throw Object.assign(new Error('gone'), { code: 'STORE_FAILED' });
      });
      await expect(keeper.runDue('inventory')).rejects.toThrow('gone');
      expect(await keeper.runDue('sweep')).toBe(false);
      expect(keeper.state()).toBe('failed');
      rig.clock.wind(10_000);
      expect(await keeper.runDue('inventory')).toBe(true);
      expect(events).toEqual(['first 3 of 3', 'first 0 of 3', 'first 1 of 4']);
      expect(keeper.state()).toBe('ok');
    });

    it('withdraws what another system had stored in the edition, once there is something in its place', async () => {
      await writeArticles(database, [{ key: 'before', slug: 'story-1', publishedAt: rig.clock.now() }]);
      expect(await keeper.runDue('inventory')).toBe(true);
      expect(await standing()).toEqual(['before']);
      rig.clock.wind(INVENTORY_SECONDS * 1_000);
      rig.desk.put('1');
      expect(await keeper.runDue('inventory')).toBe(true);
      expect(events.at(-1)).toBe('1 strangers');
      // Also where it stood in the way.
      expect(await standing()).toEqual(['1']);
      const [found] = await rig.stores.articles.byIds([articleId('before')]);
      expect(found?.withdrawnAt).toBe(rig.clock.now());
    });
  });

  describe('the sweep', () => {
    it('finds what was saved and nobody told of, at its interval', async () => {
      rig.desk.put('1');
      await build();
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      rig.desk.put('1', { headline: 'Edited' });
      rig.desk.put('2');
      expect(await keeper.runDue('sweep')).toBe(true);
      expect(told).toEqual(['sweep: 1 changed', 'sweep: 2 new']);
      rig.clock.wind((SWEEP_SECONDS - 1) * 1_000);
      rig.desk.put('3');
      expect(await keeper.runDue('sweep')).toBe(false);
      rig.clock.wind(1_000);
      expect(await keeper.runDue('sweep')).toBe(true);
      expect(told).toContain('sweep: 3 new');
    });

    it('finds what was saved after it was told to be gone, though it had never been found', async () => {
      await build();
      rig.desk.put('1');
      rig.clock.wind(10_000);
      await rig.indexer.kill(['1']);
      told.length = 0;
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      expect(await keeper.runDue('sweep')).toBe(true);
      expect(told).toEqual([]);
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      rig.desk.put('1');
      expect(await keeper.runDue('sweep')).toBe(true);
      expect(told).toEqual(['sweep: 1 new']);
    });

    it('looks once more at what was saved as it was looked at: the save after it may have the same date', async () => {
      rig.desk.put('1', { headline: 'First' });
      await build();
      rig.desk.put('1', { headline: 'Second' });
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      await keeper.runDue('sweep');
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      await keeper.runDue('sweep');
      expect(told).toEqual(['sweep: 1 changed']);
    });

    it('keeps its place when it fails, and is tried again before its interval has passed', async () => {
      await build();
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      rig.desk.put('1');
      rig.desk.fail('STORE_FAILED');
      await expect(keeper.runDue('sweep')).rejects.toMatchObject({ store: 'desk' });
      await createKeeper().runDue('inventory');
      rig.desk.fail(undefined);
      expect(await keeper.runDue('sweep')).toBe(true);
      expect(keeper.state()).toBe('ok');
      expect(told).toEqual(['sweep: 1 new']);
    });

    it('is not led past what is to come by a save that is dated ahead', async () => {
      await build();
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      rig.desk.put('1', { modifiedAt: rig.clock.now() + 365 * 86_400_000 });
      await keeper.runDue('sweep');
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      rig.desk.put('2');
      await keeper.runDue('sweep');
      expect(told).toContain('sweep: 2 new');
    });

    it.each(['sweep', 'inventory'] as const)('ends when the pages go round: %s', async (task) => {
      await build();
      for (const id of ['1', '2', '3', '4', '5', '6', '7']) rig.desk.put(id, LONG_SAVED);
      const { source } = rig.desk;
      let pages = 0;
      // A circle of two, each of which names the other.
      const round = async (): Promise<Sightings> => {
        pages += 1;
        if (pages > 50) throw new Error('it walks for ever');
        const sightings = [{ sourceId: String(pages), ...LONG_SAVED }];
        return { sightings, next: pages % 2 === 0 ? 'a' : 'b' };
      };
      keeper = createKeeper({ ...source, savedSince: round, inventory: round });
      rig.clock.wind(INVENTORY_SECONDS * 1_000);
      await expect(keeper.runDue(task)).rejects.toMatchObject({
        name: 'StoreError',
        store: 'desk',
        code: 'STORE_FAILED',
      });
      expect(pages).toBe(3);
      // What was met until then is known.
      expect(await standing()).toEqual(['1', '2', '3']);
    });

    it('runs in one process at a time', async () => {
      await build();
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      rig.desk.put('1');
      const gate = createGate();
      rig.desk.onStories(() => gate.pass());
      const first = keeper.runDue('sweep');
      await gate.reached;
      expect(await createKeeper().runDue('sweep')).toBe(false);
      gate.open();
      expect(await first).toBe(true);
    });
  });

  describe('the inventory', () => {
    it('finds what is back-dated, deleted, and there again', async () => {
      for (const id of ['1', '2', '3', '4']) rig.desk.put(id, LONG_SAVED);
      await build();
      rig.clock.wind(INVENTORY_SECONDS * 1_000);
      const away = rig.desk.put('1', { headline: 'Imported', modifiedAt: INDEX_START - 86_400_000 });
      rig.desk.remove('2');
      rig.desk.put('old', { modifiedAt: INDEX_START - 365 * 86_400_000 });
      await keeper.runDue('sweep');
      expect(told).toEqual([]);
      expect(await keeper.runDue('inventory')).toBe(true);
      expect(told.toSorted()).toEqual(['inventory: 1 changed', 'inventory: 2 gone', 'inventory: old new']);
      rig.clock.wind(INVENTORY_SECONDS * 1_000);
      rig.desk.put('2', { ...away, sourceId: '2', slug: 'story-2', ...LONG_SAVED });
      await keeper.runDue('inventory');
      expect(await standing()).toEqual(['1', '2', '3', '4', 'old']);
    });

    it('withdraws nothing that is found when it is asked for by its id', async () => {
      for (const id of ['1', '2']) rig.desk.put(id);
      await build();
      rig.clock.wind(INVENTORY_SECONDS * 1_000);
      const { source } = rig.desk;
      const lying = { ...source, inventory: async () => ({ sightings: [], next: null }) };
      const misled = createRigKeeper(database, rig, {
        source: lying,
        sweepSeconds: SWEEP_SECONDS,
        inventorySeconds: INVENTORY_SECONDS,
      });
      expect(await misled.runDue('inventory')).toBe(true);
      expect(told).toEqual(['inventory: 1 unchanged', 'inventory: 2 unchanged']);
    });

    it('believes that far more is gone only when a second one says so', async () => {
      const ids = Array.from({ length: 120 }, (_, index) => `n${index}`);
      for (const id of ids) rig.desk.put(id);
      await build();
      rig.clock.wind(INVENTORY_SECONDS * 1_000);
      for (const id of ids.slice(0, 60)) rig.desk.remove(id);
      expect(await keeper.runDue('inventory')).toBe(true);
      expect(events.at(-1)).toBe('60 of 120 missing');
      expect(keeper.state()).toBe('failed');
      expect(await standing()).toHaveLength(120);
      // It need not wait for its own interval.
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      expect(await keeper.runDue('inventory')).toBe(true);
      expect(await standing()).toHaveLength(60);
      expect(keeper.state()).toBe('ok');
    });

    it('takes nothing down when a source that had lost its mind has found it again', async () => {
      const ids = Array.from({ length: 60 }, (_, index) => `n${index}`);
      for (const id of ids) rig.desk.put(id);
      await build();
      rig.clock.wind(INVENTORY_SECONDS * 1_000);
      rig.desk.clear();
      await keeper.runDue('inventory');
      expect(keeper.state()).toBe('failed');
      for (const id of ids) rig.desk.put(id);
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      await keeper.runDue('inventory');
      expect(await standing()).toHaveLength(60);
      expect(keeper.state()).toBe('ok');
    });
  });

  describe('start and close', () => {
    it('keeps the index from then on, and says once that its source fails and that it works again', async () => {
      const failed = Promise.withResolvers<void>();
      const works = Promise.withResolvers<void>();
      keeper = createRigKeeper(database, rig, {
        sweepSeconds: 1,
        inventorySeconds: INVENTORY_SECONDS,
        onFailure: (work) => {
          events.push(`${work} fails`);
          failed.resolve();
        },
        onRecovery: (work) => {
          events.push(`${work} works`);
          works.resolve();
        },
      });
      await keeper.runDue('inventory');
      rig.desk.put('1');
      rig.desk.fail('STORE_FAILED');
      rig.clock.wind(SWEEP_SECONDS * 1_000);
      keeper.start();
      await failed.promise;
      rig.desk.fail(undefined);
      await works.promise;
      await keeper.close();
      expect(events).toEqual(['sweep fails', 'sweep works']);
      expect(await standing()).toEqual(['1']);
    });

    it('ends an inventory between two pages, and leaves it to whoever comes next', async () => {
      for (const id of ['1', '2', '3', '4']) rig.desk.put(id);
      const gate = createGate();
      rig.desk.onStories(() => gate.pass());
      keeper.start();
      await gate.reached;
      const closing = keeper.close();
      gate.open();
      await closing;
      expect(await standing()).toEqual(['1', '2', '3']);
      expect(events).toEqual(['first 3 of 3']);
      expect(await createKeeper().runDue('inventory')).toBe(true);
      expect(await standing()).toEqual(['1', '2', '3', '4']);
    });
  });

  describe('catchUp', () => {
    it('looks at what readers found otherwise, once however many they were', async () => {
      rig.desk.put('1');
      await build();
      rig.clock.wind(60_000);
      rig.desk.put('1', { headline: 'Edited' });
      for (let index = 0; index < 5; index += 1) keeper.note('1', 'newer');
      await keeper.catchUp();
      keeper.note('1', 'newer');
      await keeper.catchUp();
      expect(told).toEqual(['reader: 1 changed']);
    });

    it('looks again at what its source was behind with, in whatever process, and tells of it once more', async () => {
      rig.desk.put('1');
      await build();
      keeper.note('1', 'older');
      await keeper.catchUp();
      expect(told).toEqual([]);
      await database.query('DELETE FROM outbox');
      rig.clock.wind(5_000);
      // After a restart.
      await createKeeper().catchUp();
      expect(told).toEqual(['again: 1 unchanged']);
      const rows = await database.query<{ tags: readonly string[] }>('SELECT tags FROM outbox');
      expect(rows.flatMap(({ tags }) => tags)).toContain(`article:${articleIdOf(rig.indexed, '1')}`);
      await keeper.catchUp();
      expect(told).toHaveLength(1);
    });

    it('keeps what is due while its source fails', async () => {
      rig.desk.put('1');
      await build();
      keeper.note('1', 'older');
      await keeper.catchUp();
      rig.clock.wind(5_000);
      rig.desk.fail('STORE_FAILED');
      await expect(keeper.catchUp()).rejects.toMatchObject({ store: 'desk' });
      rig.desk.fail(undefined);
      await keeper.catchUp();
      expect(told).toEqual(['again: 1 unchanged']);
    });
  });
});
