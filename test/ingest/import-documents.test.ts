import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { findStored } from '../support/find-stored.ts';
import { articleLine, createIngestRig, RIG_START, sections, type IngestRig } from '../support/ingest-rig.ts';
import { testEditions } from '../support/import-lines.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

describe.each(databaseKinds)('importDocuments (%s)', (kind) => {
  let database: Database;
  let rig: IngestRig;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  beforeEach(async () => {
    await database.query(
      `TRUNCATE sections, tags, authors, articles, memberships, boundaries, addresses, live_streams, outbox;
       ALTER TABLE articles DROP CONSTRAINT IF EXISTS refusal`,
    );
    rig = createIngestRig(database);
  });
  afterAll(() => database?.close());

  const everything = () =>
    Promise.all(
      ['sections', 'tags', 'authors', 'articles', 'memberships', 'boundaries', 'addresses', 'live_streams'].map(
        (table) => database.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)::text`),
      ),
    );

  describe('what it writes', () => {
    it('writes an article with everything a reader sees', async () => {
      const { imported, badCount } = await rig.run([
        ...sections,
        { type: 'author', edition: 'en', slug: 'rana', name: 'Rana' },
        articleLine('1', {
          sections: ['world', 'news/politics'],
          kicker: 'Region',
          standfirst: 'What came of it',
          byline: 'Rana',
          authors: ['rana', { slug: 'desk', name: 'The desk' }],
          tags: [{ slug: 'talks', name: 'Talks' }],
          sources: [{ name: 'Agencies', kind: 'AGENCY' }],
          lead: { url: '/a.jpg', alt: '' },
          corrections: [{ text: 'A name was wrong.', correctedAt: '2026-11-21T08:00:00Z' }],
          rights: { holder: 'AP', embargoedUntil: '2026-11-22T09:00:00Z', expiresAt: '2027-01-01T00:00:00Z' },
          breaking: true,
          breakingUntil: '2026-11-22T12:00:00Z',
          seo: { title: 'T' },
          translationGroup: 'story:1',
          html: '<p>One two.</p><ul><li>three</li></ul>',
        }),
      ]);
      expect({ imported, badCount }).toEqual({ imported: 6, badCount: 0 });
      const id = await rig.idOf('1');
      const [politics, world, news, rana, desk, talks] = await Promise.all(
        ['news/politics', 'world', 'news', 'rana', 'desk', 'talks'].map((name) => rig.idOf(name)),
      );
      expect(await rig.article('1')).toMatchObject({
        edition: 'EN',
        path: 'news/politics/story-1',
        section_ids: [politics, world],
        author_ids: [rana, desk],
        tag_ids: [talks],
        sources: [{ name: 'Agencies', kind: 'AGENCY', url: null }],
        published_at: new Date('2026-11-20T06:00:00Z'),
        updated_at: new Date('2026-11-20T06:00:00Z'),
        version: 1,
        lead: { type: 'Image', url: '/a.jpg', alt: '', caption: null },
        body: [{ type: 'Paragraph' }, { type: 'ListBlock' }],
        body_text: 'One two.\n\nthree',
        word_count: 3,
        corrections: [{ text: 'A name was wrong.', correctedAt: Date.UTC(2026, 10, 21, 8) }],
        seo: { title: 'T', description: null, noIndex: false },
      });
      const lists = await database.query<{ target: string }>('SELECT target FROM memberships WHERE article_id = $1', [
        id,
      ]);
      expect(new Set(lists.map(({ target }) => target))).toEqual(
        new Set(['edn_en', politics, world, news, rana, desk, talks]),
      );
      const instants = await database.query<{ at: Date }>(
        `SELECT at FROM boundaries WHERE target = 'edn_en' ORDER BY at`,
      );
      // Not that of its publication: more than a day ago nobody looks for any.
      expect(instants.map(({ at }) => at.toISOString())).toEqual([
        '2026-11-22T09:00:00.000Z',
        '2026-11-22T12:00:00.000Z',
        '2027-01-01T00:00:00.000Z',
      ]);
      expect(await rig.addresses()).toEqual(['path news/politics/story-1 → 1', 'slug story-1 → 1']);
    });

    it('finds an article by headline, tag and body, in the language of its edition', async () => {
      await rig.run([
        ...sections,
        { type: 'section', edition: 'ar', path: 'news', name: 'أخبار' },
        articleLine('1', { tags: [{ slug: 'x', name: 'Negotiation' }], html: '<p>Ministers were running.</p>' }),
        articleLine('2', { edition: 'ar', section: 'news', headline: 'الحكومة تستأنف المفاوضات' }),
      ]);
      for (const query of ['run', 'negotiations', 'story'])
        expect(await findStored(database, 'EN', query)).toEqual(['1']);
      expect(await findStored(database, 'AR', 'حكومة')).toEqual(['2']);
    });

    it('lets search find articles by the new name of a tag', async () => {
      await rig.run([...sections, articleLine('1', { tags: [{ slug: 'x', name: 'Burma' }] })]);
      await rig.run([{ type: 'tag', edition: 'en', slug: 'x', name: 'Myanmar' }]);
      expect(await findStored(database, 'EN', 'Myanmar')).toEqual(['1']);
      expect(await findStored(database, 'EN', 'Burma')).toEqual([]);
    });

    it.each(['one batch', 'two batches, the new name with the article', 'two batches, the new name alone'])(
      'lets search find an article by the new name of a tag that is renamed after it, in %s',
      async (how) => {
        const [old, renamed] = ['Oldname', 'Newname'].map((name) => ({ type: 'tag', edition: 'en', slug: 't1', name }));
        const article = articleLine('1', { tags: ['t1'] });
        const batches = {
          'one batch': [[old, article, renamed]],
          'two batches, the new name with the article': [[old], [article, renamed]],
        }[how] ?? [[old, article], [renamed]];
        await rig.run(sections);
        for (const batch of batches) await rig.run(batch);
        expect(await findStored(database, 'EN', 'newname')).toEqual(['1']);
        expect(await findStored(database, 'EN', 'oldname')).toEqual([]);
      },
    );

    it('takes a body far too long to be searched whole', async () => {
      const words = Array.from({ length: 120_000 }, (_, index) => `w${index.toString(36)}ord${index}`).join(' ');
      const { imported, badCount } = await rig.run([...sections, articleLine('1', { html: `<p>${words}</p>` })]);
      expect({ imported, badCount }).toEqual({ imported: 5, badCount: 0 });
    });
  });

  describe('doing it again', () => {
    const file = [
      ...sections,
      { type: 'tag', edition: 'en', slug: 'talks', name: 'Talks' },
      { type: 'author', edition: 'en', slug: 'rana', name: 'Rana', avatar: { url: '/r.jpg', alt: 'Rana' } },
      { type: 'live', edition: 'en', title: 'Live', url: 'https://live.example/', startedAt: '2026-11-23T06:00:00Z' },
      articleLine('1', { tags: ['talks'], authors: ['rana'], aliases: ['/old/1'], lead: { url: '/a.jpg' }, seo: {} }),
      articleLine('2', { corrections: [{ text: 'c', correctedAt: '2026-11-21T08:00:00Z' }] }),
    ];

    it('changes nothing and tells nobody', async () => {
      expect(await rig.run(file)).toMatchObject({ imported: 9, updated: 0, unchanged: 0, badCount: 0 });
      const before = await everything();
      await rig.takeOutbox();
      rig.clock.wind(60_000);
      expect(await rig.run(file)).toMatchObject({ imported: 0, updated: 0, unchanged: 9, badCount: 0 });
      expect(await everything()).toEqual(before);
      expect(await rig.takeOutbox()).toEqual([]);
    });

    it('changes nothing when only what no reader sees differs', async () => {
      await rig.run([...sections, articleLine('1', { updatedAt: '2026-11-20T09:00:00Z' })]);
      const html = '<!-- saved again --><p class="x">Words  of the story.</p>';
      const again = await rig.run([articleLine('1', { updatedAt: '2026-11-22T09:00:00Z', html })]);
      expect(again).toMatchObject({ updated: 0, unchanged: 1 });
      expect(await rig.article('1')).toMatchObject({ version: 1, updated_at: new Date('2026-11-20T09:00:00Z') });
    });

    describe('aliases', () => {
      const standing = async (...ids: readonly string[]) => ({
        versions: await Promise.all(ids.map(async (id) => (await rig.article(id))['version'])),
        addresses: (await rig.addresses()).filter((address) => address.startsWith('path former')),
      });

      it('changes nothing when an alias is dropped, reordered or given twice: the former address stays', async () => {
        await rig.run([...sections, articleLine('1', { aliases: ['/a', '/b'] })]);
        const before = [await standing('1'), (await rig.article('1'))['updated_at']];
        await rig.takeOutbox();
        rig.clock.wind(60_000);
        for (const aliases of [['/a'], [], ['/b', '/a', '/b']])
          expect(await rig.run([articleLine('1', { aliases })])).toMatchObject({ updated: 0, unchanged: 1 });
        expect([await standing('1'), (await rig.article('1'))['updated_at']]).toEqual(before);
        expect(await rig.takeOutbox()).toEqual([]);
      });

      it('counts a version when an alias is added, and none when it is left to the article that stands there', async () => {
        await rig.run([...sections, articleLine('1'), articleLine('2')]);
        await rig.takeOutbox();
        const taken = articleLine('2', { aliases: ['/news/politics/story-1'] });
        expect(await rig.run([taken])).toMatchObject({ updated: 0, unchanged: 1 });
        expect(await rig.takeOutbox()).toEqual([]);
        expect(await rig.run([articleLine('2', { aliases: ['/a'] })])).toMatchObject({ updated: 1 });
        expect(await standing('2')).toEqual({ versions: [2], addresses: ['path former a → 2'] });
        const [change] = await rig.takeOutbox();
        expect(change).toMatchObject({ kind: 'UPDATE', version: 2 });
        expect(change?.tags).toContain('url:en:a');
      });

      it('lets an alias move to another article and back', async () => {
        const give = async (first: readonly string[], second: readonly string[]) => {
          await rig.run([articleLine('1', { aliases: first }), articleLine('2', { aliases: second })]);
          return (await standing()).addresses;
        };
        await rig.run(sections);
        expect(await give(['/a'], [])).toEqual(['path former a → 1']);
        expect(await give([], ['/a'])).toEqual(['path former a → 2']);
        expect(await give(['/a'], [])).toEqual(['path former a → 1']);
        expect(await standing('1', '2')).toMatchObject({ versions: [2, 2] });
      });

      it('comes to rest when two articles of a file claim one alias, and when one of them changes otherwise', async () => {
        const lines = [articleLine('1', { aliases: ['/a'] }), articleLine('2', { aliases: ['/a'] })];
        await rig.run([...sections, ...lines]);
        expect(await rig.run(lines)).toMatchObject({ updated: 0, unchanged: 2 });
        await rig.run([articleLine('1', { aliases: ['/a'], headline: 'Another' })]);
        expect(await standing('1', '2')).toEqual({ versions: [2, 1], addresses: ['path former a → 2'] });
      });

      it('drops an alias and takes it up again in one batch with other changes', async () => {
        const lines = [
          articleLine('1', { aliases: ['/a'] }),
          articleLine('1', { headline: 'Another', aliases: ['/a'] }),
          articleLine('1', { headline: 'Another' }),
          articleLine('1', { headline: 'A third' }),
        ];
        expect(await rig.run([...sections, ...lines])).toMatchObject({ updated: 2, unchanged: 1 });
        expect(await rig.run([articleLine('1', { headline: 'A third' })])).toMatchObject({ unchanged: 1 });
        expect(await standing('1')).toEqual({ versions: [3], addresses: ['path former a → 1'] });
      });
    });

    it('counts a version and moves the update when a reader sees a difference', async () => {
      await rig.run([...sections, articleLine('1')]);
      rig.clock.wind(90_500);
      expect(await rig.run([articleLine('1', { headline: 'Another' })])).toMatchObject({ updated: 1 });
      expect(await rig.article('1')).toMatchObject({
        version: 2,
        headline: 'Another',
        updated_at: new Date(RIG_START + 90_000),
      });
      await rig.run([articleLine('1', { headline: 'A third', updatedAt: '2026-11-25T09:00:00Z' })]);
      expect(await rig.article('1')).toMatchObject({ version: 3, updated_at: new Date('2026-11-25T09:00:00Z') });
    });

    it('keeps one article per edition, system and id', async () => {
      await rig.run([...sections, articleLine('1')]);
      await rig.run([articleLine('1', { source: 'other', slug: 'b' })]);
      await rig.run([articleLine('1', { slug: 'c' })], { source: 'third' });
      expect(await database.query('SELECT source FROM articles ORDER BY source')).toEqual([
        { source: 'cms' },
        { source: 'other' },
        { source: 'third' },
      ]);
    });

    it('keeps the ids of taxonomy that exists, whatever they are', async () => {
      await rig.run(sections);
      await database.query(
        `INSERT INTO tags (id, edition, slug, name) VALUES ('tag_en_elsewhere', 'EN', 'x', 'Old name')`,
      );
      await rig.run([{ type: 'tag', edition: 'en', slug: 'x', name: 'New name' }, articleLine('1', { tags: ['x'] })]);
      expect(await rig.article('1')).toMatchObject({ tag_ids: ['tag_en_elsewhere'] });
      expect(await database.query('SELECT id, name FROM tags')).toEqual([{ id: 'tag_en_elsewhere', name: 'New name' }]);
    });
  });

  describe('order', () => {
    it('lets the last of two lines for an article win, whether they meet in one batch or not', async () => {
      await rig.run([...sections, articleLine('1'), articleLine('1', { headline: 'Last', slug: 'last' })]);
      expect(await rig.article('1')).toMatchObject({ version: 2, headline: 'Last' });
      expect(await rig.addresses()).toEqual([
        'path news/politics/last → 1',
        'path former news/politics/story-1 → 1',
        'slug last → 1',
        'slug former story-1 → 1',
      ]);
      const lists = await database.query('SELECT count(*) FROM memberships');
      expect(lists).toEqual([{ count: '3' }]);
    });

    it('knows a section only from its line on, in one batch too', async () => {
      const { bad } = await rig.run([
        articleLine('1', { section: 'late' }),
        { type: 'section', edition: 'en', path: 'late/child', name: 'Child' },
        { type: 'section', edition: 'en', path: 'late', name: 'Late' },
        { type: 'section', edition: 'en', path: 'late/child', name: 'Child' },
        articleLine('2', { section: 'late/child' }),
      ]);
      expect(bad).toEqual([
        { lineNumber: 1, reason: 'edition en has no section "late" (a line of type section must come before)' },
        { lineNumber: 2, reason: 'path: its parent section "late" does not exist; parents come first' },
      ]);
      expect(await rig.article('2')).toMatchObject({ path: 'late/child/story-2' });
    });

    it('does not care where batches end', async () => {
      const many = Array.from({ length: 450 }, (_, index) =>
        articleLine(`${index}`, { tags: [{ slug: `t${index % 7}`, name: 'T' }] }),
      );
      const seen: number[] = [];
      const result = await rig.run([...sections, ...many], { onProgress: ({ imported }) => seen.push(imported) });
      expect(result).toMatchObject({ imported: 454, badCount: 0, readLines: 454 });
      expect(seen.length).toBeGreaterThanOrEqual(3);
      expect(seen.at(-1)).toBe(454);
      expect(await database.query('SELECT count(*) FROM tags')).toEqual([{ count: '7' }]);
    });
  });

  describe('bad lines', () => {
    it('takes the good lines and tells the bad ones by number and reason', async () => {
      const result = await rig.run([
        ...sections,
        '',
        'nonsense',
        articleLine('1'),
        articleLine('2', { section: 'sport', tags: ['x'], authors: ['y'] }),
        articleLine('3', { edition: 'ar' }),
        articleLine('4', { slug: 'story-1' }),
        articleLine('5', { section: 'news', slug: 'politics' }),
        articleLine('6', { html: '<div>'.repeat(300) }),
        articleLine('7', { aliases: ['https://other.example/en/x'] }),
        { type: 'section', edition: 'en', path: 'tags/x', name: 'X' },
        { type: 'section', edition: 'en', path: 'news/politics/story-1', name: 'X' },
        articleLine('8', { headline: 'a\u0000b' }),
      ]);
      expect(result).toMatchObject({ imported: 5, badCount: 10, readLines: 16, isKept: true });
      const none = 'a line of type section must come before';
      expect(result.bad).toEqual([
        { lineNumber: 6, reason: expect.stringMatching(/^not JSON: /) as string },
        {
          lineNumber: 8,
          reason:
            `edition en has no section "sport" (${none}); ` +
            'no author "y" (give {"slug", "name"} to have it made, or a line of type author before); ' +
            'no tag "x" (give {"slug", "name"} to have it made, or a line of type tag before)',
        },
        { lineNumber: 9, reason: `edition ar has no section "news/politics" (${none})` },
        { lineNumber: 10, reason: 'slug: "story-1" belongs to article "1"' },
        { lineNumber: 11, reason: 'section and slug: "news/politics" is the path of a section' },
        { lineNumber: 12, reason: 'html: elements nest deeper than 200' },
        { lineNumber: 13, reason: 'aliases: https://other.example/en/x is not an address of edition en' },
        { lineNumber: 14, reason: 'path: "tags" is kept for the addresses of tags' },
        { lineNumber: 15, reason: 'path: "news/politics/story-1" belongs to article "1"' },
        { lineNumber: 16, reason: 'headline: holds a NUL character' },
      ]);
    });

    it('makes no author or tag for an article that it does not take', async () => {
      await rig.run([...sections, articleLine('1', { section: 'sport', tags: [{ slug: 'x', name: 'X' }] })]);
      await rig.run([articleLine('1'), articleLine('2', { slug: 'story-1', authors: [{ slug: 'y', name: 'Y' }] })]);
      expect(await database.query('SELECT slug FROM tags UNION SELECT slug FROM authors')).toEqual([]);
    });

    it('finds the one line that the database itself refuses among many', async () => {
      await rig.run(sections);
      await database.query(`ALTER TABLE articles ADD CONSTRAINT refusal CHECK (headline <> 'Story 7')`);
      const { bad, imported } = await rig.run(Array.from({ length: 20 }, (_, index) => articleLine(`${index}`)));
      expect(bad).toEqual([{ lineNumber: 8, reason: 'the database refuses it (SQLSTATE 23514)' }]);
      expect(imported).toBe(19);
    });

    it('counts all and remembers the first hundred', async () => {
      const { bad, badCount } = await rig.run(Array.from({ length: 250 }, () => 'x'));
      expect(badCount).toBe(250);
      expect(bad.map(({ lineNumber }) => lineNumber)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    });
  });

  describe('strict', () => {
    it('imports nothing when a line is bad, and tells every bad line', async () => {
      const result = await rig.run([...sections, articleLine('1'), 'x', articleLine('2', { section: 'sport' })], {
        isStrict: true,
      });
      expect(result).toMatchObject({ imported: 0, badCount: 2, isKept: false });
      expect(result.bad.map(({ lineNumber }) => lineNumber)).toEqual([6, 7]);
      expect((await everything()).flat()).toEqual([]);
      expect(await rig.takeOutbox()).toEqual([]);
    });

    it('tells the line the database refuses, and goes on looking', async () => {
      await database.query(`ALTER TABLE articles ADD CONSTRAINT refusal CHECK (headline <> 'Story 1')`);
      const lines = [...sections, articleLine('0'), articleLine('1'), articleLine('2', { section: 'sport' })];
      const result = await rig.run(lines, { isStrict: true });
      expect(result.bad.map(({ lineNumber }) => lineNumber)).toEqual([6, 7]);
      expect((await everything()).flat()).toEqual([]);
    });

    it('imports everything when no line is bad', async () => {
      const lines = [...sections, ...Array.from({ length: 250 }, (_, index) => articleLine(`${index}`))];
      expect(await rig.run(lines, { isStrict: true })).toMatchObject({ imported: 254, badCount: 0, isKept: true });
      expect(await database.query('SELECT count(*) FROM articles')).toEqual([{ count: '250' }]);
    });
  });

  it('writes content and the news of it together or not at all', async () => {
    await rig.run([...sections, articleLine('1')]);
    await rig.takeOutbox();
    const before = await everything();
    // The last statement of a batch fails: nothing of what went before it may stay.
    await database.query('ALTER TABLE outbox RENAME TO outbox_away');
    await expect(rig.run([articleLine('1', { headline: 'New', section: 'world' })])).rejects.toMatchObject({
      code: 'STORE_FAILED',
    });
    await database.query('ALTER TABLE outbox_away RENAME TO outbox');
    expect(await everything()).toEqual(before);
    expect(await rig.takeOutbox()).toEqual([]);
  });

  it('keeps the batches before a failure of the source it reads', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield sections.map((section) => `${JSON.stringify(section)}\n`).join('');
      for (let index = 0; index < 300; index += 1) yield `${JSON.stringify(articleLine(`${index}`))}\n`;
      throw new Error('the disk is gone');
    }
    const dependencies = { database, editions: testEditions, clock: rig.clock };
    await expect(importDocuments(dependencies, broken(), { source: 'cms' })).rejects.toThrow('the disk is gone');
    expect(await database.query('SELECT count(*) FROM articles')).toEqual([{ count: '196' }]);
  });
});
