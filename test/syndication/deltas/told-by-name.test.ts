import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAppender } from '../../../src/changes/appender.ts';
import type { Caller } from '../../../src/content/caller.ts';
import type { EditionCode } from '../../../src/content/edition.ts';
import { idOf, type ArticleId } from '../../../src/content/ids.ts';
import { manifestOf, type Manifest } from '../../../src/content/manifest.ts';
import type { Plan } from '../../../src/content/plan.ts';
import type { Database } from '../../../src/database/database.ts';
import { createIntake } from '../../../src/ingest/intake.ts';
import { takeDown } from '../../../src/ingest/takedown.ts';
import { foldDeliveries } from '../../../src/partners/deliveries/fold-deliveries.ts';
import { saveDeliveries } from '../../../src/partners/deliveries/save-deliveries.ts';
import { createPlan } from '../../content/create-plan.ts';
import { testEditions } from '../../support/import-lines.ts';
import { articleLine, RIG_START, sections } from '../../support/ingest-rig.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { createDeltasRig, type DeltasRig } from './deltas-rig.ts';
import { emptyTables } from './empty-tables.ts';

/** Of a store that is asked directly: no row says how it stands. */
const foreign = (name: string, edition: EditionCode = 'EN'): ArticleId => idOf.article(edition, 'elsewhere', name);

