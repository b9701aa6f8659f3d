import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ArticleId } from '../../../src/content/ids.ts';
import type { Database } from '../../../src/database/database.ts';
import { takeDown } from '../../../src/ingest/takedown.ts';
import { testEditions } from '../../support/import-lines.ts';
import { articleLine, RIG_START, sections } from '../../support/ingest-rig.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { createRecallRig, type RecallRig } from './recall-rig.ts';

/** What names those who were given it, in the function that writes deltas. */
const NAMING = `IF change.tombstone ->> 'order' = 'lay' THEN holders := untold_holders(change.article_id); END IF;`;

describe.each(databaseKinds)('an order about a story that a partner was given under another plan, %s', (kind) => {
  let database: Database;
  let rig: RecallRig;
  let id: ArticleId;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    rig = await createRecallRig(database);
    await rig.run([...sections, articleLine('a'), articleLine('b')]);
    await rig.step();
    id = (await rig.idOf('a')) as ArticleId;
    // In a feed, say: it follows nothing, so the change of its plan has told it nothing.
    await rig.give('wire', id);
  });
  const order = (): Promise<unknown> => takeDown(database, id, { editions: testEditions, now: RIG_START });
  const now = { editions: ['ES'] } as const;

  it('is told to it, and to no other whose plan does not hold it', async () => {
    await rig.give('radio', (await rig.idOf('b')) as ArticleId);
    await order();
    const { told, urls, cursor } = await rig.hear('wire', {}, now);
    expect(told).toEqual([`KILL ${id} v2`]);
    // It may have moved since: where it stood last is nothing to those who may not have it.
    expect(urls).toEqual(['https://news.example/en']);
    expect((await rig.hear('radio', {}, now)).told).toEqual([]);
    await order();
    await rig.give('wire', id, 2);
    expect((await rig.hear('wire', { after: cursor }, now)).told).toEqual([]);
  });

  it('is told by a report of its publishing system, too', async () => {
    await rig.report('KILL', id);
    expect((await rig.hear('wire', {}, now)).told).toEqual([`KILL ${id} v1`]);
    await rig.report('PUBLISH', id);
    const { cursor } = await rig.hear('wire', {}, now);
    await rig.report('KILL', id);
    expect((await rig.hear('wire', { after: cursor }, now)).told).toEqual([`KILL ${id} v1`]);
  });

  it('is told once, with its address, to whoever could see it until then', async () => {
    const address = (await rig.hear('wire')).urls[0];
    await order();
    expect(await rig.hear('wire')).toMatchObject({ told: [expect.stringMatching(/^PUBLISH/), `KILL ${id} v2`] });
    expect((await rig.hear('wire')).urls).toContain(address);
    expect((await rig.hear(null)).told).toContain(`KILL ${id} v2`);
  });

  it('and a database that tells those alone who could see it is caught', async () => {
    const [row] = await database.query<{ source: string }>(
      `SELECT pg_get_functiondef('record_deltas'::regproc) AS source`,
    );
    const source = row?.source ?? '';
    expect(source).toContain(NAMING);
    await database.query(source.replace(NAMING, ''));
    await order();
    expect((await rig.hear('wire', {}, now)).told).toEqual([]);
    await database.query(source);
  });
});
