import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { liftTakedown, takeDown } from '../../../src/ingest/takedown.ts';
import { createPlan } from '../../content/create-plan.ts';
import { testEditions } from '../../support/import-lines.ts';
import { articleLine, RIG_START, sections } from '../../support/ingest-rig.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';
import { emptyTables } from './empty-tables.ts';
import { createDeltasRig, type DeltasRig } from './deltas-rig.ts';

const HOUR_MS = 60 * 60_000;
const at = (milliseconds: number): string => new Date(RIG_START + milliseconds).toISOString();

describe.each(databaseKinds)('readDeltas, %s', (kind) => {
  let database: Database;
  let rig: DeltasRig;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyTables(database);
    rig = await createDeltasRig(database);
    await rig.run(sections);
    await rig.step();
  });

  const publish = async (...lines: readonly ReturnType<typeof articleLine>[]): Promise<void> => {
    await rig.run(lines);
    await rig.step();
  };
  const order = { editions: testEditions, now: RIG_START };

  it('tells what happened in order, with the article as it stands now', async () => {
    await publish(articleLine('a'), articleLine('b'));
    await publish(articleLine('a', { headline: 'Put better' }));
    await publish(
      articleLine('a', { headline: 'Put better', corrections: [{ correctedAt: at(0), text: 'Was wrong' }] }),
    );
    await publish(articleLine('b', { rights: { syndication: 'EXCERPT' } }));
    expect((await rig.follow()).told).toEqual([
      'PUBLISH a',
      'PUBLISH b',
      'UPDATE a',
      'CORRECTION a',
      'RIGHTS_CHANGE b',
    ]);
    const { changes } = await rig.read({ first: 1 });
    expect(changes.map(({ change }) => change)).toMatchObject([
      {
        version: 1,
        edition: 'EN',
        url: 'https://news.example/en/news/politics/story-a',
        article: { headline: 'Put better' },
      },
    ]);
  });

  it('goes on from any cursor, one change at a time', async () => {
    await publish(articleLine('a'), articleLine('b'));
    const first = await rig.read({ first: 1 });
    expect(first).toMatchObject({ hasMore: true, changes: [{ cursor: first.cursor }] });
    const rest = await rig.follow({ after: first.cursor, first: 1 });
    expect(rest.told).toEqual(['PUBLISH b']);
    expect((await rig.follow({ after: rest.cursor })).told).toEqual([]);
    await publish(articleLine('a', { headline: 'Put better' }));
    expect((await rig.follow({ after: rest.cursor })).told).toEqual(['UPDATE a']);
  });

  it('says that what was withdrawn is gone, and where it stood', async () => {
    await publish(articleLine('a'));
    const { cursor } = await rig.follow();
    await publish(articleLine('a', { withdrawnAt: at(0) }));
    const { changes } = await rig.read({ after: cursor });
    expect(changes.map(({ change }) => change)).toMatchObject([
      { kind: 'KILL', article: null, url: 'https://news.example/en/news/politics/story-a', version: 2 },
    ]);
    await publish(articleLine('a'));
    expect((await rig.follow({ after: cursor })).told).toEqual(['UPDATE a', 'PUBLISH a']);
  });

  it('takes back at once what is taken down, and never gives it again until the order is lifted', async () => {
    await publish(articleLine('a'));
    const { cursor } = await rig.follow();
    await takeDown(database, 'en:story-a', order);
    await rig.step();
    expect((await rig.follow({ after: cursor })).told).toEqual(['KILL a']);
    const killed = await rig.follow();
    // The store has it again; the tombstone lies.
    await database.query('UPDATE articles SET withdrawn_at = NULL');
    await publish(articleLine('a', { headline: 'Once more' }));
    expect((await rig.follow({ after: killed.cursor })).told).toEqual([]);
    await liftTakedown(database, 'en:story-a', order);
    await rig.step();
    expect((await rig.follow({ after: killed.cursor })).told.at(-1)).toBe('PUBLISH a');
  });

  it('keeps an embargo to the instant, and what was killed under it to itself', async () => {
    const embargo = { rights: { embargoedUntil: at(HOUR_MS) } };
    await publish(articleLine('a', embargo), articleLine('b', embargo));
    await rig.setPlan('desk', createPlan({ embargoed: true }));
    expect((await rig.follow({ caller: rig.callerOf('desk') })).told).toEqual(['PUBLISH a', 'PUBLISH b']);
    await publish(articleLine('b', { ...embargo, withdrawnAt: at(0) }));
    rig.clock.wind(HOUR_MS - 1);
    await rig.step();
    expect((await rig.follow()).told).toEqual([]);
    rig.clock.wind(1);
    await rig.step();
    expect((await rig.follow()).told).toEqual(['PUBLISH a', 'EMBARGO_LIFT a']);
    expect((await rig.follow({ caller: rig.callerOf('desk') })).told).toEqual([
      'PUBLISH a',
      'KILL b',
      'EMBARGO_LIFT a',
    ]);
  });

  it('says that what expires is gone', async () => {
    await publish(articleLine('a', { rights: { expiresAt: at(HOUR_MS) } }));
    const { cursor } = await rig.follow();
    rig.clock.wind(HOUR_MS);
    await rig.step();
    expect((await rig.follow({ after: cursor })).told).toEqual(['KILL a']);
  });

  it('tells of a move out of what a plan holds as of a kill, of one into it as of a publication', async () => {
    await rig.setPlan('world', createPlan({ sections: { EN: ['world'] } }));
    const caller = rig.callerOf('world');
    await publish(articleLine('a'), articleLine('b', { section: 'world' }));
    const { told, cursor } = await rig.follow({ caller });
    expect(told).toEqual(['PUBLISH b']);
    await publish(articleLine('a', { section: 'world' }), articleLine('b'));
    expect((await rig.follow({ caller, after: cursor })).told).toEqual(['PUBLISH a', 'KILL b']);
    await publish(articleLine('b', { headline: 'Elsewhere' }));
    expect((await rig.follow({ caller, after: cursor })).told).toEqual(['PUBLISH a', 'KILL b']);
  });

  it('tells what another plan gives and takes, once, to those who have it', async () => {
    await rig.setPlan('world', createPlan({ sections: { EN: ['world'] } }));
    await rig.setPlan('news', createPlan({ sections: { EN: ['news'] } }));
    await publish(
      articleLine('a'),
      articleLine('b', { section: 'world' }),
      articleLine('c', { section: 'world', sections: ['news'] }),
    );
    const { told, cursor } = await rig.follow({ caller: rig.callerOf('world') });
    expect(told).toEqual(['PUBLISH b', 'PUBLISH c']);
    const passed = await rig.follow({ caller: rig.callerOf('news'), after: cursor, first: 1 });
    expect(passed.told).toEqual(['PUBLISH a', 'KILL b']);
    expect((await rig.follow({ caller: rig.callerOf('news'), after: passed.cursor })).told).toEqual([]);
    await rig.setPlan('excerpts', createPlan({ syndication: 'EXCERPT' }));
    expect((await rig.follow({ caller: rig.callerOf('excerpts'), after: passed.cursor })).told).toEqual([
      'RIGHTS_CHANGE a',
      'PUBLISH b',
      'RIGHTS_CHANGE c',
    ]);
  });

  it('does not take for seen, under another plan, what was changed before it could be and is not in the log yet', async () => {
    await rig.setPlan('excerpts', createPlan({ syndication: 'EXCERPT' }));
    await publish(articleLine('a', { publishedAt: at(HOUR_MS) }));
    const { cursor } = await rig.follow();
    await rig.run([articleLine('a', { rights: { embargoedUntil: at(3 * HOUR_MS) } })]);
    rig.clock.wind(HOUR_MS);
    const passed = await rig.follow({ caller: rig.callerOf('excerpts'), after: cursor });
    expect(passed.told).toEqual([]);
    rig.clock.wind(2 * HOUR_MS);
    await rig.step();
    const { told } = await rig.follow({ caller: rig.callerOf('excerpts'), after: passed.cursor });
    expect(new Set(told)).toEqual(new Set(['EMBARGO_LIFT a', 'PUBLISH a']));
  });

  it('waits for a change whose instant is ahead of its own', async () => {
    await publish(articleLine('a'));
    const early = { now: RIG_START - 1000 };
    const page = await rig.read(early);
    expect(page).toMatchObject({ changes: [], hasMore: false });
    expect((await rig.follow({ after: page.cursor })).told).toEqual(['PUBLISH a']);
  });

  it('lets nobody go on from a cursor of somebody else, and a partner from one it was given without a key', async () => {
    await publish(articleLine('a'), articleLine('b'));
    const of = (id: string) => ({ caller: { ...rig.callerOf('public'), partner: { id, name: id } }, first: 1 });
    const { cursor: everybodys } = await rig.read({ first: 1 });
    const { cursor } = await rig.read({ ...of('radio'), after: everybodys });
    expect((await rig.read({ ...of('radio'), after: cursor })).changes).toEqual([]);
    const refused = { code: 'BAD_USER_INPUT', message: expect.stringContaining('somebody else') };
    await expect(rig.read({ ...of('agency'), after: cursor })).rejects.toMatchObject(refused);
    await expect(rig.read({ after: cursor })).rejects.toMatchObject(refused);
  });

  it('tells of the editions that are asked for', async () => {
    await publish(articleLine('a'));
    expect((await rig.follow({ editions: ['AR'] })).told).toEqual([]);
    const { cursor } = await rig.follow({ editions: ['EN', 'AR'] });
    await expect(rig.read({ editions: ['EN'], after: cursor })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect((await rig.follow({ editions: ['AR', 'EN', 'AR'], after: cursor })).told).toEqual([]);
  });
});
