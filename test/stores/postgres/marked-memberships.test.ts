import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '../../../src/content/ids.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { markMemberships } from '../../../src/ingest/mark-memberships.ts';
import { marksSql } from '../../../src/stores/postgres/article-marks.ts';
import { articleId, type ArticleRows } from '../../support/content-rows.ts';
import { openStores, type StoresUnderTest } from '../../support/stores-under-test.ts';
import { createDatabaseBefore, databaseKinds, MIGRATIONS } from '../../support/test-database.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const MINUTE = 60_000;

/** Of two sections, with none, one and several tags. */
const all: readonly ArticleRows[] = [[], ['a'], ['a', 'b'], ['c', 'a']].flatMap((tags, place) =>
  ['news', 'sport'].map((section) => ({
    key: `${section}-${tags.join('-')}`,
    publishedAt: NOW - place * MINUTE,
    sections: [section],
    tags,
  })),
);
const MANY = Array.from({ length: 400 }, (_, number) => `tag-with-a-name-as-long-as-this-one-${number}`);

const UNTRUE_SQL = `SELECT m.article_id FROM memberships m JOIN articles a ON a.id = m.article_id WHERE m.marks <> ${marksSql('a')}`;
const UNMARKED_SQL = 'SELECT DISTINCT article_id FROM memberships WHERE marks IS NULL';

describe.each(databaseKinds)('memberships that say what their article is weighed by, %s', (kind) => {
  let opened: StoresUnderTest;
  beforeAll(async () => {
    opened = await openStores(kind);
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.clear());

  const newest = async () => {
    const target = idOf.tag('EN', 'a');
    return (await opened.stores.articles.newest?.([{ target, limit: 10 }], NOW))?.[0];
  };
  /** A mark stands for a name, whatever number it is: by article, its section and whether it has the list's own tag. */
  const told = async () => {
    const list = await newest();
    return list?.ids.map((id, place) => {
      const marks = list.marks.slice(list.ends[place - 1] ?? 0, list.ends[place]);
      return [id, marks.length - 1, marks.slice(1).includes(list.mark)] as const;
    });
  };
  const TOLD = all
    .filter(({ tags = [] }) => tags.includes('a'))
    .map(({ key, publishedAt, tags = [] }) => ({ id: articleId(key), publishedAt, tags }))
    .toSorted((a, b) => b.publishedAt - a.publishedAt || (a.id > b.id ? -1 : 1))
    .map(({ id, tags }) => [id, tags.length, true]);

  it('name its primary section and its tags, the same for all who have them', async () => {
    await opened.write(all);
    expect(await opened.database.query(UNTRUE_SQL)).toEqual([]);
    expect(await opened.database.query(UNMARKED_SQL)).toEqual([]);
    expect(await told()).toEqual(TOLD);
    const list = await newest();
    const sections = list?.ids.map((_id, place) => list.marks[list.ends[place - 1] ?? 0]);
    expect(new Set(sections).size).toBe(2);
  });

  it('name no section where there is none, and instants as exactly as they are stored', async () => {
    await opened.write([{ key: 'loose', publishedAt: NOW, sections: [], tags: ['b', 'a'] }]);
    await opened.database.query(`UPDATE memberships SET published_at = '1969-07-20T20:17:40.123456Z'`);
    const list = await newest();
    expect(list).toMatchObject({ ids: [articleId('loose')], publishedAt: [-14_182_939_876.544], ends: [3] });
    expect(list?.marks).toEqual([null, expect.any(Number), list?.mark]);
    expect(
      (await opened.stores.articles.newest?.([{ target: idOf.tag('EN', 'nothing'), limit: 10 }], NOW))?.[0]?.ids,
    ).toEqual([]);
  });

  it('are looked up when somebody changes the tags of an article', async () => {
    await opened.write(all);
    const tags = [idOf.tag('EN', 'a'), idOf.tag('EN', 'b'), idOf.tag('EN', 'c')];
    const id = articleId('news-a-b');
    await opened.database.query('UPDATE articles SET tag_ids = $2 WHERE id = $1', [id, tags]);
    expect(await opened.database.query(UNMARKED_SQL)).toEqual([{ article_id: id }]);
    expect((await told())?.find(([other]) => other === id)?.[1]).toBe(3);
  });

  it('would be wrong without the trigger', async () => {
    await opened.write(all);
    await opened.database.query('ALTER TABLE articles DISABLE TRIGGER unset_marks');
    await opened.database.query(`UPDATE articles SET tag_ids = '{}' WHERE id = $1`, [articleId('news-a-b')]);
    expect(await opened.database.query(UNTRUE_SQL)).not.toEqual([]);
    await opened.database.query('ALTER TABLE articles ENABLE TRIGGER unset_marks');
  });

  it('are looked up of more tags than an index holds', async () => {
    await opened.write([...all, { key: 'many', publishedAt: NOW, sections: ['news'], tags: ['a', ...MANY] }]);
    expect(await opened.database.query(UNMARKED_SQL)).toEqual([{ article_id: articleId('many') }]);
    expect((await told())?.find(([id]) => id === articleId('many'))).toEqual([articleId('many'), 401, true]);
  });

  it('are looked up when an earlier release writes them', async () => {
    await opened.write(all);
    await opened.database.query('UPDATE memberships SET marks = NULL');
    expect(await told()).toEqual(TOLD);
  });

  it('are there when the tables were there already', async () => {
    const database = await createDatabaseBefore(kind, '0026');
    const name = (value: string) => `'${value}_' || number`;
    await database.query(`INSERT INTO articles (id, edition, kind, source, source_id, slug, path, headline, section_ids, tag_ids,
        published_at, updated_at, content_digest)
      SELECT ${name('art')}, 'EN', 'NEWS', 'test', number, '', '', '', ARRAY[${name('sec')}],
        ARRAY(SELECT 'tag_' || t FROM generate_series(1, number) AS t), now(), now(), ''
      FROM unnest(ARRAY[0, 1, 100, 101]) AS number;
      INSERT INTO memberships (target, article_id, kind, published_at, updated_at)
      SELECT 'edn_en', id, kind, published_at, updated_at FROM articles`);
    await migrate(database, MIGRATIONS);
    expect(await markMemberships(database)).toBe(3);
    expect(await database.query(UNTRUE_SQL)).toEqual([]);
    expect(await database.query(UNMARKED_SQL)).toEqual([{ article_id: 'art_101' }]);
    await database.close();
  });
});
