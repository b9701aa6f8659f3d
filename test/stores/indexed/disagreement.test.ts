import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicView, type Listing } from '../../../src/content/listing.ts';
import { visibilityOf } from '../../../src/content/visibility.ts';
import type { Database } from '../../../src/database/database.ts';
import { articleIdOf } from '../../../src/ingest/index/indexed-desk.ts';
import { liftTakedown, takeDown } from '../../../src/ingest/takedown.ts';
import type { SourceStory } from '../../../src/stores/content-source.ts';
import { clearIndex } from '../../support/clear-index.ts';
import { testEditions } from '../../support/import-lines.ts';
import { createIndexRig, type IndexRig } from '../../support/index-rig.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const HOUR = 60 * 60_000;

describe('where index and source disagree', () => {
  let database: Database;
  let rig: IndexRig;
  let statements = 0;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  beforeEach(async () => {
    await clearIndex(database);
    const reads = {
      query: ((text, values) => {
        statements += 1;
        return database.query(text, values);
      }) as Database['query'],
    };
    rig = createIndexRig(database, { reads });
  });
  afterAll(() => database.close());

  const listing: Listing = {
    edition: 'EN',
    scope: { of: 'edition' },
    filter: {},
    order: 'PUBLISHED_DESC',
    page: { direction: 'forward', limit: 20 },
  };
  const now = () => rig.clock.now();
  const idOf = (sourceId: string) => articleIdOf(rig.indexed, sourceId);
  const list = async () => (await rig.stores.articles.list([listing], publicView(now())))[0]?.articles ?? [];
  const seen = async () => (await list()).filter((article) => visibilityOf(article, publicView(now())) === 'visible');
  const show = async (sourceId: string) => (await rig.stores.articles.byIds([idOf(sourceId)]))[0];
  const bodyOf = async (sourceId: string) => (await rig.stores.articles.bodies([idOf(sourceId)]))[0];
  const rights = (more: Partial<SourceStory['rights']>): SourceStory['rights'] => ({
    syndication: 'FULL',
    holder: null,
    usageTerms: null,
    embargoedUntil: null,
    expiresAt: null,
    ...more,
  });

  it('is two statements and one call of the source, however many lists and stories', async () => {
    for (let index = 0; index < 30; index += 1) rig.desk.put(String(index));
    await rig.tell(...Array.from({ length: 30 }, (_, index) => String(index)));
    const before = { ...rig.desk.calls, statements };
    const listings = Array.from({ length: 12 }, (_, index) => ({
      ...listing,
      page: { ...listing.page, limit: index + 1 },
    }));
    await rig.stores.articles.list(listings, publicView(now()));
    expect([rig.desk.calls.stories - before.stories, statements - before.statements]).toEqual([1, 2]);
    expect(rig.desk.calls.taxonomy).toBe(before.taxonomy);
  });

  it('hides what the source does not have, and looks for it again', async () => {
    rig.desk.put('1');
    rig.desk.put('2');
    await rig.tell('1', '2');
    rig.desk.remove('1');
    expect((await seen()).map(({ slug }) => slug)).toEqual(['story-2']);
    expect(await show('1')).toMatchObject({ withdrawnAt: now(), lookAgainAt: now() + 5_000 });
    expect(await bodyOf('1')).toEqual({ id: idOf('1'), blocks: [], lookAgainAt: now() + 5_000 });
    expect(new Set(rig.doubts)).toEqual(new Set(['1 missing']));
    const addressed = await rig.stores.articles.byAddresses([{ edition: 'EN', form: 'slug', value: 'story-1' }]);
    expect(addressed[0]?.article.withdrawnAt).toBe(now());
  });

  it('shows what was saved since as the source tells it, where the index has it', async () => {
    rig.desk.put('1', { headline: 'Before', sectionPaths: ['news'], html: '<p>Harbour.</p>' });
    await rig.tell('1');
    rig.clock.wind(60_000);
    rig.desk.put('1', { headline: 'After', sectionPaths: ['sport'], slug: 'moved', html: '<p>Quay.</p>' });
    expect(await show('1')).toMatchObject({ headline: 'After', slug: 'story-1', path: 'news/story-1', version: 1 });
    expect((await bodyOf('1'))?.blocks).toMatchObject([{ text: 'Quay.' }]);
    expect(rig.doubts).toEqual(['1 newer', '1 newer']);
    const request = { edition: 'EN', text: 'harbour', filter: {}, limit: 5, rankedAt: now() } as const;
    const [page] = await rig.stores.articles.search([request], publicView(now()));
    // The words it was found by are not there any more.
    expect(page?.matches.map(({ article, snippetHtml }) => [article.headline, snippetHtml])).toEqual([['After', null]]);
  });

  it('does not rely on a source that is behind for longer than it may be', async () => {
    const first = rig.desk.put('1', { headline: 'Before' });
    rig.clock.wind(60_000);
    rig.desk.put('1', { headline: 'After' });
    await rig.tell('1');
    rig.desk.put('1', { ...first });
    expect(await show('1')).toMatchObject({ headline: 'Before', lookAgainAt: now() + 5_000 });
    expect(await bodyOf('1')).toMatchObject({ lookAgainAt: now() + 5_000 });
    expect(rig.doubts).toEqual(['1 older', '1 older']);
  });

  describe('on rights', () => {
    it.each([
      ['an embargo', { rights: rights({ embargoedUntil: Date.UTC(2026, 11, 24) }) }, 'pending'],
      ['an expiry', { rights: rights({ expiresAt: Date.UTC(2026, 10, 23) }) }, 'gone'],
      ['none', { rights: rights({ syndication: 'NONE' }) }, 'forbidden'],
      ['a later publication', { publishedAt: Date.UTC(2026, 11, 24) }, 'pending'],
    ] as const)('those of the source hold when they are stricter: %s', async (_name, fields, visibility) => {
      rig.desk.put('1', { publishedAt: now() - HOUR });
      await rig.tell('1');
      rig.desk.put('1', fields);
      const article = await show('1');
      expect(article && visibilityOf(article, publicView(now()))).toBe(visibility);
      // What a cursor is made of stays where the list has it.
      expect(article?.publishedAt).toBe(now() - HOUR);
      expect((await bodyOf('1'))?.blocks).toEqual([]);
    });

    it.each([
      ['an embargo', { rights: rights({ embargoedUntil: Date.UTC(2026, 11, 24) }) }, 'pending'],
      ['an expiry', { rights: rights({ expiresAt: Date.UTC(2026, 10, 23) }) }, 'gone'],
      ['a later publication', { publishedAt: Date.UTC(2026, 11, 24) }, 'pending'],
    ] as const)('those of the index hold when they are: %s', async (_name, fields, visibility) => {
      rig.desk.put('1', { publishedAt: now() - HOUR, ...fields });
      await rig.tell('1');
      rig.desk.put('1', { publishedAt: now() - HOUR, rights: rights({}) });
      const article = await show('1');
      expect(article && visibilityOf(article, publicView(now()))).toBe(visibility);
    });

    it('gives no snippet of a text that is withheld since', async () => {
      rig.desk.put('1', { html: `<p>${'word '.repeat(200)} lighthouse</p>` });
      await rig.tell('1');
      rig.desk.put('1', { rights: rights({ syndication: 'EXCERPT' }) });
      const request = { edition: 'EN', text: 'lighthouse', filter: {}, limit: 5, rankedAt: now() } as const;
      const [page] = await rig.stores.articles.search([request], publicView(now()));
      expect(page?.matches).toMatchObject([{ snippetHtml: null, article: { rights: { syndication: 'EXCERPT' } } }]);
    });
  });

  it('keeps hidden what is withdrawn in the index, and does not ask for it', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    await rig.indexer.kill(['1']);
    const before = rig.desk.calls.stories;
    expect((await show('1'))?.withdrawnAt).toBe(now());
    expect(await list()).toEqual([]);
    expect(rig.desk.calls.stories).toBe(before);
  });

  it('keeps down what was taken down, whatever is saved or looked at since', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    await takeDown(database, 'en:story-1', { editions: testEditions, now: now() });
    rig.clock.wind(60_000);
    rig.desk.put('1', { headline: 'Edited' });
    await rig.tell('1');
    expect(await list()).toEqual([]);
    expect((await show('1'))?.withdrawnAt).not.toBeNull();
    await liftTakedown(database, 'en:story-1', { editions: testEditions, now: now() });
    expect(await list()).toMatchObject([{ headline: 'Edited' }]);
  });

  it('shows nothing of a story that has become unfit', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    rig.desk.put('1', { headline: '' });
    expect(await seen()).toEqual([]);
    rig.desk.put('1', { headline: 'Fit', lead: { type: 'Video', url: 'javascript:alert(1)' } as SourceStory['lead'] });
    expect(await seen()).toMatchObject([{ headline: 'Fit', lead: null }]);
  });

  it('shows nothing of another system that was stored for the edition before', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    await database.query(`UPDATE articles SET source = 'before'`);
    expect(await seen()).toEqual([]);
    expect(rig.doubts).toEqual([]);
  });

  it('fails as its source does, by name', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    rig.desk.fail('STORE_TIMEOUT');
    await expect(list()).rejects.toMatchObject({ code: 'STORE_TIMEOUT', store: 'desk' });
    expect(await rig.stores.articles.count([listing], publicView(now()))).toMatchObject([{ total: 1 }]);
    expect(await rig.stores.taxonomy.sections(['EN'])).toHaveLength(1);
  });
});
