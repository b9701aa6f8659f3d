import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type ArticleId } from '../../../src/content/ids.ts';
import type { Database } from '../../../src/database/database.ts';
import { takeDown } from '../../../src/ingest/takedown.ts';
import { foldDeliveries } from '../../../src/partners/deliveries/fold-deliveries.ts';
import { testEditions } from '../../support/import-lines.ts';
import { articleLine, RIG_START, sections } from '../../support/ingest-rig.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { createRecallRig, foreign, type RecallRig } from './recall-rig.ts';

describe.each(databaseKinds)('a KILL of a story without a row, %s', (kind) => {
  let database: Database;
  let rig: RecallRig;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    rig = await createRecallRig(database);
  });

  it('is told to partners that were given it, and to nobody else', async () => {
    await rig.give('radio', foreign('x'), 3);
    await rig.give('radio', foreign('x'), 4);
    await rig.give('wire', foreign('y'));
    await rig.report('KILL', foreign('x'));
    const { told, urls } = await rig.hear('radio');
    expect(told).toEqual([`KILL ${foreign('x')} v4`]);
    // Nobody knows where it stood.
    expect(urls).toEqual(['https://news.example/en']);
    expect((await rig.hear('wire')).told).toEqual([]);
    expect((await rig.hear(null)).told).toEqual([]);
  });

  it('is told once, however often it is ordered, and by whatever it was recorded', async () => {
    await rig.give('radio', foreign('x'));
    await foldDeliveries(database, RIG_START + 3 * 86_400_000);
    expect(await database.query('SELECT FROM deliveries')).toEqual([]);
    await rig.report('KILL', foreign('x'));
    const { told, cursor } = await rig.hear('radio');
    expect(told).toHaveLength(1);
    await rig.report('KILL', foreign('x'));
    await rig.report('UPDATE', foreign('x'));
    await rig.give('radio', foreign('x'), 2);
    expect((await rig.hear('radio', { after: cursor })).told).toEqual([]);
  });

  it('is told to whoever was given it before, and is written down after: behind where that one is', async () => {
    await rig.give('wire', foreign('x'));
    await rig.report('KILL', foreign('x'));
    const places = { wire: (await rig.hear('wire')).cursor, radio: (await rig.hear('radio')).cursor };
    await rig.give('radio', foreign('x'), 7);
    expect((await rig.hear('radio', { after: places.radio })).told).toEqual([`KILL ${foreign('x')} v7`]);
    expect((await rig.hear('wire', { after: places.wire })).told).toEqual([]);
    await rig.give('radio', foreign('x'), 8);
    await rig.give('radio', foreign('y'));
    expect((await rig.hear('radio')).told).toEqual([`KILL ${foreign('x')} v7`]);
    expect((await rig.hear(null)).told).toEqual([]);
  });

  it('and a gateway that tells those alone who were recorded before the order is caught at it', async () => {
    await database.query('ALTER TABLE deliveries DISABLE TRIGGER recall_late');
    await rig.report('KILL', foreign('x'));
    await rig.give('radio', foreign('x'));
    expect((await rig.hear('radio')).told).toEqual([]);
    await database.query('ALTER TABLE deliveries ENABLE TRIGGER recall_late');
  });

  it('is told anew when the story was put back meanwhile', async () => {
    await rig.give('radio', foreign('x'));
    await rig.report('KILL', foreign('x'));
    const first = await rig.hear('radio');
    await rig.report('PUBLISH', foreign('x'));
    await rig.give('radio', foreign('x'), 2);
    expect((await rig.hear('radio', { after: first.cursor })).told).toEqual([]);
    await rig.report('KILL', foreign('x'));
    expect((await rig.hear('radio', { after: first.cursor })).told).toEqual([`KILL ${foreign('x')} v2`]);
  });

  it('is told though its row comes while it is hidden', async () => {
    const id = idOf.article('EN', 'cms', 'a');
    await rig.give('wire', id);
    await rig.report('KILL', id);
    await rig.run([...sections, articleLine('a')]);
    await rig.step();
    await rig.give('radio', id);
    await takeDown(database, id, { editions: testEditions, now: RIG_START });
    expect((await rig.hear('wire')).told).toEqual([`KILL ${id} v1`]);
    expect((await rig.hear('radio')).told).toEqual([`KILL ${id} v1`]);
    expect((await rig.hear(null)).told).toEqual([]);
  });

  it('comes to those who follow its edition, whatever their plan holds by now', async () => {
    for (const edition of ['EN', 'AR'] as const) {
      await rig.give('radio', foreign('x', edition));
      await rig.report('KILL', foreign('x', edition));
    }
    const [en, ar] = [`KILL ${foreign('x', 'EN')} v1`, `KILL ${foreign('x', 'AR')} v1`];
    expect((await rig.hear('radio')).told).toEqual([en, ar]);
    expect((await rig.hear('radio', { editions: ['EN'] })).told).toEqual([en]);
    expect((await rig.hear('radio', { editions: ['AR'] })).told).toEqual([ar]);
    expect((await rig.hear('radio', { editions: ['ES'] })).told).toEqual([]);
    expect((await rig.hear('radio', {}, { editions: ['ES'] })).told).toEqual([en, ar]);
  });

  it('comes in its place among the changes that everybody is told of, a page at a time', async () => {
    await rig.run([...sections, articleLine('a')]);
    await rig.step();
    await rig.give('radio', foreign('x'));
    await rig.report('KILL', foreign('x'));
    await rig.run([articleLine('b')]);
    const told: string[] = [];
    await rig.step();
    for (let after: string | null = null; ;) {
      const page = await rig.read({ caller: rig.callerOfPartner('radio'), after, first: 1 });
      told.push(...page.changes.map(({ change }) => change.kind));
      if (!page.hasMore) break;
      after = page.cursor;
    }
    expect(told).toEqual(['PUBLISH', 'KILL', 'PUBLISH']);
    expect((await rig.follow()).told).toEqual(['PUBLISH a', 'PUBLISH b']);
  });

  it('and one of a story with a row is told to whoever could see it, as ever', async () => {
    await rig.run([...sections, articleLine('a')]);
    await rig.step();
    const id = (await rig.idOf('a')) as ArticleId;
    await rig.give('radio', id);
    await takeDown(database, id, { editions: testEditions, now: RIG_START });
    await rig.step();
    await rig.give('wire', id);
    await takeDown(database, id, { editions: testEditions, now: RIG_START });
    expect((await rig.hear('radio')).told).toEqual([`KILL ${id} v2`]);
    expect((await rig.hear(null)).told).toEqual([`KILL ${id} v2`]);
    expect((await rig.hear('wire', {}, { editions: ['ES'] })).told).toEqual([]);
    expect(await database.query('SELECT recalled FROM deltas WHERE recalled IS NOT NULL')).toEqual([
      { recalled: { radio: 1 } },
    ]);
    expect(await database.query(`SELECT FROM change_log WHERE kind = 'KILL'`)).toHaveLength(2);
  });
});
