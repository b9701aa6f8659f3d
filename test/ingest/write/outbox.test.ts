import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import {
  articleLine,
  createIngestRig,
  RIG_START,
  sections,
  type IngestRig,
  type OutboxEntry,
} from '../../support/ingest-rig.ts';
import { createTestDatabase } from '../../support/test-database.ts';

let database: Database;
let rig: IngestRig;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
});
beforeEach(async () => {
  await database.query(
    'TRUNCATE sections, tags, authors, articles, memberships, boundaries, addresses, live_streams, outbox',
  );
  rig = createIngestRig(database);
  await rig.run(sections);
  await rig.takeOutbox();
});
afterAll(() => database?.close());

/** What an import of `lines` tells. */
const told = async (...lines: readonly unknown[]): Promise<readonly OutboxEntry[]> => {
  const { bad } = await rig.run(lines);
  expect(bad).toEqual([]);
  return rig.takeOutbox();
};

describe('what a change of an article tells', () => {
  it('tells everything that could have read a new article, or its absence', async () => {
    const lines = articleLine('1', {
      kind: 'OPINION',
      tags: [{ slug: 'talks', name: 'Talks' }],
      authors: [{ slug: 'rana', name: 'Rana' }],
      aliases: ['/old/talks', 'https://news.example/en/older/talks?x=1'],
      translationGroup: 'story:1',
    });
    const [author, tag, published] = await told(lines);
    const [id, politics, news, talks, rana] = await Promise.all(
      ['1', 'news/politics', 'news', 'talks', 'rana'].map((name) => rig.idOf(name)),
    );
    expect(published).toMatchObject({
      kind: 'PUBLISH',
      article_id: id,
      edition: 'EN',
      version: 1,
      occurred_at: new Date(RIG_START),
    });
    expect(new Set(published?.tags)).toEqual(
      new Set([
        `article:${id}`,
        'list:en:all',
        'list:en:kind:OPINION',
        `list:${politics}`,
        `list:${news}`,
        `list:${talks}`,
        `list:${rana}`,
        'search:en',
        'updated:en',
        'group:story:1',
        'slug:en:article:story-1',
        'url:en:news/politics/story-1',
        'url:en:old/talks',
        'url:en:older/talks',
      ]),
    );
    expect([author, tag]).toMatchObject([
      {
        kind: 'TAXONOMY',
        article_id: null,
        version: null,
        tags: [`author:${rana}`, 'list:en:authors', 'slug:en:author:rana', 'url:en:authors/rana'],
      },
      {
        kind: 'TAXONOMY',
        article_id: null,
        version: null,
        tags: [`tag:${talks}`, 'list:en:tags', 'slug:en:tag:talks', 'url:en:tags/talks'],
      },
    ]);
  });

  it('tells the lists an article leaves as well as those it enters', async () => {
    await told(
      articleLine('1', {
        tags: [{ slug: 'a', name: 'A' }],
        authors: [{ slug: 'x', name: 'X' }],
        translationGroup: 'one',
      }),
    );
    const moved = articleLine('1', {
      section: 'world',
      slug: 'renamed',
      kind: 'ANALYSIS',
      tags: [{ slug: 'b', name: 'B' }],
      authors: [{ slug: 'y', name: 'Y' }],
      translationGroup: 'two',
    });
    const change = (await told(moved)).at(-1);
    const ids = await Promise.all(['news', 'news/politics', 'world', 'a', 'b', 'x', 'y'].map((name) => rig.idOf(name)));
    expect(change).toMatchObject({ kind: 'UPDATE', version: 2 });
    expect(change?.tags).toEqual(
      expect.arrayContaining([
        ...ids.map((id) => `list:${id}`),
        'list:en:kind:NEWS',
        'list:en:kind:ANALYSIS',
        'group:one',
        'group:two',
        'slug:en:article:story-1',
        'slug:en:article:renamed',
        'url:en:news/politics/story-1',
        'url:en:world/renamed',
      ]),
    );
  });

  const correction = { text: 'It was Tuesday.', correctedAt: '2026-11-21T08:00:00Z' };
  it.each([
    ['UPDATE', {}, { headline: 'Another' }],
    ['UPDATE', { corrections: [correction] }, {}],
    ['CORRECTION', {}, { corrections: [correction], headline: 'Another' }],
    ['RIGHTS_CHANGE', {}, { rights: { syndication: 'NONE' }, corrections: [correction] }],
    ['RIGHTS_CHANGE', { rights: { embargoedUntil: '2027-01-01T00:00:00Z' } }, {}],
    ['RIGHTS_CHANGE', {}, { rights: { expiresAt: '2026-12-01T00:00:00Z' } }],
    ['KILL', {}, { withdrawnAt: '2026-11-22T00:00:00Z', rights: { syndication: 'NONE' } }],
    ['UPDATE', { withdrawnAt: '2026-11-22T00:00:00Z' }, { withdrawnAt: '2026-11-22T00:00:00Z', headline: 'x' }],
    ['PUBLISH', { withdrawnAt: '2026-11-22T00:00:00Z' }, {}],
  ])('calls it %s when %j becomes %j', async (kind, before, after) => {
    await told(articleLine('1', before));
    expect(await told(articleLine('1', after))).toMatchObject([{ kind, version: 2 }]);
  });

  const [past, future] = ['2026-11-22T00:00:00Z', '2026-11-24T00:00:00Z'];
  it.each([
    ['KILL', 'to be published later', {}, { publishedAt: future }],
    ['KILL', 'to be published later, with other rights', {}, { publishedAt: future, rights: { holder: 'AP' } }],
    ['KILL', 'expired', {}, { rights: { expiresAt: past } }],
    ['KILL', 'expired by now to the instant', {}, { rights: { expiresAt: new Date(RIG_START).toISOString() } }],
    ['RIGHTS_CHANGE', 'under embargo', { headline: 'Old' }, { rights: { embargoedUntil: future } }],
    ['RIGHTS_CHANGE', 'nobody’s to see', {}, { rights: { syndication: 'NONE' } }],
  ])('takes back, as %s, what was to be seen and is now %s', async (kind, _how, before, after) => {
    await told(articleLine('1', before));
    expect(await told(articleLine('1', after))).toMatchObject([{ kind, version: 2 }]);
  });

  it.each([
    ['UPDATE', { publishedAt: future }, { publishedAt: '2026-11-25T00:00:00Z' }],
    ['UPDATE', { publishedAt: future }, {}],
    ['UPDATE', {}, { publishedAt: past }],
    ['RIGHTS_CHANGE', { rights: { embargoedUntil: future } }, { rights: { embargoedUntil: future, expiresAt: past } }],
    ['UPDATE', { rights: { syndication: 'NONE' } }, { rights: { syndication: 'NONE' }, publishedAt: future }],
  ])('calls it %s when what nobody saw, or all still see, goes from %j to %j', async (kind, before, after) => {
    await told(articleLine('1', before));
    expect(await told(articleLine('1', after))).toMatchObject([{ kind, version: 2 }]);
  });

  it('takes back what has come to be seen since it was imported', async () => {
    await told(articleLine('1', { publishedAt: future }));
    rig.clock.wind(2 * 86_400_000);
    expect(await told(articleLine('1', { publishedAt: '2026-11-30T00:00:00Z' }))).toMatchObject([{ kind: 'KILL' }]);
  });

  it('calls it KILL when an article arrives that has been taken down', async () => {
    expect(await told(articleLine('1', { withdrawnAt: '2026-11-22T00:00:00Z' }))).toMatchObject([
      { kind: 'KILL', version: 1 },
    ]);
  });

  it('tells once per change, in order, when an article changes twice in one batch', async () => {
    const changes = await told(
      articleLine('1'),
      articleLine('1', { section: 'world' }),
      articleLine('1', { section: 'news/economy' }),
    );
    const world = await rig.idOf('world');
    expect(changes.map(({ kind, version }) => [kind, version])).toEqual([
      ['PUBLISH', 1],
      ['UPDATE', 2],
      ['UPDATE', 3],
    ]);
    expect(changes.map(({ tags }) => tags.includes(`list:${world}`))).toEqual([false, true, true]);
  });
});

