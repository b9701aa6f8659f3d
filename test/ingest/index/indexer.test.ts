import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicView } from '../../../src/content/listing.ts';
import type { Database } from '../../../src/database/database.ts';
import { analyseAnew } from '../../../src/ingest/analyse-anew.ts';
import { articleIdOf } from '../../../src/ingest/index/indexed-desk.ts';
import { clearIndex } from '../../support/clear-index.ts';
import { createGate } from '../../support/gate.ts';
import { createIndexRig, type IndexRig } from '../../support/index-rig.ts';
import { createTestDatabase, databaseKinds } from '../../support/test-database.ts';

interface OutboxEntry {
  readonly kind: string;
  readonly article_id: string | null;
  readonly tags: readonly string[];
  readonly [column: string]: unknown;
}

describe.each(databaseKinds)('createIndexer over %s', (kind) => {
  let database: Database;
  let rig: IndexRig;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  beforeEach(async () => {
    await clearIndex(database);
    rig = createIndexRig(database);
  });
  afterAll(() => database.close());

  const takeOutbox = async (): Promise<readonly OutboxEntry[]> => {
    const rows = await database.query<OutboxEntry>('SELECT * FROM outbox ORDER BY id');
    await database.query('DELETE FROM outbox');
    return rows;
  };
  const kindsOf = async (): Promise<readonly string[]> =>
    (await takeOutbox()).filter(({ article_id: id }) => id !== null).map((row) => row.kind);
  const show = async (sourceId: string) => (await rig.stores.articles.byIds([articleIdOf(rig.indexed, sourceId)]))[0];

  it('writes what is new, says so once, and is silent about a save that no reader sees', async () => {
    rig.desk.put('1', { tagSlugs: ['ports'], authorSlugs: ['rana'] });
    expect(await rig.tell('1')).toEqual(['1 new']);
    expect(await kindsOf()).toEqual(['PUBLISH']);
    rig.clock.wind(60_000);
    rig.desk.put('1');
    expect(await rig.tell('1')).toEqual(['1 unchanged']);
    expect(await kindsOf()).toEqual([]);
    expect(await show('1')).toMatchObject({ version: 1, headline: 'Story 1' });
    rig.desk.put('1', { headline: 'Put right', corrections: [{ text: 'A name.', correctedAt: rig.clock.now() }] });
    expect(await rig.tell('1')).toEqual(['1 changed']);
    expect(await kindsOf()).toEqual(['CORRECTION']);
    expect(await show('1')).toMatchObject({ version: 2, updatedAt: rig.clock.now() });
  });

  it('withdraws what is not there any more, and takes it up again', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    rig.desk.remove('1');
    // Found this very moment: whoever answers now may not have it yet.
    expect(await rig.tell('1')).toEqual(['1 behind']);
    rig.clock.wind(5_000);
    expect(await rig.tell('1')).toEqual(['1 gone']);
    expect(await rig.tell('1')).toEqual(['1 unchanged']);
    expect(await kindsOf()).toEqual(['PUBLISH', 'KILL']);
    expect((await show('1'))?.withdrawnAt).toBe(rig.clock.now());
    rig.clock.wind(10_000);
    rig.desk.put('1');
    expect(await rig.tell('1')).toEqual(['1 changed']);
    expect(await kindsOf()).toEqual(['PUBLISH']);
    expect((await show('1'))?.withdrawnAt).toBeNull();
  });

  it('remembers nothing of what was never there', async () => {
    expect(await rig.tell('nobody')).toEqual(['nobody unchanged']);
    expect(await database.query('SELECT 1 FROM index_stories')).toEqual([]);
  });

  it('lets a new story take the address of one that is gone', async () => {
    rig.desk.put('old', { slug: 'storm' });
    await rig.tell('old');
    rig.clock.wind(60_000);
    rig.desk.remove('old');
    rig.desk.put('new', { slug: 'storm' });
    // Nobody told that the old one is gone: it is looked at because it stands in the way.
    expect(await rig.tell('new')).toEqual(['new new', 'old gone']);
    const [found] = await rig.stores.articles.byAddresses([{ edition: 'EN', form: 'slug', value: 'storm' }]);
    expect(found).toMatchObject({ isCurrent: true, article: { id: articleIdOf(rig.indexed, 'new') } });
  });

  it('lets two stories exchange their addresses', async () => {
    rig.desk.put('a', { slug: 'one' });
    rig.desk.put('b', { slug: 'two' });
    await rig.tell('a', 'b');
    rig.clock.wind(1_000);
    rig.desk.put('a', { slug: 'two' });
    rig.desk.put('b', { slug: 'one' });
    await rig.tell('a');
    expect([(await show('a'))?.slug, (await show('b'))?.slug]).toEqual(['two', 'one']);
  });

  describe('with stories at odds for good', () => {
    beforeEach(async () => {
      rig.desk.put('a', { slug: 'one' });
      rig.desk.put('b', { slug: 'two' });
      await rig.tell('a', 'b');
      rig.clock.wind(60_000);
    });
    const currentSlugs = async () =>
      (
        await database.query<{ value: string }>(
          `SELECT value FROM addresses WHERE form = 'slug' AND is_current ORDER BY value`,
        )
      ).map(({ value }) => value);

    it('leaves each where it stands, without a new version, however often it looks', async () => {
      const { modifiedAt } = rig.desk.put('b', { slug: 'one' });
      for (let looks = 0; looks < 2; looks += 1) expect(await rig.tell('b')).toEqual(['b bad', 'a unchanged']);
      expect([await show('a'), await show('b')]).toMatchObject([{ version: 1 }, { version: 1, slug: 'two' }]);
      expect(await currentSlugs()).toEqual(['one', 'two']);
      const rows = await database.query<{ modified_at: Date }>(
        `SELECT modified_at FROM index_stories WHERE source_id = 'b'`,
      );
      expect(rows.map(({ modified_at: at }) => at.getTime())).toEqual([modifiedAt - 60_000]);
    });

    it('takes nobody’s address away when the source fails meanwhile', async () => {
      rig.desk.put('b', { slug: 'one' });
      rig.desk.onStories(async (sourceIds) => {
        if (sourceIds.includes('a')) throw new Error('away');
      });
      await expect(rig.tell('b')).rejects.toThrow('away');
      expect(await currentSlugs()).toEqual(['one', 'two']);
    });
  });

  it('keeps no bodies, but what is searched of them', async () => {
    rig.desk.put('1', { html: '<p>Harbour at dawn.</p>' });
    await rig.tell('1');
    expect(await database.query('SELECT body, body_text, word_count FROM articles')).toEqual([
      { body: [], body_text: 'Harbour at dawn.', word_count: 3 },
    ]);
    const request = { edition: 'EN', text: 'dawn', filter: {}, limit: 5, rankedAt: rig.clock.now() } as const;
    const [page] = await rig.stores.articles.search([request], publicView(rig.clock.now()));
    expect(page?.matches.map(({ snippetHtml }) => snippetHtml)).toEqual(['Harbour at <mark>dawn</mark>.']);
  });

  it('finds a story that is passed on in part by its excerpt alone, also once it is analysed anew', async () => {
    const html = `<p>Harbour ${'and so on '.repeat(60)}</p><p>Lighthouse.</p>`;
    const rights = {
      syndication: 'EXCERPT',
      holder: null,
      usageTerms: null,
      embargoedUntil: null,
      expiresAt: null,
    } as const;
    rig.desk.put('1', { html, rights });
    await rig.tell('1');
    const find = async (text: string) => {
      const request = { edition: 'EN', text, filter: {}, limit: 5, rankedAt: rig.clock.now() } as const;
      const [page] = await rig.stores.articles.search([request], publicView(rig.clock.now()));
      return page?.matches.length;
    };
    expect([await find('harbour'), await find('lighthouse')]).toEqual([1, 0]);
    await database.query('UPDATE articles SET search_version = 0');
    await analyseAnew(database, { clock: rig.clock });
    expect([await find('harbour'), await find('lighthouse')]).toEqual([1, 0]);
  });

  it('takes what fits of a story, and says what does not', async () => {
    rig.desk.put('1', { kicker: 'k'.repeat(500), formerAddresses: ['https://elsewhere.example/old'] });
    rig.desk.put('2', { headline: ' ' });
    expect(await rig.tell('1', '2')).toEqual(['1 new', '2 bad']);
    expect(await show('1')).toMatchObject({ kicker: null, headline: 'Story 1', formerPaths: [] });
    expect(await show('2')).toBeUndefined();
    expect(rig.leftOut.map(([of, reasons]) => `${of}: ${reasons.join('; ')}`)).toEqual([
      expect.stringMatching(/^1: kicker: .+; aliases: .+ is not an address of edition en$/),
      '2: headline: must not be empty',
    ]);
    rig.desk.put('2', { headline: 'Put right' });
    expect(await rig.tell('2')).toEqual(['2 new']);
  });

  it('does not show a story any more that has become unfit', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    rig.desk.put('1', { headline: '' });
    expect(await rig.tell('1')).toEqual(['1 bad']);
    expect((await show('1'))?.withdrawnAt).not.toBeNull();
  });

  it('files a story under what its source has, asked for once when it is not known', async () => {
    rig.desk.put('1', { sectionPaths: ['news/politics', 'world'], tagSlugs: ['ports'], authorSlugs: ['rana'] });
    rig.desk.put('2', { sectionPaths: ['news/politics'] });
    await rig.tell('1', '2');
    expect(rig.desk.calls.taxonomy).toBe(1);
    rig.clock.wind(1_000);
    rig.desk.put('1', { tagSlugs: ['ports', 'lost'] });
    rig.desk.removeTerm('tags', 'lost');
    expect(await rig.tell('1')).toEqual(['1 unchanged']);
    expect(rig.leftOut).toEqual([['1', ['its source does not have tag "lost"']]]);
  });

  it('files a story anew that its source named by what it knew before it was asked for its taxonomy', async () => {
    rig.desk.put('1', { sectionPaths: ['policy'], tagSlugs: ['harbours'] });
    const { source } = rig.desk;
    const before = { sectionPaths: ['politics'], tagSlugs: ['ports'] };
    let isFresh = false;
    const desk = {
      ...rig.desk,
      source: {
        ...source,
        async stories(...asked: Parameters<typeof source.stories>) {
          const stories = await source.stories(...asked);
          return isFresh ? stories : stories.map((story) => ({ ...story, ...before }));
        },
        taxonomy() {
          isFresh = true;
          return source.taxonomy();
        },
      },
    };
    const other = createIndexRig(database, { clock: rig.clock, desk });
    expect(await other.tell('1')).toEqual(['1 new']);
    expect(await database.query('SELECT path FROM articles')).toEqual([{ path: 'policy/story-1' }]);
    expect(other.leftOut).toEqual([]);
    expect(rig.desk.calls).toMatchObject({ stories: 2, taxonomy: 1 });
  });

  it('leaves out what does not fit of a section or author, and files its stories under it all the same', async () => {
    rig.desk.putSection({ path: 'politics', description: 'd'.repeat(2_001) });
    rig.desk.putAuthor({ slug: 'rana', bio: 'Writes.\0', role: 'r'.repeat(201) });
    rig.desk.put('1', { sectionPaths: ['politics'], authorSlugs: ['rana'] });
    expect(await rig.tell('1')).toEqual(['1 new']);
    expect(await rig.stores.taxonomy.sections(['EN'])).toMatchObject([{ path: 'politics', description: null }]);
    expect(rig.leftOut.map(([, reasons]) => reasons)).toEqual([
      [
        expect.stringMatching(/^section "politics": description: /),
        expect.stringMatching(/^author "rana": bio: holds a NUL character; role: /),
      ],
    ]);
  });

  it('removes no section that its source has, and keeps those below it', async () => {
    rig.desk.putSection({ path: 'world/europe' });
    await rig.indexer.lookAtTaxonomy();
    rig.desk.putSection({ path: 'world', name: '' });
    await rig.indexer.lookAtTaxonomy();
    const paths = (await rig.stores.taxonomy.sections(['EN'])).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['world', 'world/europe']);
    expect(rig.leftOut.flatMap(([, reasons]) => reasons)).toEqual(['section "world": name: must not be empty']);
  });

  it('moves stories whose section got another path, and removes what nobody is filed under', async () => {
    rig.desk.put('1', { sectionPaths: ['politics'], tagSlugs: ['ports'] });
    await rig.tell('1');
    // Renamed there: no story was saved.
    rig.desk.put('1', { sectionPaths: ['policy'], tagSlugs: [], modifiedAt: rig.clock.now() });
    rig.desk.removeTerm('sections', 'politics');
    rig.desk.removeTerm('tags', 'ports');
    await takeOutbox();
    await rig.indexer.lookAtTaxonomy();
    expect(await show('1')).toMatchObject({ path: 'policy/story-1', formerPaths: ['politics/story-1'] });
    expect((await rig.stores.taxonomy.sections(['EN'])).map(({ path }) => path)).toEqual(['policy']);
    const told = (await takeOutbox()).flatMap(({ tags }) => tags);
    expect(told).toContain('edition:en');
    expect(told.filter((tag) => tag.startsWith('slug:en:tag'))).toEqual(['slug:en:tag:ports']);
  });

  describe('with a source that is behind', () => {
    it('believes no older save for as long as it may be behind, and looks again', async () => {
      rig.desk.put('1', { headline: 'Before' });
      await rig.tell('1');
      rig.desk.freeze();
      rig.clock.wind(60_000);
      rig.desk.put('1', { headline: 'After' });
      rig.desk.thaw();
      await rig.tell('1');
      const saved = rig.desk.put('1', { headline: 'After' });
      rig.desk.put('1', { headline: 'Before', modifiedAt: saved.modifiedAt - 60_000 });
      expect(await rig.tell('1')).toEqual(['1 behind']);
      expect(await show('1')).toMatchObject({ headline: 'Before', lookAgainAt: rig.clock.now() + 5_000 });
      expect(rig.doubts).toEqual(['1 older']);
      expect(await database.query('SELECT source_id, at FROM index_relooks')).toEqual([
        { source_id: '1', at: new Date(rig.clock.now() + 5_000) },
      ]);
      rig.clock.wind(5_000);
      // Restored from a backup: now it is the truth.
      expect(await rig.tell('1')).toEqual(['1 changed']);
    });

    it('does not bring back what is gone because it is still shown', async () => {
      rig.desk.put('1');
      await rig.tell('1');
      rig.clock.wind(60_000);
      await rig.indexer.kill(['1']);
      expect(await rig.tell('1')).toEqual(['1 behind']);
      rig.clock.wind(5_000);
      expect(await rig.tell('1')).toEqual(['1 hidden']);
      expect((await show('1'))?.withdrawnAt).not.toBeNull();
      expect(await kindsOf()).toEqual(['PUBLISH', 'KILL']);
      rig.desk.put('1');
      expect(await rig.tell('1')).toEqual(['1 changed']);
      expect((await show('1'))?.withdrawnAt).toBeNull();
    });

    it('shows it as it was once it is told to be there again', async () => {
      rig.desk.put('1');
      await rig.tell('1');
      await rig.indexer.kill(['1']);
      rig.clock.wind(5_000);
      const results = await rig.indexer.look(['1'], { reason: 'told', lifts: new Map([['1', rig.clock.now()]]) });
      expect(results).toMatchObject([{ outcome: 'changed' }]);
    });
  });

  it('writes what was read last, however late an earlier reading comes', async () => {
    rig.desk.put('1', { headline: 'First' });
    const gate = createGate();
    rig.desk.onStories(() => gate.pass());
    const early = rig.tell('1');
    await gate.reached;
    // Saved twice within a second: the source's own instants cannot tell the two apart.
    rig.desk.put('1', { headline: 'Second' });
    rig.desk.onStories(undefined);
    expect(await rig.tell('1')).toEqual(['1 new']);
    gate.open();
    expect(await early).toEqual(['1 unchanged']);
    expect(await database.query('SELECT headline FROM articles')).toEqual([{ headline: 'Second' }]);
  });

  it('withdraws what was told to be gone while it was being read', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    rig.clock.wind(1_000);
    rig.desk.put('1', { headline: 'Edited' });
    const gate = createGate();
    rig.desk.onStories(() => gate.pass());
    const early = rig.tell('1');
    await gate.reached;
    await rig.indexer.kill(['1']);
    rig.desk.remove('1');
    rig.desk.onStories(undefined);
    gate.open();
    expect(await early).toEqual(['1 unchanged']);
    expect((await show('1'))?.withdrawnAt).not.toBeNull();
  });

  it('withdraws what was told to be gone although another look begins before it is written', async () => {
    rig.desk.put('1');
    await rig.tell('1');
    rig.clock.wind(60_000);
    let writes = 0;
    const gate = createGate();
    const { indexer } = createIndexRig(
      {
        ...database,
        async transaction(work, limits) {
          writes += 1;
          if (writes === 1) await gate.pass();
          return await database.transaction(work, limits);
        },
      },
      { clock: rig.clock, desk: rig.desk },
    );
    const killing = indexer.kill(['1']);
    await gate.reached;
    expect(await rig.tell('1')).toEqual(['1 unchanged']);
    gate.open();
    expect(await killing).toMatchObject([{ outcome: 'gone' }]);
    expect((await show('1'))?.withdrawnAt).toBe(rig.clock.now());
    expect(await rig.tell('1')).toEqual(['1 behind']);
  });

  it('withdraws no crowd at the word of readers', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => String(index));
    for (const id of ids) rig.desk.put(id);
    await rig.tell(...ids);
    await takeOutbox();
    rig.clock.wind(60_000);
    for (const id of ids) rig.desk.remove(id);
    const results = await rig.indexer.look(ids, { reason: 'reader' });
    expect(results.filter(({ outcome }) => outcome === 'gone')).toHaveLength(50);
    expect(rig.held).toEqual([10]);
    rig.indexer.trustAgain();
    await rig.indexer.look(ids, { reason: 'reader' });
    expect(await kindsOf()).toEqual(ids.map(() => 'KILL'));
  });

  it('writes nothing when the source fails', async () => {
    rig.desk.put('1');
    rig.desk.fail('STORE_TIMEOUT');
    await expect(rig.tell('1')).rejects.toMatchObject({ code: 'STORE_TIMEOUT', store: 'desk' });
    expect(await database.query('SELECT 1 FROM articles')).toEqual([]);
  });
});
