import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { importFile } from '../../src/ingest/import-file.ts';
import { findStored } from '../support/find-stored.ts';
import { testEditions } from '../support/import-lines.ts';
import { RIG_START } from '../support/ingest-rig.ts';
import { ntrexArticles, ntrexDocuments, readNtrexStories, type NtrexStory } from '../support/ntrex-documents.ts';
import { sharedPath } from '../support/shared.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';

describe('eighty real stories in three languages', () => {
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    folder = mkdtempSync(join(tmpdir(), 'masthead-ntrex-'));
  });
  afterAll(async () => {
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const stories = (test: TestContext): readonly NtrexStory[] =>
    readNtrexStories(sharedPath(test, 'data/news/ntrex-news.json'));

  const importStories = (read: readonly NtrexStory[]) => {
    const file = join(folder, 'stories.ndjson');
    writeFileSync(
      file,
      `${ntrexDocuments(read)
        .map((line) => JSON.stringify(line))
        .join('\n')}\n`,
    );
    const dependencies = { database, editions: testEditions, clock: createWoundClock(RIG_START) };
    return importFile(dependencies, file, { source: 'import', isStrict: true });
  };

  it('imports every one of them, and the second time nothing', async (test) => {
    const read = stories(test);
    const { imported, bad } = await importStories(read);
    expect(bad).toEqual([]);
    const counts = await database.query(
      `SELECT a.edition, count(*)::int AS articles, count(DISTINCT a.translation_group)::int AS stories,
              (SELECT count(*)::int FROM sections s WHERE s.edition = a.edition) AS sections,
              (SELECT count(*)::int FROM tags t WHERE t.edition = a.edition) AS tags,
              (SELECT count(*)::int FROM authors w WHERE w.edition = a.edition) AS authors
         FROM articles a GROUP BY a.edition ORDER BY a.edition`,
    );
    const authors = new Set(read.map(({ outlet }) => outlet)).size;
    const each = { articles: 80, stories: 80, sections: 5, tags: 10, authors };
    expect(counts).toEqual(['AR', 'EN', 'ES'].map((edition) => ({ edition, ...each })));
    expect(imported).toBe(3 * (80 + 5 + 10 + authors));
    expect(await importStories(read)).toMatchObject({ imported: 0, updated: 0, unchanged: imported, badCount: 0 });
  });

  it('keeps every paragraph as it was written, in NFC', async (test) => {
    const read = stories(test);
    await importStories(read);
    for (const edition of ['en', 'ar', 'es'] as const) {
      const rows = await database.query<{ source_id: string; headline: string; texts: string[]; words: number }>(
        `SELECT source_id, headline, word_count AS words,
                ARRAY(SELECT block ->> 'text' FROM jsonb_array_elements(body) block) AS texts
           FROM articles WHERE edition = $1`,
        [edition.toUpperCase()],
      );
      const stored = new Map(rows.map((row) => [row.source_id, row]));
      for (const story of read) {
        const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
        const { title, paragraphs } = story[edition];
        expect(stored.get(story.id)).toMatchObject({ headline: tidy(title), texts: paragraphs.map(tidy) });
        expect(stored.get(story.id)?.words).toBeGreaterThan(20);
      }
    }
  });

  it('stands every article in its list, at its address, and in the lists above it', async (test) => {
    const read = stories(test);
    await importStories(read);
    const roots = await database.query(
      `SELECT s.path, count(m.*)::int AS articles FROM sections s JOIN memberships m ON m.target = s.id
        WHERE s.parent_id IS NULL GROUP BY s.path ORDER BY s.path`,
    );
    expect(roots).toEqual([
      { path: 'agencias', articles: 80 },
      { path: 'wire', articles: 80 },
      { path: 'وكالات', articles: 80 },
    ]);
    const arabic = ntrexArticles(read, 'ar')[3];
    const path = `${arabic?.section}/${arabic?.slug}`;
    const found = await database.query(
      `SELECT a.source_id FROM addresses d JOIN articles a ON a.id = d.article_id
        WHERE d.edition = 'AR' AND d.form = 'path' AND d.value = $1 AND d.is_current`,
      [path.normalize('NFC')],
    );
    expect(found).toEqual([{ source_id: arabic?.sourceId }]);
  });

  it('finds an Arabic story by its words', async (test) => {
    const read = stories(test);
    await importStories(read);
    expect(await findStored(database, 'AR', 'جمعية ويلز الوطنية')).toContain('bbc.381790');
  });
});
