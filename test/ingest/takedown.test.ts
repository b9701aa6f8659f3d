import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { liftTakedown, takeDown } from '../../src/ingest/takedown.ts';
import { createGate } from '../support/gate.ts';
import { testEditions } from '../support/import-lines.ts';
import { articleLine, createIngestRig, sections, type IngestRig } from '../support/ingest-rig.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: Database;
let rig: IngestRig;
let id: string;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
});
beforeEach(async () => {
  await database.query(
    'TRUNCATE sections, tags, authors, articles, memberships, boundaries, addresses, live_streams, outbox',
  );
  rig = createIngestRig(database);
  await rig.run([...sections, articleLine('1', { slug: 'before' }), articleLine('1')]);
  await rig.takeOutbox();
  id = await rig.idOf('1');
});
afterAll(() => database?.close());

const options = () => ({ editions: testEditions, now: rig.clock.now() });
const isGone = async () => (await rig.article('1'))['withdrawn_at'] !== null;

describe('takeDown', () => {
  it('takes the article down and tells it with a tombstone, at every address it has or had', async () => {
    expect(await takeDown(database, id, options())).toEqual({
      articleId: id,
      edition: 'EN',
      headline: 'Story 1',
      isChanged: true,
      isWithdrawnBySource: false,
    });
    expect(await isGone()).toBe(true);
    const [row, ...more] = await rig.takeOutbox();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ kind: 'KILL', article_id: id, edition: 'EN', version: 3, is_soft: false });
    const { slugs, paths, ...tombstone } = { ...row }['tombstone'] as { slugs: string[]; paths: string[] };
    expect(tombstone).toEqual({ order: 'lay', articleId: id, edition: 'EN' });
    expect(slugs.toSorted()).toEqual(['before', 'story-1']);
    expect(paths.toSorted()).toEqual(['news/politics/before', 'news/politics/story-1']);
    const politics = await rig.idOf('news/politics');
    expect(row?.tags).toEqual(
      expect.arrayContaining([
        `article:${id}`,
        'list:en:all',
        `list:${politics}`,
        'search:en',
        'slug:en:article:before',
        'url:en:news/politics/story-1',
      ]),
    );
  });

  it.each([
    ['its address', 'https://news.example/en/news/politics/story-1?from=mail'],
    ['a former address', 'http://news.example/en/news/politics/before/'],
    ['edition and slug', 'en:story-1'],
    ['edition and a former slug', 'EN:before'],
  ])('finds the article by %s', async (_, locator) => {
    expect(await takeDown(database, locator, options())).toMatchObject({ articleId: id });
  });

  it.each([
    ['BAD_USER_INPUT', 'story-1'],
    ['BAD_USER_INPUT', 'fr:story-1'],
    ['BAD_USER_INPUT', 'art_en_1'],
    ['BAD_USER_INPUT', 'https://elsewhere.example/en/news/politics/story-1'],
    ['NOT_FOUND', 'ar:story-1'],
    ['NOT_FOUND', 'art_en_00000000000000000000'],
    ['NOT_FOUND', 'https://news.example/en/news/politics'],
  ])('refuses with %s what names no article: %s', async (code, locator) => {
    await expect(takeDown(database, locator, options())).rejects.toMatchObject({ code });
    expect(await rig.takeOutbox()).toEqual([]);
  });

  it('tells a second order too, and changes nothing by it', async () => {
    await takeDown(database, id, options());
    const { withdrawn_at } = await rig.article('1');
    rig.clock.wind(60_000);
    expect(await takeDown(database, id, options())).toMatchObject({ isChanged: false });
    expect(await rig.article('1')).toMatchObject({ version: 3, withdrawn_at });
    expect((await rig.takeOutbox()).map(({ kind }) => kind)).toEqual(['KILL', 'KILL']);
  });

  it('holds against imports: what its publishing system sends is taken and not shown', async () => {
    await takeDown(database, id, options());
    await rig.run([articleLine('1')]);
    expect(await isGone()).toBe(true);
    await rig.run([articleLine('1', { headline: 'A new attempt' })]);
    expect(await rig.article('1')).toMatchObject({ headline: 'A new attempt', version: 4 });
    expect(await isGone()).toBe(true);
    expect((await rig.takeOutbox()).map(({ kind }) => kind)).toEqual(['KILL', 'UPDATE']);
  });

  it('does not wait behind an import into its edition', async () => {
    const gate = createGate();
    const importing = database.transaction(async (transaction) => {
      await transaction.query('SELECT pg_advisory_xact_lock(7210001, 1)');
      await gate.pass();
    });
    await gate.reached;
    expect(await takeDown(database, id, options())).toMatchObject({ isChanged: true });
    gate.open();
    await importing;
  });
});

describe('liftTakedown', () => {
  it('brings back what its publishing system publishes', async () => {
    await takeDown(database, id, options());
    await rig.takeOutbox();
    expect(await liftTakedown(database, 'en:story-1', options())).toMatchObject({ articleId: id, isChanged: true });
    expect(await isGone()).toBe(false);
    const rows = await rig.takeOutbox();
    expect(rows).toMatchObject([{ kind: 'PUBLISH', version: 4, tombstone: { order: 'lift', articleId: id } }]);
    expect(rows[0]?.tags).toContain('url:en:news/politics/before');
    // As if nothing had happened: the line it has is the line it had.
    expect(await rig.run([articleLine('1')])).toMatchObject({ unchanged: 1 });
  });

  it('leaves gone what its publishing system has withdrawn, before or since', async () => {
    await rig.run([articleLine('1', { withdrawnAt: '2026-11-22T00:00:00Z' })]);
    expect(await takeDown(database, id, options())).toMatchObject({ isWithdrawnBySource: true });
    expect(await liftTakedown(database, id, options())).toMatchObject({ isWithdrawnBySource: true });
    expect(await isGone()).toBe(true);
    expect((await rig.takeOutbox()).map(({ kind }) => kind)).toEqual(['KILL', 'KILL', 'UPDATE']);
    await rig.run([articleLine('1')]);
    expect(await isGone()).toBe(false);
  });

  it('changes nothing where no order lies', async () => {
    expect(await liftTakedown(database, id, options())).toMatchObject({ isChanged: false });
    expect(await rig.article('1')).toMatchObject({ version: 2, withdrawn_at: null });
  });
});
