import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publicView } from '../../src/content/listing.ts';
import type { Database, Queryable } from '../../src/database/database.ts';
import { analyseAnew } from '../../src/ingest/analyse-anew.ts';
import { ANALYSER_VERSION } from '../../src/search/analyse.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { writeArticles } from '../support/content-rows.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const clock = { now: () => NOW };
const ARTICLES = 7;

describe.each(databaseKinds)('analyseAnew, on %s', (kind) => {
  let database: Database;
  beforeEach(async () => {
    database = await createTestDatabase(kind);
    await writeArticles(
      database,
      Array.from({ length: ARTICLES }, (_, index) => ({
        key: `n${index}`,
        edition: index === 0 ? ('ES' as const) : ('EN' as const),
        publishedAt: NOW - 1000,
        headline: 'Harbours',
        tags: ['lighthouse'],
        text: 'Ships sailed.',
      })),
    );
    // As a release before this one left them.
    await database.query(`UPDATE articles SET search = to_tsvector('simple', 'old'), search_version = 0`);
  });
  afterEach(() => database.close());

  const found = async (text: string) => {
    const [page] = await createPostgresStores(database).articles.search(
      [{ edition: 'EN', text, filter: {}, limit: 20, rankedAt: NOW }],
      publicView(NOW),
    );
    return page?.matches.length;
  };
  const outbox = () => database.query<{ readonly tags: readonly string[] }>('SELECT tags FROM outbox ORDER BY id');

  it('lets every stored article be found, by all of its texts', async () => {
    expect(await found('harbor')).toBe(0);
    expect(await analyseAnew(database, { clock, batchSize: 3 })).toBe(ARTICLES);
    for (const text of ['harbor', 'sailing', 'lighthouses']) expect(await found(text)).toBe(ARTICLES - 1);
    expect(await analyseAnew(database, { clock })).toBe(0);
  });

  it('ends the searches that were answered from the old words, once per edition and batch', async () => {
    await analyseAnew(database, { clock });
    expect((await outbox()).map(({ tags }) => tags.join(' ')).toSorted()).toEqual([
      'search:en lists:search:en',
      'search:es lists:search:es',
    ]);
  });

  it('lets nothing be found by words that are withheld', async () => {
    const body = [{ type: 'Paragraph' as const, html: '', text: `Opening ${'and so on '.repeat(60)} secret` }];
    const text = body[0]?.text ?? '';
    await writeArticles(database, [
      { key: 'kept', edition: 'EN', publishedAt: NOW - 1000, body, text, syndication: 'EXCERPT' },
    ]);
    await database.query('UPDATE articles SET search_version = 0');
    await analyseAnew(database, { clock });
    expect([await found('opening'), await found('secret')]).toEqual([1, 0]);
  });

  it('goes on where it was stopped, and tells of what was done', async () => {
    let batches = 0;
    const stopping: Database = {
      ...database,
      transaction: async <T>(work: (transaction: Queryable) => Promise<T>) => {
        batches += 1;
        if (batches === 3) throw new Error('stopped');
        return await database.transaction(work);
      },
    };
    await expect(analyseAnew(stopping, { clock, batchSize: 2 })).rejects.toThrow('stopped');
    expect((await outbox()).length).toBeGreaterThanOrEqual(2);
    const waiting: number[] = [];
    expect(await analyseAnew(database, { clock, onProgress: (left) => waiting.push(left) })).toBe(ARTICLES - 4);
    expect(waiting[0]).toBe(ARTICLES - 4);
    expect(waiting.at(-1)).toBe(0);
  });

  it('leaves what a newer release has written', async () => {
    await database.query('UPDATE articles SET search_version = $1::integer', [ANALYSER_VERSION + 1]);
    expect(await analyseAnew(database, { clock })).toBe(0);
    expect(await found('harbor')).toBe(0);
  });

  it('shares the work of processes that start together', async () => {
    const done = await Promise.all([1, 2, 3].map(() => analyseAnew(database, { clock, batchSize: 1 })));
    expect(done.reduce((sum, count) => sum + count)).toBe(ARTICLES);
    expect(await found('harbor')).toBe(ARTICLES - 1);
  });
});
