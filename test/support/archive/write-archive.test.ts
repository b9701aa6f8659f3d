import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicView, type ListingFilter } from '../../../src/content/listing.ts';
import { EDITION_CODES } from '../../../src/content/edition.ts';
import type { ArticleId } from '../../../src/content/ids.ts';
import type { Database, Row } from '../../../src/database/database.ts';
import { analyseStored } from '../../../src/ingest/write/analyse-stored.ts';
import { createPostgresStores } from '../../../src/stores/postgres/postgres-stores.ts';
import { createTestDatabase, databaseKinds } from '../test-database.ts';
import { archiveEditionOf, archiveId, archivePath, archiveSlug, PAST_SINCE, publishedAtOf } from './archive-places.ts';
import { COMMON_WORD, PAST_WORD, RARE_WORD } from './archive-words.ts';
import { writeArchive } from './write-archive.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ARTICLES = 900;
const view = publicView(NOW);

interface Analysed extends Row {
  readonly id: ArticleId;
  readonly search: string;
}

const readAnalysed = (database: Database): Promise<readonly Analysed[]> =>
  database.query<Analysed>('SELECT id, search::text AS search FROM articles ORDER BY id');

describe.each(databaseKinds)('writeArchive on %s', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
    await writeArchive(database, { articles: ARTICLES, now: NOW });
  });
  afterAll(() => database.close());

  it('gives every article the search vector that an import gives it', async () => {
    const before = await readAnalysed(database);
    await analyseStored(
      database,
      before.map(({ id }) => id),
    );
    expect(await readAnalysed(database)).toEqual(before);
  });

  it('deals the articles to the editions in turn, the newest first', async () => {
    const { articles } = createPostgresStores(database);
    const pages = await articles.list(
      EDITION_CODES.map((edition) => ({
        edition,
        scope: { of: 'edition' as const },
        filter: {},
        order: 'PUBLISHED_DESC' as const,
        page: { direction: 'forward' as const, limit: 2 },
      })),
      view,
    );
    expect(
      pages.flatMap((page) => page.articles.map(({ id, slug, path, publishedAt }) => [id, slug, path, publishedAt])),
    ).toEqual(
      [0, 3, 1, 4, 2, 5].map((number) => [
        archiveId('art', number, archiveEditionOf(number)),
        archiveSlug(number),
        archivePath(number),
        publishedAtOf(number, NOW),
      ]),
    );
  });

  it('has a word in each language that half of the articles hold, one that half of the older ones hold, and one that a single one holds', async () => {
    const { articles } = createPostgresStores(database);
    const countOf = async (
      words: typeof COMMON_WORD,
      filter: ListingFilter = {},
    ): Promise<readonly (number | null)[]> => {
      const queries = EDITION_CODES.map((edition) => ({ edition, text: words[edition], filter }));
      return (await articles.countSearch(queries, view)).map(({ total }) => total);
    };
    expect(await countOf(RARE_WORD)).toEqual([1, 1, 1]);
    const sharesOf = async (words: typeof COMMON_WORD, among: number): Promise<readonly number[]> =>
      (await countOf(words)).map((total) => ((total ?? 0) * EDITION_CODES.length) / among);
    const shares = [...(await sharesOf(COMMON_WORD, ARTICLES)), ...(await sharesOf(PAST_WORD, ARTICLES - PAST_SINCE))];
    expect(Math.min(...shares)).toBeGreaterThan(0.3);
    expect(Math.max(...shares)).toBeLessThan(0.7);
    expect(await countOf(PAST_WORD, { publishedAfter: publishedAtOf(PAST_SINCE - 1, NOW) })).toEqual([0, 0, 0]);
  });

  it('finds every article at its addresses, with its body, and in its lists, whose sizes differ as those of tags do', async () => {
    const { articles } = createPostgresStores(database);
    const found = await articles.byAddresses([
      { edition: 'AR', form: 'slug', value: archiveSlug(100) },
      { edition: 'AR', form: 'path', value: archivePath(100) },
    ]);
    expect(found.map(({ article }) => article.id)).toEqual([archiveId('art', 100, 'AR'), archiveId('art', 100, 'AR')]);
    const [body] = await articles.bodies([archiveId('art', 100, 'AR')]);
    expect(body?.blocks.map(({ type }) => type)).toEqual(
      'Paragraph Paragraph Paragraph Heading Paragraph Paragraph'.split(' '),
    );
    const tagged = [0, 9].map((number) => ({
      edition: 'EN' as const,
      scope: { of: 'tag' as const, id: archiveId('tag', number) },
      filter: {},
      order: 'PUBLISHED_DESC' as const,
    }));
    const [many, few] = await articles.count(tagged, view);
    expect(many?.total).toBeGreaterThan(2 * (few?.total ?? 0));
  });
});
