import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { articleLine, createIngestRig, sections, type IngestRig } from '../../support/ingest-rig.ts';
import { createTestDatabase } from '../../support/test-database.ts';

let database: Database;
let rig: IngestRig;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
});
beforeEach(async () => {
  await database.query('TRUNCATE sections, tags, authors, articles, memberships, boundaries, addresses, outbox');
  rig = createIngestRig(database);
  await rig.run([
    ...sections,
    { type: 'section', edition: 'en', path: 'café', name: 'Café' },
    { type: 'section', edition: 'en', path: 'أخبار', name: 'Arabic' },
  ]);
});
afterAll(() => database?.close());

const reasonsOf = async (documents: readonly unknown[]) => (await rig.run(documents)).bad.map(({ reason }) => reason);

describe('an article whose slug is spelled anew', () => {
  it('stands at the new spelling, is one version older, and has left no address', async () => {
    await rig.run([articleLine('1', { slug: 'بيـروت', section: 'أخبار' })]);
    const { imported, updated } = await rig.run([articleLine('1', { slug: 'بيروت', section: 'أخبار' })]);
    expect([imported, updated]).toEqual([0, 1]);
    expect(await rig.addresses()).toEqual(['path أخبار/بيروت → 1', 'slug بيروت → 1']);
    expect(await rig.article('1')).toMatchObject({ slug: 'بيروت', path: 'أخبار/بيروت', version: 2 });
    expect((await rig.run([articleLine('1', { slug: 'بيروت', section: 'أخبار' })])).unchanged).toBe(1);
  });

  it('there and back in one import is as it was', async () => {
    const line = (slug: string) => articleLine('1', { slug, section: 'أخبار' });
    await rig.run([line('بيروت')]);
    await rig.run([line('بيـروت'), line('بيروت')]);
    expect(await rig.addresses()).toEqual(['path أخبار/بيروت → 1', 'slug بيروت → 1']);
  });

  it('keeps the first spelling of an address it has left', async () => {
    await rig.run([articleLine('1', { slug: 'بيـروت' })]);
    rig.clock.wind(1_000);
    await rig.run([articleLine('1', { slug: 'other', aliases: ['/news/politics/بيروت', '/news/politics/بيـــروت'] })]);
    expect(await rig.addresses()).toContain('path former news/politics/بيـروت → 1');
    expect((await rig.addresses()).filter((address) => address.startsWith('path former'))).toHaveLength(1);
  });
});

describe('a slug in another spelling', () => {
  it('belongs to the article that has it: the line is bad', async () => {
    await rig.run([articleLine('1', { slug: 'بيروت' })]);
    expect(await reasonsOf([articleLine('2', { slug: 'بيـروت', section: 'world' })])).toEqual([
      'slug: "بيـروت" belongs to article "1"',
    ]);
  });

  it('is taken over from an article that has left it, and stands once', async () => {
    await rig.run([articleLine('1', { slug: 'بيـروت' })]);
    await rig.run([articleLine('1', { slug: 'other' })]);
    await rig.run([articleLine('2', { slug: 'بيروت' })]);
    expect((await rig.addresses()).filter((address) => /بي/.test(address))).toEqual([
      'path news/politics/بيروت → 2',
      'slug بيروت → 2',
    ]);
  });

  it('is told to whoever asked by any', async () => {
    await rig.takeOutbox();
    await rig.run([articleLine('1', { slug: '\u200Fبيـروت', section: 'أخبار' })]);
    const [change] = await rig.takeOutbox();
    expect(change?.tags).toEqual(expect.arrayContaining(['slug:en:article:بيروت', 'url:en:أخبار/بيروت']));
  });
});

