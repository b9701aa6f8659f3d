import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createDesk } from '../../support/desk-source.ts';
import { createIndexRig, INDEX_START } from '../../support/index-rig.ts';
import { createRigKeeper } from '../../support/rig-keeper.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { createWoundClock } from '../../support/wound-clock.ts';

const STORIES = 12;
const ROUNDS = 25;

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
});
afterAll(() => database.close());

/** Numbers below 1 that are the same for every run of a seed. */
const createDice = (seed: number) => {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};

it.each([1, 2])(
  'two processes that look at what is edited meanwhile come to know what is there: seed %s',
  async (seed) => {
    const clock = createWoundClock(INDEX_START);
    const desk = createDesk({ clock, pageSize: 5 });
    const sourceName = `desk-${seed}`;
    const rigs = [0, 1].map(() => createIndexRig(database, { clock, desk, sourceName }));
    const [rig] = rigs as [(typeof rigs)[number]];
    const roll = createDice(seed);
    const slugs = Array.from({ length: STORIES }, (_, index) => `slug-${seed}-${index}`);
    const free = new Set(slugs);
    const slugOf = new Map<string, string>();

    const edit = (): void => {
      const id = String(roll(STORIES));
      const own = slugOf.get(id);
      if (own !== undefined && roll(4) === 0) {
        desk.remove(id);
        slugOf.delete(id);
        free.add(own);
        return;
      }
      // Slugs go from story to story, as a desk's do.
      const slug = own !== undefined && roll(2) === 0 ? own : ([...free][roll(free.size)] ?? own ?? '');
      if (own !== undefined) free.add(own);
      free.delete(slug);
      slugOf.set(id, slug);
      desk.put(id, { slug, headline: `Edit ${roll(1_000)}`, sectionPaths: [roll(2) === 0 ? 'news' : 'world'] });
    };

    for (let round = 0; round < ROUNDS; round += 1) {
      const looks = rigs.map(async ({ indexer }) => {
        const ids = Array.from({ length: 3 }, () => String(roll(STORIES)));
        if (roll(5) === 0) await indexer.kill(ids.filter((id) => !slugOf.has(id)));
        else await indexer.look(ids, { reason: 'told' });
      });
      edit();
      await Promise.all(looks);
      edit();
      clock.wind(roll(3) * 1_000);
    }

    clock.wind(60_000);
    const keeper = createRigKeeper(database, rig, { sweepSeconds: 0, inventorySeconds: 0 });
    await keeper.catchUp();
    await keeper.runDue('inventory');
    clock.wind(60_000);
    await keeper.runDue('inventory');

    const there = await desk.source.stories([...slugOf.keys()], { withHtml: true });
    const wanted = there.map(({ sourceId, slug, headline, sectionPaths: [section = ''] }) => ({
      source_id: sourceId,
      path: `${section}/${slug}`,
      headline,
    }));
    const rows = await database.query<{ source_id: string }>(
      'SELECT source_id, path, headline FROM articles WHERE source = $1 AND withdrawn_at IS NULL',
      [sourceName],
    );
    const bySourceId = (a: { source_id: string }, b: { source_id: string }): number =>
      Number(a.source_id) - Number(b.source_id);
    expect(rows.toSorted(bySourceId)).toEqual(wanted.toSorted(bySourceId));
    const current = await database.query<{ value: string }>(
      `SELECT d.value FROM addresses d JOIN articles a ON a.id = d.article_id
      WHERE a.source = $1 AND d.form = 'path' AND d.is_current`,
      [sourceName],
    );
    expect(current.map(({ value }) => value).toSorted()).toEqual(wanted.map(({ path }) => path).toSorted());
  },
  120_000,
);
