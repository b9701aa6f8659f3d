import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicView, type Listing } from '../../../src/content/listing.ts';
import { visibilityOf } from '../../../src/content/visibility.ts';
import type { Database } from '../../../src/database/database.ts';
import type { IndexKeeper } from '../../../src/ingest/index/index-keeper.ts';
import { articleIdOf } from '../../../src/ingest/index/indexed-desk.ts';
import { scheduleRelooks } from '../../../src/ingest/index/relooks.ts';
import { clearIndex } from '../../support/clear-index.ts';
import { createDesk } from '../../support/desk-source.ts';
import {
  outletStory,
  sourceOf,
  startGraphOutlet,
  type GraphOutlet,
  type OutletStory,
} from '../../support/graph-outlet.ts';
import { createIndexRig, INDEX_START, type IndexRig } from '../../support/index-rig.ts';
import { createRigKeeper } from '../../support/rig-keeper.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

const SWEEP_SECONDS = 60;
const INVENTORY_SECONDS = 900;

describe('a story that its desk has saved in an impossible shape', () => {
  let database: Database;
  let outlet: GraphOutlet;
  let rig: IndexRig;
  let keeper: IndexKeeper;
  beforeAll(async () => {
    [database, outlet] = await Promise.all([createTestDatabase('postgres'), startGraphOutlet()]);
  });
  afterAll(async () => {
    await Promise.all([database.close(), outlet.close()]);
  });
  beforeEach(async () => {
    await clearIndex(database);
    outlet.stories.clear();
    const clock = createWoundClock(INDEX_START);
    rig = createIndexRig(database, {
      clock,
      desk: { ...createDesk({ clock }), source: sourceOf(outlet, { clock }) },
    });
    keeper = createRigKeeper(database, rig, { sweepSeconds: SWEEP_SECONDS, inventorySeconds: INVENTORY_SECONDS });
  });

  const dates = (changed: Partial<OutletStory['dates']> = {}): OutletStory['dates'] => {
    const now = new Date(rig.clock.now()).toISOString();
    return { first: now, saved: now, ...changed };
  };
  const save = (id: number, fields: Partial<OutletStory> = {}): void =>
    outlet.save(outletStory(id, { dates: dates(), ...fields }));
  const sweep = async (): Promise<boolean> => {
    rig.clock.wind(SWEEP_SECONDS * 1_000);
    return await keeper.runDue('sweep');
  };
  const standing = async (): Promise<readonly string[]> =>
    (await database.query<{ source_id: string }>('SELECT source_id FROM articles WHERE withdrawn_at IS NULL'))
      .map((row) => row.source_id)
      .toSorted();
  const listing: Listing = {
    edition: 'EN',
    scope: { of: 'edition' },
    filter: {},
    order: 'PUBLISHED_DESC',
    page: { direction: 'forward', limit: 20 },
  };
  const seen = async (): Promise<readonly string[]> => {
    const now = rig.clock.now();
    const [page] = await rig.stores.articles.list([listing], publicView(now));
    return (page?.articles ?? [])
      .filter((article) => visibilityOf(article, publicView(now)) === 'visible')
      .map(({ slug }) => slug)
      .toSorted();
  };

  const SHAPES: readonly (readonly [string, () => Partial<OutletStory>, string])[] = [
    ['no headline', () => ({ title: null }), 'title is not there'],
    ['a blank headline', () => ({ title: ' ' }), 'title is not there'],
    ['no section', () => ({ sections: [{ path: ' ' }] }), 'a story stands in no section'],
    [
      'a publication without an offset',
      () => ({ dates: dates({ first: '2026-11-20 08:00' }) }),
      'dates.first is no instant as of RFC 3339 with an offset',
    ],
    [
      'a save without an offset',
      () => ({ dates: dates({ saved: '2026-11-24T08:00:00' }) }),
      'dates.saved is no instant as of RFC 3339 with an offset',
    ],
  ];

  it.each(SHAPES)(
    'keeps no other from being swept, is told once, and is met once it is right: %s',
    async (...shape) => {
      const [, fields, reason] = shape;
      save(1);
      expect(await keeper.runDue('inventory')).toBe(true);
      rig.clock.wind(1_000);
      save(2, fields());
      for (const id of [3, 4, 5, 6]) save(id);
      expect(await sweep()).toBe(true);
      expect(await standing()).toEqual(['1', '3', '4', '5', '6']);
      expect(await sweep()).toBe(true);
      expect(keeper.state()).toBe('ok');
      expect(rig.leftOut).toEqual([['2', [reason]]]);
      save(2);
      expect(await sweep()).toBe(true);
      expect(await standing()).toEqual(['1', '2', '3', '4', '5', '6']);
    },
  );

  it.each(SHAPES)('keeps no inventory from its end, and is forgotten when it is deleted: %s', async (_, fields) => {
    for (const id of [1, 2, 3, 4]) save(id);
    save(2, fields());
    expect(await keeper.runDue('inventory')).toBe(true);
    expect(keeper.state()).toBe('ok');
    expect(await standing()).toEqual(['1', '3', '4']);
    outlet.stories.delete(2);
    rig.clock.wind(INVENTORY_SECONDS * 1_000);
    expect(await keeper.runDue('inventory')).toBe(true);
    const rows = await database.query('SELECT source_id FROM index_stories WHERE is_present ORDER BY source_id');
    expect(rows).toEqual([{ source_id: '1' }, { source_id: '3' }, { source_id: '4' }]);
  });

  it.each(SHAPES)('costs readers itself and no other, and is withdrawn: %s', async (_, fields) => {
    for (const id of [1, 2, 3]) save(id);
    await keeper.runDue('inventory');
    expect(await seen()).toEqual(['historia-1', 'historia-2', 'historia-3']);
    rig.clock.wind(60_000);
    save(2, fields());
    expect(await seen()).toEqual(['historia-1', 'historia-3']);
    expect(rig.doubts).toEqual(['2 missing']);
    const id = articleIdOf(rig.indexed, '2');
    expect(await rig.stores.articles.bodies([id])).toMatchObject([{ id, blocks: [] }]);
    expect(await rig.tell('2')).toEqual(['2 bad']);
    expect(await standing()).toEqual(['1', '3']);
  });

  it('keeps no look that is due from being taken', async () => {
    for (const id of [1, 2]) save(id);
    await keeper.runDue('inventory');
    rig.clock.wind(60_000);
    save(1, { title: ' ' });
    save(2, { title: 'Puesta al día' });
    const due = ['1', '2'].map((sourceId) => ({ sourceId, at: rig.clock.now(), liftedAt: null }));
    await scheduleRelooks(database, rig.indexed, due);
    await keeper.catchUp();
    expect(await database.query('SELECT 1 FROM index_relooks')).toEqual([]);
    expect(await standing()).toEqual(['2']);
    const [second] = await rig.stores.articles.byIds([articleIdOf(rig.indexed, '2')]);
    expect(second?.version).toBe(2);
  });

  it('uses up none of the trust there is in withdrawals by being looked at again and again', async () => {
    save(1, { dates: dates({ saved: '2026-11-24T08:00:00' }) });
    save(2);
    await keeper.runDue('inventory');
    rig.clock.wind(60_000);
    for (let looks = 0; looks < 60; looks += 1) await rig.indexer.look(['1'], { reason: 'sweep' });
    outlet.stories.delete(2);
    expect(await rig.indexer.look(['2'], { reason: 'reader' })).toMatchObject([{ sourceId: '2', outcome: 'gone' }]);
    expect(rig.held).toEqual([]);
  });
});
