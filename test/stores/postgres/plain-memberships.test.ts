import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SYNDICATION_RIGHTS } from '../../../src/content/entities.ts';
import { idOf } from '../../../src/content/ids.ts';
import { publicView, type ListingQuery } from '../../../src/content/listing.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { plainSql } from '../../../src/stores/postgres/visible.ts';
import { articleId, type ArticleRows } from '../../support/content-rows.ts';
import { openStores, type StoresUnderTest } from '../../support/stores-under-test.ts';
import { createDatabaseBefore, databaseKinds, MIGRATIONS } from '../../support/test-database.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 3_600_000;
const whole: ListingQuery = { edition: 'EN', scope: { of: 'edition' }, filter: {}, order: 'PUBLISHED_DESC' };

/** One of each way to be hidden at some time, and one that is hidden by nothing. */
const all: readonly ArticleRows[] = [
  {},
  { withdrawnAt: NOW },
  { embargoedUntil: NOW + HOUR },
  { expiresAt: NOW },
].flatMap((hidden) =>
  SYNDICATION_RIGHTS.map((syndication) => ({
    key: JSON.stringify([hidden, syndication]),
    publishedAt: NOW - HOUR,
    syndication,
    ...hidden,
  })),
);

/** Statements that hide article `$1`, whoever sends them. */
const hiding = [
  ['withdraws', 'withdrawn_at = now()'],
  ['puts under embargo', `embargoed_until = 'infinity'`],
  ['lets expire', `expires_at = '-infinity'`],
  ['shows to nobody', `syndication = 'NONE'`],
] as const;

const UNTRUE_SQL = `SELECT m.target FROM memberships m JOIN articles a ON a.id = m.article_id WHERE m.is_plain <> (${plainSql('a')})`;

describe.each(databaseKinds)('memberships that say nothing hides their article, %s', (kind) => {
  let opened: StoresUnderTest;
  beforeAll(async () => {
    opened = await openStores(kind);
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.clear());

  const countOf = async (query: ListingQuery = whole): Promise<number | null | undefined> =>
    (await opened.stores.articles.count([query], publicView(NOW)))[0]?.total;
  const writeTwo = () => opened.write(['seen', 'hidden'].map((key) => ({ key, publishedAt: NOW - HOUR, tags: ['a'] })));

  it('are counted without their articles, the others with them', async () => {
    await opened.write(all);
    expect(await opened.database.query(UNTRUE_SQL)).toEqual([]);
    // FULL or EXCERPT, and not hidden; the rest is hidden at this instant.
    expect(await countOf()).toBe(2);
    expect((await opened.stores.articles.count([whole], publicView(NOW + 2 * HOUR)))[0]?.total).toBe(4);
  });

  it.each(hiding)('are told when somebody %s it', async (_name, change) => {
    await writeTwo();
    expect(await countOf()).toBe(2);
    await opened.database.query(`UPDATE articles SET ${change} WHERE id = $1`, [articleId('hidden')]);
    expect(await countOf()).toBe(1);
    expect(await countOf({ ...whole, filter: { tagSlugs: ['a'] } })).toBe(1);
    expect(await countOf({ ...whole, scope: { of: 'tag', id: idOf.tag('EN', 'a') } })).toBe(1);
  });

  it('would be wrong without the trigger', async () => {
    await writeTwo();
    await opened.database.query('ALTER TABLE articles DISABLE TRIGGER unset_plain_memberships');
    await opened.database.query('UPDATE articles SET withdrawn_at = now() WHERE id = $1', [articleId('hidden')]);
    expect(await countOf()).toBe(2);
    await opened.database.query('ALTER TABLE articles ENABLE TRIGGER unset_plain_memberships');
  });

  it('are right when an earlier release writes them', async () => {
    await opened.write(all);
    await opened.database
      .query(`CREATE TEMP TABLE written AS SELECT target, article_id, kind, published_at, updated_at FROM memberships;
      DELETE FROM memberships;
      INSERT INTO memberships (target, article_id, kind, published_at, updated_at) SELECT * FROM written;
      DROP TABLE written`);
    expect(await countOf()).toBe(2);
  });

  it('are told what is so when the tables are there already', async () => {
    const database = await createDatabaseBefore(kind, '0013');
    await database.query(`INSERT INTO articles (id, edition, kind, source, source_id, slug, path, headline, section_ids,
        published_at, updated_at, content_digest, withdrawn_at, embargoed_until, expires_at, syndication)
      SELECT 'art_' || row_number() OVER (), 'EN', 'NEWS', 'test', row_number() OVER (), '', '', '', '{}', now(), now(), '', w, e, x, s
      FROM (VALUES (NULL::timestamptz), (now())) AS w (w), (VALUES (NULL::timestamptz), (now())) AS e (e),
        (VALUES (NULL::timestamptz), (now())) AS x (x), (VALUES ('FULL'), ('EXCERPT'), ('NONE')) AS s (s);
      INSERT INTO memberships (target, article_id, kind, published_at, updated_at)
      SELECT 'edn_en', id, kind, published_at, updated_at FROM articles`);
    await migrate(database, MIGRATIONS);
    expect(await database.query(UNTRUE_SQL)).toEqual([]);
    expect(await database.query('SELECT count(*) FROM memberships GROUP BY is_plain ORDER BY is_plain')).toEqual([
      { count: '22' },
      { count: '2' },
    ]);
    await database.close();
  });
});
