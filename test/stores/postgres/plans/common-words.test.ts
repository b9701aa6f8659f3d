import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicView } from '../../../../src/content/listing.ts';
import type { SearchRequest } from '../../../../src/content/search.ts';
import type { Database } from '../../../../src/database/database.ts';
import { createPostgresStores } from '../../../../src/stores/postgres/postgres-stores.ts';
import { archiveId } from '../../../support/archive/archive-places.ts';
import { writeArchive } from '../../../support/archive/write-archive.ts';
import { createTestDatabase } from '../../../support/test-database.ts';
import { explainStores } from './explain-stores.ts';
import { rowsRead } from './plan-node.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ARTICLES = 6_000;
/** What lasts seventeen days in the archive lasts a year and a half here: 84 articles a week at first. */
const STRETCHED = 30;
const WEEK = 84;
const SAMPLES = 180;
const RANKED = 500;
/** In every article that is older than three weeks. */
const PAST = { word: 'zanzibar', since: 250 };
/** In every article of the last two months, and in none before. */
const OF_THE_DAY = { word: 'yeti', until: 700 };
const view = publicView(NOW);

const request = (text: string): SearchRequest => ({ edition: 'EN', text, filter: {}, limit: 2_000, rankedAt: NOW });
const idsOf = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, place) => archiveId('art', from + place));

describe('which words are common in an archive of more than a year', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    await writeArchive(database, { articles: ARTICLES, now: NOW, editions: ['EN'], paragraphs: 1 });
    for (const table of ['articles', 'memberships'])
      await database.query(
        `UPDATE ${table} SET published_at = $1::timestamptz - ($1::timestamptz - published_at) * ${STRETCHED}`,
        [new Date(NOW)],
      );
    await database.query(
      `UPDATE articles SET search = search || CASE WHEN right(id, 20)::integer >= $1 THEN '''${PAST.word}'':1D'::tsvector ELSE '' END
         || CASE WHEN right(id, 20)::integer < $2 THEN '''${OF_THE_DAY.word}'':1D'::tsvector ELSE '' END`,
      [PAST.since, OF_THE_DAY.until],
    );
    for (const table of ['articles', 'memberships']) await database.query(`VACUUM (FULL, ANALYZE) ${table}`);
  }, 120_000);
  afterAll(() => database.close());

  const found = async (text: string): Promise<readonly string[]> => {
    const [page] = await createPostgresStores(database).articles.search([request(text)], view);
    return page?.matches.map(({ article }) => article.id).toSorted() ?? [];
  };

  it('those that older articles have, though the newest have none: nothing is counted', async () => {
    expect(await found(PAST.word)).toEqual(idsOf(PAST.since, PAST.since + RANKED));
    const plans = await explainStores(database, ({ articles }) => articles.search([request(PAST.word)], view));
    // What is found is read again to be ranked, and again to be shown.
    for (const plan of plans)
      expect(rowsRead(plan, 'articles').reduce((sum, rows) => sum + rows, 0)).toBeLessThanOrEqual(
        SAMPLES + 3 * RANKED + 2 * WEEK,
      );
  });

  it('not those of the day: all that have them are ranked', async () => {
    expect(await found(OF_THE_DAY.word)).toEqual(idsOf(0, OF_THE_DAY.until));
  });
});
