import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createPlan } from '../../content/create-plan.ts';
import { articleLine, RIG_START, sections } from '../../support/ingest-rig.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { createDeltasRig, type DeltasRig } from './deltas-rig.ts';
import { emptyTables } from './empty-tables.ts';

const HOUR_MS = 60 * 60_000;
const at = (milliseconds: number): string => new Date(RIG_START + milliseconds).toISOString();
const embargo = { rights: { embargoedUntil: at(100 * HOUR_MS) } };

describe.each(databaseKinds)('a cursor of a plan that its holder has no longer, %s', (kind) => {
  let database: Database;
  let rig: DeltasRig;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyTables(database);
    rig = await createDeltasRig(database);
    await rig.setPlan('desk', createPlan({ embargoed: true }));
    await rig.setPlan('lesser', createPlan());
    await rig.run(sections);
    await rig.step();
  });
  const publish = async (...lines: readonly ReturnType<typeof articleLine>[]): Promise<void> => {
    await rig.run(lines);
    await rig.step();
  };

  it('takes back what was told by it, however often that was changed since, and says nothing of what came later', async () => {
    await publish(articleLine('a', embargo), articleLine('b', embargo));
    const { told, cursor } = await rig.follow({ caller: rig.callerOf('desk') });
    expect(told).toEqual(['PUBLISH a', 'PUBLISH b']);
    rig.clock.wind(HOUR_MS);
    await publish(articleLine('b', { ...embargo, headline: 'Once more' }), articleLine('c', embargo));
    rig.clock.wind(HOUR_MS);
    await publish(articleLine('b', { ...embargo, headline: 'And again' }), articleLine('d', embargo));
    await publish(articleLine('c', { ...embargo, withdrawnAt: at(0) }));
    const passed = await rig.follow({ caller: rig.callerOf('lesser'), after: cursor });
    expect(passed.told.toSorted()).toEqual(['KILL a', 'KILL b']);
    // Kept, and used once more.
    await publish(articleLine('e', embargo));
    expect((await rig.follow({ caller: rig.callerOf('lesser'), after: cursor })).told.toSorted()).toEqual(
      passed.told.toSorted(),
    );
  });

  it('remembers of each plan until when it was one', async () => {
    await rig.setPlan('world', createPlan({ sections: { EN: ['world'] } }));
    await publish(articleLine('a', embargo));
    const { cursor } = await rig.follow({ caller: rig.callerOf('desk') });
    rig.clock.wind(HOUR_MS);
    await publish(articleLine('b', embargo), articleLine('c'));
    const lesser = await rig.read({ caller: rig.callerOf('lesser'), after: cursor, first: 1 });
    expect(lesser.hasMore).toBe(true);
    rig.clock.wind(HOUR_MS);
    await publish(articleLine('d', embargo));
    const { told } = await rig.follow({ caller: rig.callerOf('world'), after: lesser.cursor });
    expect(told.filter((line) => !line.endsWith(' c'))).toEqual(['KILL a']);
  });

  it('gives what it takes back an id of its own each time, and the same one from the same place', async () => {
    await publish(articleLine('a', embargo), articleLine('b'));
    const idsFrom = async (audience: string, after: string | null) => {
      const { changes, cursor } = await rig.read({ caller: rig.callerOf(audience), after });
      rig.clock.wind(1_000);
      return { ids: changes.map(({ change }) => `${change.kind} ${change.id}`), cursor };
    };
    const whole = await idsFrom('desk', null);
    const [taken, given] = [await idsFrom('lesser', whole.cursor), await idsFrom('lesser', whole.cursor)];
    expect(taken.ids).toEqual([expect.stringMatching(/^KILL chg_/)]);
    expect(given.ids).toEqual(taken.ids);
    const back = await idsFrom('desk', taken.cursor);
    expect(back.ids).toEqual([expect.stringMatching(/^PUBLISH chg_/)]);
    const again = await idsFrom('lesser', back.cursor);
    const once = await idsFrom('desk', again.cursor);
    const all = [...whole.ids, ...taken.ids, ...back.ids, ...again.ids, ...once.ids].map((line) => line.split(' ')[1]);
    expect(all).toHaveLength(6);
    expect(new Set(all).size).toBe(6);
  });
});
