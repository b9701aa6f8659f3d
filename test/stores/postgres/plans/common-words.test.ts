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
/** In every article but those of one of the times that samples are taken at. */
const INTERRUPTED = [
  { word: 'quagga', from: 300, to: 500, days: 30 },
  { word: 'okapi', from: 2_100, to: 2_300, days: 182 },
  { word: 'moa', from: 4_250, to: 4_500, days: 365 },
] as const;
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
    const number = 'right(id, 20)::integer';
    const given = [
      { word: PAST.word, where: `${number} >= ${PAST.since}` },
      { word: OF_THE_DAY.word, where: `${number} < ${OF_THE_DAY.until}` },
      ...INTERRUPTED.map(({ word, from, to }) => ({ word, where: `${number} < ${from} OR ${number} >= ${to}` })),
    ].map(({ word, where }) => `CASE WHEN ${where} THEN '''${word}'':1D'::tsvector ELSE '' END`);
    await database.query(`UPDATE articles SET search = search || ${given.join(' || ')}`);
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

  it.each(INTERRUPTED)('not those that the articles before $days days have not', async ({ word }) => {
    // All that have it are ranked, and the best two thousand shown.
    expect((await found(word)).length).toBe(2_000);
  });
});