describe('a section in another spelling', () => {
  it('is the same section, at the path it was made with; what stands under it is too', async () => {
    const { updated } = await rig.run([{ type: 'section', edition: 'en', path: 'أخـبار', name: 'Renamed' }]);
    expect(updated).toBe(1);
    await rig.run([
      { type: 'section', edition: 'en', path: 'أخبـار/بحر', name: 'Sea' },
      articleLine('1', { section: 'أخبار/بحـر', sections: ['أخبار/بحر', 'أخبـار'] }),
    ]);
    const paths = await database.query<{ path: string }>(`SELECT path FROM sections WHERE path ~ 'بار' ORDER BY path`);
    expect(paths).toEqual([{ path: 'أخبار' }, { path: 'أخبار/بحر' }]);
    expect(await rig.article('1')).toMatchObject({ path: 'أخبار/بحر/story-1' });
    const { section_ids: ids } = await rig.article('1');
    expect(ids).toHaveLength(2);
    expect((await rig.run([articleLine('1', { section: 'أخبـار/بحر', sections: ['أخـبار'] })])).unchanged).toBe(1);
  });

  it('cannot be made where an article stands, nor an article where it stands', async () => {
    await rig.run([articleLine('1', { section: 'أخبار', slug: 'بحر' })]);
    expect(await reasonsOf([{ type: 'section', edition: 'en', path: 'أخبار/بحـر', name: 'Sea' }])).toEqual([
      'path: "أخبار/بحـر" belongs to article "1"',
    ]);
    await rig.run([{ type: 'section', edition: 'en', path: 'أخبار/جبل', name: 'Hills' }]);
    expect(await reasonsOf([articleLine('2', { section: 'أخبار', slug: 'جبـل' })])).toEqual([
      'section and slug: "أخبار/جبـل" is the path of a section',
    ]);
  });

  it('may not be called what is kept for addresses, however it is written', async () => {
    expect(await reasonsOf([{ type: 'section', edition: 'en', path: 'ｔags/x', name: 'Tags' }])).toEqual([
      'path: "tags" is kept for the addresses of tags',
    ]);
  });
});

describe.each(['tag', 'author'] as const)('a %s in another spelling', (type) => {
  const table = `${type}s`;

  it('is the same one; its own line decides how it is written, a mention does not', async () => {
    await rig.run([{ type, edition: 'en', slug: 'بحـر', name: 'Sea' }]);
    await rig.run([articleLine('1', { [table]: ['بحر', { slug: 'بحــر', name: 'Sea' }] })]);
    expect(await database.query(`SELECT slug FROM ${table}`)).toEqual([{ slug: 'بحـر' }]);
    expect((await rig.article('1'))[`${type}_ids`]).toHaveLength(1);
    const id = await rig.idOf('بحـر');
    await rig.run([{ type, edition: 'en', slug: 'بحر', name: 'Sea' }]);
    expect(await database.query(`SELECT id, slug FROM ${table}`)).toEqual([{ id, slug: 'بحر' }]);
  });
});

describe('a name that is made', () => {
  it('is written as it is first, though one article has it in three spellings', async () => {
    const named = ['محمد', 'محـمد', 'ﻣﺤﻤﺪ'].map((slug) => ({ slug, name: slug }));
    await rig.run([articleLine('1', { tags: named, authors: named })]);
    for (const table of ['tags', 'authors'])
      expect(await database.query(`SELECT slug, name FROM ${table}`)).toEqual([{ slug: 'محمد', name: 'محمد' }]);
  });
});

describe('two that were stored apart before spellings were compared', () => {
  beforeEach(async () => {
    await rig.run([articleLine('1', { slug: 'بيروت' }), articleLine('2', { slug: 'elsewhere' })]);
    await database.query(`UPDATE articles SET slug = 'بيـروت', path = 'news/politics/بيـروت' WHERE source_id = '2'`);
    await database.query(`UPDATE addresses SET value = 'بيـروت' WHERE value = 'elsewhere'`);
    await database.query(`UPDATE addresses SET value = 'news/politics/بيـروت' WHERE value = 'news/politics/elsewhere'`);
  });

  it('are imported again as they are, each at its own spelling', async () => {
    await rig.run([articleLine('2', { slug: 'بيـروت' }), articleLine('1', { slug: 'بيروت' })]);
    expect((await rig.addresses()).toSorted()).toEqual([
      'path news/politics/بيروت → 1',
      'path news/politics/بيـروت → 2',
      'slug بيروت → 1',
      'slug بيـروت → 2',
    ]);
  });

  it('part when one is renamed', async () => {
    rig.clock.wind(1_000);
    expect(await reasonsOf([articleLine('2', { slug: 'renamed' }), articleLine('1', { slug: 'بيروت' })])).toEqual([]);
    expect(await rig.addresses()).toEqual(
      expect.arrayContaining(['slug بيروت → 1', 'slug renamed → 2', 'slug former بيـروت → 2']),
    );
  });
});
