import { readdir } from 'node:fs/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../../src/content/ids.ts';
import { spellingKey } from '../../../src/content/spelling.ts';
import type { Database } from '../../../src/database/database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import { articleId, writeNamed, writeSection } from '../../support/content-rows.ts';
import { createDatabaseBefore, createTestDatabase, databaseKinds, MIGRATIONS } from '../../support/test-database.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const MIGRATION = '0008-spellings.sql';

describe.each(databaseKinds)('spelling_key, on %s', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  afterAll(() => database.close());

  /** Texts whose key is another here. Compared there: on its way back a text loses a byte order mark it begins with. */
  const strayOf = (texts: readonly string[]) =>
    database.query(
      `SELECT t.text FROM unnest($1::text[], $2::text[]) AS t (text, key) WHERE spelling_key(t.text) IS DISTINCT FROM t.key`,
      [texts, texts.map(spellingKey)],
    );

  it('is that of the gateway, for every letter of the first plane', async () => {
    // A statement each: a block is looked through in a tenth of the time one may take.
    const BLOCK = 1_024;
    for (let from = 0; from < 0x1_0000; from += BLOCK) {
      const letters = Array.from({ length: BLOCK }, (_, index) => String.fromCharCode(from + index)).filter(
        (letter) => letter.isWellFormed() && letter !== '\0',
      );
      const folding = letters.filter((letter) => spellingKey(`a${letter}`) !== `a${letter}`);
      expect(await strayOf([...folding, ...letters.map((letter) => `a${letter}ا`)])).toEqual([]);
    }
  });

  it('is that of the gateway, for words of letters that fold', async () => {
    const unit = fc.constantFrom(
      ...Array.from('الـﻻﷲﷺﱠﹷ\u200C\u200F\u2067\uFEFF\u0654\u064Ee\u0301\u0323/-Ａ９／🌍\u00AD İ½'),
    );
    const texts = fc.sample(fc.string({ unit, minLength: 1, maxLength: 20 }), { numRuns: 2_000, seed: 1 });
    expect(await strayOf(texts)).toEqual([]);
  });
});

describe.each(databaseKinds)('the migration to spellings, on %s', (kind) => {
  let database: Database;
  let applied: readonly string[];
  const standing = [
    { key: 'plain', slug: 'لبنان', ago: 2_000 },
    { key: 'stretched', slug: 'لبنـان', ago: 1_000 },
    { key: 'odd', slug: '\u200Fبيروت', ago: 1_000 },
  ].map(({ key, slug, ago }) => ({ id: articleId(key, 'AR'), slug, published_at: new Date(NOW - ago).toISOString() }));
  beforeAll(async () => {
    database = await createDatabaseBefore(kind, MIGRATION);
    // Written as that release has its tables: those of today have more columns.
    await database.query(
      `INSERT INTO articles (id, edition, kind, source, source_id, slug, path, headline, section_ids, published_at, updated_at, content_digest, search)
       SELECT id, 'AR', 'NEWS', 'test', id, slug, 'أخبار/' || slug, slug, '{}', published_at, published_at, '', ''
         FROM jsonb_to_recordset($1::jsonb) AS r (id text, slug text, published_at timestamptz)`,
      [JSON.stringify(standing)],
    );
    await database.query(
      `INSERT INTO addresses (edition, form, value, article_id, is_current)
       SELECT a.edition, f.form, CASE f.form WHEN 'slug' THEN a.slug ELSE a.path END, a.id, true
         FROM articles a, (VALUES ('slug'), ('path')) AS f (form)`,
    );
    await writeNamed(database, 'tags', [{ edition: 'AR', slug: 'بحـر', name: 'بحر' }]);
    await writeSection(database, { edition: 'AR', path: 'ريـاضة' });
    applied = (await migrate(database, MIGRATIONS)).applied;
  });
  afterAll(() => database.close());

  const found = async (form: 'slug' | 'path', value: string) => {
    const [at] = await createPostgresStores(database).articles.byAddresses([{ edition: 'AR', form, value }]);
    return at?.article.id;
  };

  it('is applied', async () => {
    const names = await readdir(MIGRATIONS);
    expect(applied).toEqual(names.filter((name) => name >= MIGRATION).toSorted());
    expect(applied).toContain(MIGRATION);
  });

  it('lets what is there be found in any spelling', async () => {
    const odd = articleId('odd', 'AR');
    for (const slug of ['بيروت', '\u200Fبيروت', 'بيـروت'])
      expect([await found('slug', slug), await found('path', `أخبار/${slug}`)]).toEqual([odd, odd]);
    const [tag] = await createPostgresStores(database).taxonomy.tagsBySlugs([{ edition: 'AR', slug: 'بحر' }]);
    expect(tag).toMatchObject({ id: idOf.tag('AR', 'بحر'), slug: 'بحـر' });
    expect(await database.query('SELECT spelling_key FROM sections WHERE path = $1', ['ريـاضة'])).toEqual([
      { spelling_key: 'رياضة' },
    ]);
  });

  it('keeps two apart that have one key: each by its own spelling, the older by any other', async () => {
    const [plain, stretched] = [articleId('plain', 'AR'), articleId('stretched', 'AR')];
    expect(await found('slug', 'لبنان')).toBe(plain);
    expect(await found('slug', 'لبنـان')).toBe(stretched);
    expect(await found('slug', 'لبنـــان')).toBe(plain);
    await database.query('UPDATE addresses SET is_current = false WHERE article_id = $1', [plain]);
    expect([await found('slug', 'لبنان'), await found('slug', 'لبنـــان')]).toEqual([plain, stretched]);
  });
});
