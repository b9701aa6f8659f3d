import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createHookIntake, type HookIntake } from '../../../src/ingest/index/hook-intake.ts';
import { lookAgain } from '../../../src/ingest/index/look-again.ts';
import { articleIdOf } from '../../../src/ingest/index/indexed-desk.ts';
import { loadTasks } from '../../../src/ingest/index/index-tasks.ts';
import { clearIndex } from '../../support/clear-index.ts';
import { createGate } from '../../support/gate.ts';
import { createIndexRig, type IndexRig } from '../../support/index-rig.ts';
import { createTestDatabase } from '../../support/test-database.ts';

describe('createHookIntake', () => {
  let database: Database;
  let rig: IndexRig;
  let intake: HookIntake;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  const intakeOptions = () => ({
    database,
    clock: rig.clock,
    desk: rig.indexed,
    storeName: 'desk',
    indexer: rig.indexer,
    // A machine with much to do may take it, and nobody hangs.
    lookLimitMs: 60_000,
  });
  beforeEach(async () => {
    await clearIndex(database);
    rig = createIndexRig(database);
    intake = createHookIntake(intakeOptions());
  });
  afterAll(() => database.close());

  const idOf = (sourceId: string) => articleIdOf(rig.indexed, sourceId);
  const relooks = async (): Promise<readonly string[]> => {
    const rows = await database.query<{ source_id: string; at: Date; lifts: boolean }>(
      'SELECT source_id, at, lifts FROM index_relooks ORDER BY at, source_id',
    );
    const secondsOf = (at: Date): number => (at.getTime() - rig.clock.now()) / 1_000;
    return rows.map(({ source_id: id, at, lifts }) => `${id} in ${secondsOf(at)} s${lifts ? ', lifts' : ''}`);
  };
  const isStanding = async (sourceId: string): Promise<boolean> => {
    const [row] = await database.query('SELECT 1 FROM articles WHERE id = $1 AND withdrawn_at IS NULL', [
      idOf(sourceId),
    ]);
    return row !== undefined;
  };

  it('tells exactly what is told of a story that shows what happened', async () => {
    rig.desk.put('1', { tagSlugs: ['ports'] });
    const [published] = await intake.mapReports([{ kind: 'PUBLISH', sourceId: '1' }]);
    expect(published).toMatchObject({
      kind: 'UPDATE',
      articleId: idOf('1'),
      edition: 'EN',
      version: 1,
      tombstone: null,
    });
    expect(published?.tags).toContain('list:en:all');
    await database.query('DELETE FROM outbox');
    rig.clock.wind(60_000);
    rig.desk.put('1', { headline: 'A letter less' });
    const [edited] = await intake.mapReports([{ kind: 'UPDATE', sourceId: '1' }]);
    expect(edited?.tags).toContain(`article:${idOf('1')}`);
    expect(edited?.tags).not.toContain('list:en:all');
    expect(await relooks()).toEqual([]);
  });

  it('looks again, once its store cannot be behind any more, at what does not show it yet', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    await intake.mapReports([
      { kind: 'UPDATE', sourceId: '1' },
      { kind: 'PUBLISH', sourceId: 'not-there-yet' },
    ]);
    expect(await relooks()).toEqual(['1 in 5 s', 'not-there-yet in 5 s, lifts']);
  });

  it('carries a withdrawal out whatever its store shows, and looks whether it says so too', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    const [killed] = await intake.mapReports([{ kind: 'KILL', sourceId: '1' }]);
    expect(killed).toMatchObject({ kind: 'KILL', articleId: idOf('1'), tombstone: null });
    expect(killed?.tags).toContain('list:en:all');
    expect(await isStanding('1')).toBe(false);
    expect(await relooks()).toEqual(['1 in 5 s']);
  });

  describe('with a publication that was told before a withdrawal', () => {
    const again = () => lookAgain({ database, clock: rig.clock, desk: rig.indexed, indexer: rig.indexer });
    const isStandingLater = async (): Promise<boolean> => {
      for (let looks = 0; looks < 3; looks += 1) {
        rig.clock.wind(5_000);
        await again();
      }
      return await isStanding('1');
    };
    beforeEach(async () => {
      rig.desk.put('1');
      await rig.tell('1');
      rig.clock.wind(60_000);
    });

    it('does not bring the story back by the look it left', async () => {
      await intake.mapReports([{ kind: 'PUBLISH', sourceId: '1' }]);
      expect(await relooks()).toEqual(['1 in 5 s, lifts']);
      rig.clock.wind(2_000);
      await intake.mapReports([{ kind: 'KILL', sourceId: '1' }]);
      expect(await relooks()).toEqual(['1 in 3 s', '1 in 5 s']);
      expect(await isStandingLater()).toBe(false);
      await intake.mapReports([{ kind: 'PUBLISH', sourceId: '1' }]);
      expect(await isStanding('1')).toBe(true);
    });

    it('does not bring it back by a look that was taken up already', async () => {
      await intake.mapReports([{ kind: 'PUBLISH', sourceId: '1' }]);
      rig.clock.wind(5_000);
      const gate = createGate();
      rig.desk.onStories(() => gate.pass());
      const looking = again();
      await gate.reached;
      rig.clock.wind(1_000);
      await rig.indexer.kill(['1']);
      rig.desk.onStories(undefined);
      gate.open();
      await looking;
      expect(await relooks()).toEqual(['1 in 5 s']);
      expect(await isStandingLater()).toBe(false);
    });

    it('does not bring back what had been gone before', async () => {
      await intake.mapReports([{ kind: 'KILL', sourceId: '1' }]);
      rig.clock.wind(60_000);
      const lifts = new Map([['1', rig.clock.now()]]);
      rig.clock.wind(1_000);
      await intake.mapReports([{ kind: 'KILL', sourceId: '1' }]);
      rig.clock.wind(6_000);
      expect(await rig.indexer.look(['1'], { reason: 'again', lifts })).toMatchObject([{ outcome: 'hidden' }]);
    });
  });

  it('takes the last word on a story that has several', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    const changes = await intake.mapReports([
      { kind: 'KILL', sourceId: '1' },
      { kind: 'PUBLISH', sourceId: '1' },
    ]);
    expect(changes.map(({ kind }) => kind)).toEqual(['KILL', 'UPDATE']);
    expect(await isStanding('1')).toBe(true);
  });

  it('gives the same changes for the same reports, whatever is found', async () => {
    const reports = [{ kind: 'PUBLISH', sourceId: '1' }, { taxonomy: true }, { kind: 'KILL', sourceId: '2' }] as const;
    const said = async () =>
      (await intake.mapReports(reports)).map(({ kind, isSoft, articleId, tags }) => [kind, isSoft, articleId ?? tags]);
    const first = await said();
    rig.desk.put('1');
    expect(await said()).toEqual(first);
    rig.desk.fail('STORE_FAILED');
    expect(await said()).toEqual(first);
  });

  it('ends everything that read a story when its store cannot be read, and looks as soon as it can', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    rig.desk.fail('STORE_TIMEOUT');
    const [known, unknown] = await intake.mapReports([
      { kind: 'UPDATE', sourceId: '1' },
      { kind: 'PUBLISH', sourceId: '2' },
    ]);
    for (const change of [known, unknown]) expect(change?.tags).toContain('list:en:all');
    expect(known?.tags).toContain('slug:en:article:story-1');
    expect(await relooks()).toEqual(['1 in 0 s', '2 in 0 s, lifts', '1 in 5 s', '2 in 5 s, lifts']);
  });

  it('does not wait for a store that hangs for longer than its limit', async () => {
    rig.desk.put('1');
    const gate = createGate();
    rig.desk.onStories(() => gate.pass());
    let look: Promise<unknown> | undefined;
    const hasty = createHookIntake({
      ...intakeOptions(),
      lookLimitMs: 100,
      indexer: {
        ...rig.indexer,
        look: (...asked) => {
          const found = rig.indexer.look(...asked);
          look = found;
          return found;
        },
      },
    });
    const [change] = await hasty.mapReports([{ kind: 'PUBLISH', sourceId: '1' }]);
    expect(change?.tags).toContain('list:en:all');
    expect(await relooks()).toEqual(['1 in 0 s, lifts', '1 in 5 s, lifts']);
    gate.open();
    // What goes on behind the limit must not overtake the looks of the next test.
    await look;
  });

  it('looks again at all that is due but a story that fails', async () => {
    const ids = ['1', '2', '3', '4', '5', '6', '7'];
    for (const id of ids) rig.desk.put(id);
    await intake.mapReports(ids.map((sourceId) => ({ kind: 'PUBLISH', sourceId })));
    await intake.mapReports(ids.map((sourceId) => ({ kind: 'UPDATE', sourceId })));
    rig.clock.wind(5_000);
    rig.desk.onStories(async (sourceIds) => {
      if (sourceIds.includes('4')) throw new Error('too long');
    });
    const options = { database, clock: rig.clock, desk: rig.indexed, indexer: rig.indexer };
    await expect(lookAgain(options)).rejects.toThrow('too long');
    expect(await relooks()).toEqual(['4 in 0 s']);
    rig.desk.onStories(undefined);
    await lookAgain(options);
    expect(await relooks()).toEqual([]);
  });

  it('leaves a source alone that fails with every story', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => String(index));
    rig.desk.fail('STORE_FAILED');
    await intake.mapReports(ids.map((sourceId) => ({ kind: 'UPDATE', sourceId })));
    rig.desk.calls.stories = 0;
    await expect(
      lookAgain({ database, clock: rig.clock, desk: rig.indexed, indexer: rig.indexer }),
    ).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(rig.desk.calls.stories).toBeLessThan(12);
    expect(await relooks()).toHaveLength(100);
    expect(await database.query('SELECT 1 FROM index_relooks WHERE taken_until IS NOT NULL')).toEqual([]);
  });

  it('takes an inventory as soon as it can when the taxonomy cannot be read', async () => {
    await database.query(
      `INSERT INTO index_tasks (edition, source, task, done_at) VALUES ('EN', 'desk', 'inventory', $1::timestamptz)`,
      [new Date(rig.clock.now())],
    );
    rig.desk.fail('STORE_FAILED');
    const [change] = await intake.mapReports([{ taxonomy: true }]);
    expect(change).toMatchObject({ kind: 'TAXONOMY', articleId: null, tags: ['edition:en'] });
    expect((await loadTasks(database, rig.indexed)).inventory.failedAt).toBe(rig.clock.now());
  });

  it('fails when the gateway’s own database does: nothing is known to be recorded then', async () => {
    const broken = createHookIntake({
      database: { ...database, query: () => Promise.reject(new Error('away')) },
      clock: rig.clock,
      desk: rig.indexed,
      storeName: 'desk',
      indexer: rig.indexer,
    });
    await expect(broken.mapReports([{ kind: 'UPDATE', sourceId: '1' }])).rejects.toThrow('away');
  });
});