describe.each(databaseKinds)('a KILL of a story without a row, %s', (kind) => {
  let database: Database;
  let rig: DeltasRig;
  let requests = 0;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyTables(database);
    await database.query('TRUNCATE deliveries, manifests, held_versions');
    rig = await createDeltasRig(database);
  });

  const give = async (partnerId: string, id: ArticleId, version = 1, at = RIG_START): Promise<void> => {
    const manifest = manifestOf([[id, version, 2]]) as Manifest;
    const { digest } = manifest;
    const row = { partner_id: partnerId, via: 'query', digest, first_at: at, last_at: at, times: 1 } as const;
    await saveDeliveries(database, { deliveries: [row], manifests: [manifest] });
  };
  const report = async (reported: 'KILL' | 'PUBLISH' | 'UPDATE', id: ArticleId): Promise<void> => {
    const edition = id.slice(4, 6).toUpperCase() as EditionCode;
    const changes = await createIntake(database).mapReports([{ kind: reported, articleId: id, edition }]);
    await createAppender({ database }).append(`request-${(requests += 1)}`, changes, RIG_START);
  };
  const callerOf = (partnerId: string, plan: Plan): Caller => ({
    audience: `of-${partnerId}`,
    partner: { id: partnerId, name: partnerId },
    plan,
  });
  const follow = async (
    partnerId: string | null,
    rest: { after?: string; editions?: EditionCode[] } = {},
    plan = {},
  ) => {
    await rig.step();
    const caller = partnerId === null ? {} : { caller: callerOf(partnerId, createPlan(plan)) };
    const { changes, cursor } = await rig.read({ ...caller, ...rest });
    return {
      told: changes.map(({ change }) => `${change.kind} ${change.articleId} v${change.version}`),
      urls: changes.map(({ change }) => change.url),
      cursor,
    };
  };

  it('is told to partners that were given it, and to nobody else', async () => {
    await give('radio', foreign('x'), 3);
    await give('radio', foreign('x'), 4);
    await give('wire', foreign('y'));
    await report('KILL', foreign('x'));
    const { told, urls } = await follow('radio');
    expect(told).toEqual([`KILL ${foreign('x')} v4`]);
    // Nobody knows where it stood.
    expect(urls).toEqual(['https://news.example/en']);
    expect((await follow('wire')).told).toEqual([]);
    expect((await follow(null)).told).toEqual([]);
  });

  it('is told once, however often it is ordered, and by whatever it was recorded', async () => {
    await give('radio', foreign('x'));
    await foldDeliveries(database, RIG_START + 3 * 86_400_000);
    expect(await database.query('SELECT FROM deliveries')).toEqual([]);
    await report('KILL', foreign('x'));
    const { told, cursor } = await follow('radio');
    expect(told).toHaveLength(1);
    await report('KILL', foreign('x'));
    await report('UPDATE', foreign('x'));
    await give('radio', foreign('x'), 2);
    expect((await follow('radio', { after: cursor })).told).toEqual([]);
  });

  it('is told to whoever was given it before, and is written down after: behind where that one is', async () => {
    await give('wire', foreign('x'));
    await report('KILL', foreign('x'));
    const places = { wire: (await follow('wire')).cursor, radio: (await follow('radio')).cursor };
    await give('radio', foreign('x'), 7);
    expect((await follow('radio', { after: places.radio })).told).toEqual([`KILL ${foreign('x')} v7`]);
    expect((await follow('wire', { after: places.wire })).told).toEqual([]);
    await give('radio', foreign('x'), 8);
    await give('radio', foreign('y'));
    expect((await follow('radio')).told).toEqual([`KILL ${foreign('x')} v7`]);
    expect((await follow(null)).told).toEqual([]);
  });

  it('and a gateway that tells those alone who were recorded before the order is caught at it', async () => {
    await database.query('ALTER TABLE deliveries DISABLE TRIGGER recall_late');
    await report('KILL', foreign('x'));
    await give('radio', foreign('x'));
    expect((await follow('radio')).told).toEqual([]);
    await database.query('ALTER TABLE deliveries ENABLE TRIGGER recall_late');
  });

  it('is told anew when the story was put back meanwhile', async () => {
    await give('radio', foreign('x'));
    await report('KILL', foreign('x'));
    const first = await follow('radio');
    await report('PUBLISH', foreign('x'));
    await give('radio', foreign('x'), 2);
    expect((await follow('radio', { after: first.cursor })).told).toEqual([]);
    await report('KILL', foreign('x'));
    expect((await follow('radio', { after: first.cursor })).told).toEqual([`KILL ${foreign('x')} v2`]);
  });

  it('is told though its row comes while it is hidden', async () => {
    const id = idOf.article('EN', 'cms', 'a');
    await give('wire', id);
    await report('KILL', id);
    await rig.run([...sections, articleLine('a')]);
    await rig.step();
    await give('radio', id);
    await takeDown(database, id, { editions: testEditions, now: RIG_START });
    expect((await follow('wire')).told).toEqual([`KILL ${id} v1`]);
    expect((await follow('radio')).told).toEqual([`KILL ${id} v1`]);
    expect((await follow(null)).told).toEqual([]);
  });

  it('comes to those who follow its edition, whatever their plan holds by now', async () => {
    for (const edition of ['EN', 'AR'] as const) {
      await give('radio', foreign('x', edition));
      await report('KILL', foreign('x', edition));
    }
    const [en, ar] = [`KILL ${foreign('x', 'EN')} v1`, `KILL ${foreign('x', 'AR')} v1`];
    expect((await follow('radio')).told).toEqual([en, ar]);
    expect((await follow('radio', { editions: ['EN'] })).told).toEqual([en]);
    expect((await follow('radio', { editions: ['AR'] })).told).toEqual([ar]);
    expect((await follow('radio', { editions: ['ES'] })).told).toEqual([]);
    expect((await follow('radio', {}, { editions: ['ES'] })).told).toEqual([en, ar]);
  });

  it('comes in its place among the changes that everybody is told of, a page at a time', async () => {
    await rig.run([...sections, articleLine('a')]);
    await rig.step();
    await give('radio', foreign('x'));
    await report('KILL', foreign('x'));
    await rig.run([articleLine('b')]);
    const told: string[] = [];
    await rig.step();
    for (let after: string | null = null; ;) {
      const page = await rig.read({ caller: callerOf('radio', createPlan()), after, first: 1 });
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
    await give('radio', id);
    await takeDown(database, id, { editions: testEditions, now: RIG_START });
    await rig.step();
    await give('wire', id);
    await takeDown(database, id, { editions: testEditions, now: RIG_START });
    expect((await follow('radio')).told).toEqual([`KILL ${id} v2`]);
    expect((await follow(null)).told).toEqual([`KILL ${id} v2`]);
    expect((await follow('wire', {}, { editions: ['ES'] })).told).toEqual([]);
    expect(await database.query('SELECT FROM deltas WHERE recalled IS NOT NULL')).toEqual([]);
    expect(await database.query(`SELECT FROM change_log WHERE kind = 'KILL'`)).toHaveLength(2);
  });
});
