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

type Fields = Readonly<Record<string, unknown>>;

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
    const short = (one: string | undefined): string => `${one?.[0]}${one?.slice(-10)}`;
    const [p, n, t, r] = [politics, news, talks, rana].map(short);
    const joint = [`${p}+${t}`, `${n}+${t}`, `${p}+${r}`, `${n}+${r}`, `${t}+${r}`, `${p}+${t}+${r}`, `${n}+${t}+${r}`];
    const lists = [politics, news, talks, rana].map((one) => `list:${one}`);
    expect(new Set(published?.tags)).toEqual(
      new Set([
        `article:${id}`,
        'list:en:all',
        'list:en:kind:OPINION',
        'list:en:archive',
        ...[...lists, ...joint.map((one) => `list:en:${one}`)].flatMap((one) => [one, `${one}:OPINION`]),
        ...['search', 'updated'].flatMap((moving) =>
          ['en', 'en:kind:OPINION', politics, news, talks, rana].map((one) => `${moving}:${one}`),
        ),
        'group:en:story:1',
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
        tags: [`author:${rana}`, 'slug:en:author:rana', 'list:en:authors'],
      },
      {
        kind: 'TAXONOMY',
        article_id: null,
        version: null,
        tags: [`tag:${talks}`, 'slug:en:tag:talks', 'list:en:tags'],
      },
    ]);
  });

  it('tells the lists an article leaves as well as those it enters, and none it stays in', async () => {
    const [a, stays] = [
      { slug: 'a', name: 'A' },
      { slug: 'stays', name: 'Stays' },
    ];
    await told(articleLine('1', { tags: [a, stays], authors: [{ slug: 'x', name: 'X' }], translationGroup: 'one' }));
    const moved = articleLine('1', {
      section: 'news/economy',
      slug: 'renamed',
      kind: 'ANALYSIS',
      tags: [{ slug: 'b', name: 'B' }, stays],
      authors: [{ slug: 'y', name: 'Y' }],
      translationGroup: 'two',
    });
    const change = (await told(moved)).at(-1);
    const idsOf = (...names: readonly string[]) => Promise.all(names.map((name) => rig.idOf(name)));
    expect(change).toMatchObject({ kind: 'UPDATE', version: 2 });
    expect(change?.tags).toEqual(
      expect.arrayContaining([
        ...(await idsOf('news/politics', 'news/economy', 'a', 'b', 'x', 'y')).map((id) => `list:${id}`),
        ...(await idsOf('news', 'stays')).flatMap((id) => [`list:${id}:NEWS`, `list:${id}:ANALYSIS`]),
        'list:en:kind:NEWS',
        'list:en:kind:ANALYSIS',
        'group:en:one',
        'group:en:two',
        'slug:en:article:story-1',
        'slug:en:article:renamed',
        'url:en:news/politics/story-1',
        'url:en:news/economy/renamed',
      ]),
    );
    expect(change?.tags).not.toEqual(
      expect.arrayContaining(['list:en:all', ...(await idsOf('news', 'stays')).map((id) => `list:${id}`)]),
    );
    expect(change?.tags).not.toContain('list:en:all');
  });

  const LISTED = /^(?:list|group|slug|url|edition|section|tag|author)/;
  it.each<[string, Fields, Fields, readonly RegExp[]]>([
    ['a headline', {}, { headline: 'Another' }, [/^article:/, /^updated:/, /^search:/]],
    ['the body', {}, { html: '<p>Other words.</p>' }, [/^article:/, /^updated:/, /^search:/]],
    ['a link in the body', {}, { html: '<p>Words of <a href="/x">the story</a>.</p>' }, [/^article:/, /^updated:/]],
    ['a byline', {}, { byline: 'Rana' }, [/^article:/, /^updated:/]],
    [
      'a correction',
      {},
      { corrections: [{ text: 'x', correctedAt: '2026-11-21T08:00:00Z' }] },
      [/^article:/, /^updated:/],
    ],
    [
      'nothing but its update',
      { updatedAt: '2026-11-21T08:00:00Z' },
      { updatedAt: '2026-11-21T08:00:00Z', byline: 'R' },
      [/^article:/],
    ],
    ['its holder', {}, { rights: { holder: 'AP' } }, [/^article:/, /^updated:/]],
    ['how it is passed on', {}, { rights: { syndication: 'EXCERPT' } }, [/^article:/, /^updated:/, /^search:/]],
    [
      'the words of what is seen early by some',
      { rights: { embargoedUntil: '2026-11-24T00:00:00Z' } },
      { rights: { embargoedUntil: '2026-11-24T00:00:00Z' }, headline: 'x' },
      [/^article:/, /^updated:/, /^search:/],
    ],
    [
      'the words of what nobody sees yet',
      { publishedAt: '2026-11-24T00:00:00Z' },
      { publishedAt: '2026-11-24T00:00:00Z', headline: 'x' },
      [/^article:/],
    ],
    [
      'the words of what is withdrawn',
      { withdrawnAt: '2026-11-21T08:00:00Z' },
      { withdrawnAt: '2026-11-21T08:00:00Z', headline: 'x' },
      [/^article:/],
    ],
  ])('tells no list, address or group when %s changes', async (_what, before, after, forms) => {
    await told(articleLine('1', { translationGroup: 'g', ...before }));
    const [change] = await told(articleLine('1', { translationGroup: 'g', ...after }));
    const tags = change?.tags ?? [];
    expect(tags.filter((tag) => LISTED.test(tag))).toEqual([]);
    expect(forms.filter((form) => !tags.some((tag) => form.test(tag)))).toEqual([]);
    expect(tags.filter((tag) => !forms.some((form) => form.test(tag)))).toEqual([]);
  });

  it.each<[string, Fields, Fields]>([
    ['is re-dated', {}, { publishedAt: '2026-11-21T08:00:00Z' }],
    ['is withdrawn', {}, { withdrawnAt: '2026-11-22T00:00:00Z' }],
    ['comes back', { withdrawnAt: '2026-11-22T00:00:00Z' }, {}],
    ['is put under embargo', {}, { rights: { embargoedUntil: '2026-11-24T00:00:00Z' } }],
    [
      'has its embargo moved',
      { rights: { embargoedUntil: '2026-11-25T00:00:00Z' } },
      { rights: { embargoedUntil: '2026-11-24T00:00:00Z' } },
    ],
    ['will expire', {}, { rights: { expiresAt: '2026-12-01T00:00:00Z' } }],
    ['is nobody’s to see', {}, { rights: { syndication: 'NONE' } }],
  ])('tells every list it stands in, and search, when it %s', async (_what, before, after) => {
    await told(articleLine('1', before));
    const [change] = await told(articleLine('1', after));
    const politics = await rig.idOf('news/politics');
    expect(change?.tags).toEqual(
      expect.arrayContaining(['list:en:all', `list:${politics}`, `list:${politics}:NEWS`, 'search:en']),
    );
  });

  const soon = '2026-11-23T10:00:00Z';
  it.each<[string, Fields, Fields, boolean]>([
    ['becomes breaking', {}, { breaking: true }, true],
    ['ceases to be', { breaking: true }, {}, true],
    ['ceases at another time', { breaking: true, breakingUntil: soon }, { breaking: true }, true],
    ['stays breaking, corrected', { breaking: true }, { breaking: true, headline: 'x' }, false],
    ['is calm, whatever its end was', {}, { breakingUntil: soon }, false],
  ])('tells lists of breaking news alone when it %s', async (_what, before, after, isTold) => {
    await told(articleLine('1', before));
    const [change] = await told(articleLine('1', after));
    const lists = (change?.tags ?? []).filter((tag) => tag.startsWith('list:') && tag !== 'list:en:archive');
    expect(lists.length > 0).toBe(isTold);
    expect(lists.filter((tag) => !tag.endsWith(':breaking'))).toEqual([]);
  });

  it('tells joint lists by one name when it stands in too many to name them', async () => {
    const many = (word: string) =>
      Array.from({ length: 12 }, (_, n) => ({ slug: `${word}${n}`, name: `${word} ${n}` }));
    const line = articleLine('1', { tags: many('tag'), authors: many('author') });
    const change = (await told(line)).at(-1);
    expect(change?.tags).toContain('list:en:wide');
    expect(change?.tags.length).toBeLessThan(150);
    const tag0 = await rig.idOf('tag0');
    const [retagged] = (await told({ ...line, tags: many('tag').slice(1) })).toReversed();
    expect(retagged?.tags.filter((tag) => tag.startsWith('list:')).toSorted()).toEqual(
      ['list:en:archive', 'list:en:wide', ...['', ':NEWS'].map((of) => `list:${tag0}${of}`)].toSorted(),
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
  const world = { type: 'section', edition: 'en', path: 'world', name: 'World' };
  it.each<[string, object, boolean]>([
    ['its name', { name: 'The world' }, false],
    ['its description', { description: 'All of it' }, false],
    ['its place', { position: 3 }, true],
    ['its counterparts', { translationGroup: 'section:world' }, true],
  ])('tells a section by %s, and its edition when the tree has changed', async (_, fields, isTree) => {
    const [change] = await told({ ...world, ...fields });
    expect(change).toMatchObject({ kind: 'TAXONOMY', edition: 'EN' });
    expect(change?.tags).toEqual([`section:${await rig.idOf('world')}`, ...(isTree ? ['edition:en'] : [])]);
  });

  it('tells a new section and its edition', async () => {
    const [change] = await told({ ...world, path: 'world/asia' });
    expect(change?.tags).toEqual([`section:${await rig.idOf('world/asia')}`, 'edition:en']);
  });

  it('tells a live stream, and nothing else of its edition', async () => {
    const line = { type: 'live', edition: 'es', title: 'En vivo', url: 'https://live.example/' };
    expect(await told(line)).toMatchObject([{ kind: 'TAXONOMY', edition: 'ES', tags: ['live:es'] }]);
    expect(await told(line)).toEqual([]);
    expect(await told({ ...line, endedAt: '2026-11-23T10:00:00Z' })).toHaveLength(1);
  });

  it('tells no list of authors when none is renamed', async () => {
    const line = { type: 'author', edition: 'en', slug: 'rana', name: 'Rana' };
    await told(line);
    const [rewritten] = await told({ ...line, bio: 'She writes.' });
    expect(rewritten?.tags).toEqual([`author:${await rig.idOf('rana')}`]);
    const [renamed] = await told({ ...line, bio: 'She writes.', name: 'Rana S.' });
    expect(renamed?.tags).toEqual([`author:${await rig.idOf('rana')}`, 'list:en:authors']);
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