describe('what a change of taxonomy tells', () => {
  it('tells a section, its edition and the versions of it elsewhere', async () => {
    const line = {
      type: 'section',
      edition: 'en',
      path: 'world',
      name: 'The world',
      translationGroup: 'section:world',
    };
    expect(await told(line)).toMatchObject([
      {
        kind: 'TAXONOMY',
        edition: 'EN',
        tags: [`section:${await rig.idOf('world')}`, 'edition:en', 'url:en:world', 'group:section:world'],
      },
    ]);
    expect(await told({ ...line, translationGroup: undefined })).toMatchObject([
      { tags: expect.arrayContaining(['group:section:world']) as string[] },
    ]);
  });

  it('tells an edition whose live stream changes', async () => {
    const line = { type: 'live', edition: 'es', title: 'En vivo', url: 'https://live.example/' };
    expect(await told(line)).toMatchObject([{ kind: 'TAXONOMY', edition: 'ES', tags: ['edition:es'] }]);
    expect(await told(line)).toEqual([]);
    expect(await told({ ...line, endedAt: '2026-11-23T10:00:00Z' })).toHaveLength(1);
  });

  it('tells search when a tag is renamed', async () => {
    const [made] = await told({ type: 'tag', edition: 'en', slug: 'x', name: 'X' });
    const [renamed] = await told({ type: 'tag', edition: 'en', slug: 'x', name: 'Y' });
    expect([made?.tags.includes('search:en'), renamed?.tags.includes('search:en')]).toEqual([false, true]);
  });
});

it('wakes the relay once a batch is committed', async () => {
  const heard = Promise.withResolvers<void>();
  const stop = await database.listen('outbox', () => heard.resolve());
  await rig.run([articleLine('1')]);
  await heard.promise;
  await stop();
  expect(await rig.takeOutbox()).toHaveLength(1);
});
