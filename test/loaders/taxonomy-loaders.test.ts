import { describe, expect, it } from 'vitest';
import type { Author, Section, Tag } from '../../src/content/entities.ts';
import { idOf } from '../../src/content/ids.ts';
import { createHandLoaders, createHandStores, type Call, type HandStores } from './hand-stores.ts';

const setUp = ({ taxonomy = {}, engagement = {} }: HandStores) => {
  const calls: Call[] = [];
  const stores = createHandStores({ taxonomy, engagement }, calls);
  return { ...createHandLoaders(() => stores, { now: 1_000 }), calls };
};
const tag = (slug: string, rest: Partial<Tag> = {}): Tag => {
  const edition = rest.edition ?? 'EN';
  return { id: idOf.tag(edition, slug), edition, slug, name: slug, translationGroup: null, ...rest };
};
const author = (slug: string): Author => ({
  id: idOf.author('EN', slug),
  edition: 'EN',
  kind: 'PERSON',
  slug,
  name: slug,
  role: null,
  bio: null,
  avatar: null,
  translationGroup: null,
});
const section = (path: string, rest: Partial<Section> = {}): Section => {
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null;
  return {
    id: idOf.section('EN', path),
    edition: 'EN',
    kind: 'TOPIC',
    slug: path.split('/').at(-1) ?? path,
    path,
    name: path,
    description: null,
    parentId: parent === null ? null : idOf.section('EN', parent),
    position: 0,
    translationGroup: null,
    ...rest,
  };
};

describe('tags', () => {
  const [moscow, beirut] = [tag('moscow'), tag('beirut', { translationGroup: 'g' })];

  it('are loaded by id in one call, and recorded, missing ones too', async () => {
    const { loaders, calls, tags } = setUp({ taxonomy: { tagsByIds: async () => [beirut, moscow] } });
    const unknown = idOf.tag('EN', 'unknown');
    expect(await loaders.tags.byId.loadMany([moscow.id, unknown, beirut.id])).toEqual([moscow, null, beirut]);
    expect(calls).toEqual([['taxonomy.tagsByIds', 3]]);
    expect(tags()).toEqual([`tag:${moscow.id}`, `tag:${unknown}`, `tag:${beirut.id}`].toSorted());
  });

  it('are loaded by slug in their edition, and record the slug and what stands there', async () => {
    const { loaders, tags } = setUp({ taxonomy: { tagsBySlugs: async () => [moscow] } });
    const keys = [
      { edition: 'EN', slug: 'moscow' },
      { edition: 'AR', slug: 'moscow' },
    ] as const;
    expect(await loaders.tags.bySlug.loadMany(keys)).toEqual([moscow, null]);
    expect(tags()).toEqual(['slug:ar:tag:moscow', 'slug:en:tag:moscow', `tag:${moscow.id}`].toSorted());
  });

  it('are loaded by translation group', async () => {
    const { loaders, tags, calls } = setUp({
      taxonomy: { tagsByTranslationGroups: async () => [beirut, tag('other', { translationGroup: 'h' })] },
    });
    const keys = [
      { edition: 'EN', group: 'g' },
      { edition: 'ES', group: 'g' },
    ] as const;
    expect(await loaders.tags.byGroup.loadMany(keys)).toEqual([beirut, null]);
    expect(calls).toEqual([['taxonomy.tagsByTranslationGroups', 1]]);
    expect(tags()).toEqual(['group:en:g', 'group:es:g', `tag:${beirut.id}`]);
  });

  it('are the first by id where an edition has several of one translation group, whichever comes first', async () => {
    const several = ['kyiv', 'kiev', 'kiew']
      .map((slug) => tag(slug, { translationGroup: 'g' }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const found of [several, several.toReversed()]) {
      const { loaders, tags } = setUp({ taxonomy: { tagsByTranslationGroups: async () => found } });
      expect(await loaders.tags.byGroup.load({ edition: 'EN', group: 'g' })).toEqual(several[0]);
      expect(tags()).toEqual(['group:en:g', `tag:${several[0]?.id}`]);
    }
  });

  it('are listed, and record the list and what stands in it', async () => {
    const { loaders, tags } = setUp({ taxonomy: { listTags: async () => [{ entities: [beirut], hasMore: false }] } });
    expect(await loaders.tags.page.load({ edition: 'EN', limit: 5 })).toEqual({ entities: [beirut], hasMore: false });
    expect(tags()).toEqual(['list:en:tags', `tag:${beirut.id}`]);
  });
});

describe('authors', () => {
  const salma = author('salma');

  it('are kept apart from tags: by id, slug, group and list', async () => {
    const { loaders, tags, calls } = setUp({
      taxonomy: {
        authorsByIds: async () => [salma],
        authorsBySlugs: async () => [salma],
        authorsByTranslationGroups: async () => [],
        listAuthors: async () => [{ entities: [salma], hasMore: false }],
      },
    });
    expect(await loaders.authors.byId.load(salma.id)).toEqual(salma);
    expect(await loaders.authors.bySlug.load({ edition: 'EN', slug: 'salma' })).toEqual(salma);
    expect(await loaders.authors.byGroup.load({ edition: 'EN', group: 'g' })).toBe(null);
    expect((await loaders.authors.page.load({ edition: 'EN', limit: 5 })).entities).toEqual([salma]);
    expect(calls).toHaveLength(4);
    expect(tags()).toEqual([`author:${salma.id}`, 'group:en:g', 'list:en:authors', 'slug:en:author:salma'].toSorted());
  });
});

describe('sectionTree', () => {
  const [news, politics, economy, sports] = [
    section('news', { position: 1 }),
    section('news/politics', { position: 2, translationGroup: 'g' }),
    section('news/economy', { position: 1 }),
    section('sports', { position: 1 }),
  ];
  const load = async (sections: readonly Section[] = [politics, sports, economy, news]) => {
    const { loaders, tags, calls } = setUp({ taxonomy: { sections: async () => sections } });
    return { tree: await loaders.sectionTree.load('EN'), tags, calls, loaders };
  };

  it('is read whole once, for every edition that is asked for in one call', async () => {
    const { loaders, calls } = await load();
    await loaders.sectionTree.load('EN');
    expect(calls).toEqual([['taxonomy.sections', 1]]);
  });

  it('records nothing until it is asked something', async () => {
    const { tags } = await load();
    expect(tags()).toEqual([]);
  });

  it('gives top level and children in display order, ties by path, and rests on the tree’s shape', async () => {
    const { tree, tags } = await load();
    expect(tree.top()).toEqual([news, sports]);
    expect(tree.childrenOf(news.id)).toEqual([economy, politics]);
    expect(tree.childrenOf(sports.id)).toEqual([]);
    expect(tags()).toEqual(
      ['edition:en', ...[news, sports, economy, politics].map(({ id }) => `section:${id}`)].toSorted(),
    );
  });

  it('finds a section by id, resting on that section alone, missing or not', async () => {
    const { tree, tags } = await load();
    const unknown = idOf.section('EN', 'unknown');
    expect([tree.byId(news.id), tree.byId(unknown)]).toEqual([news, null]);
    expect(tags()).toEqual([`section:${news.id}`, `section:${unknown}`].toSorted());
  });

  it('finds a section by path and by group, resting on the shape even when there is none', async () => {
    const { tree, tags } = await load();
    expect([tree.byPath('news/politics'), tree.byTranslationGroup('g')]).toEqual([politics, politics]);
    expect(tags()).toEqual(['edition:en', `section:${politics.id}`]);
    const missing = await load([]);
    expect([missing.tree.byPath('news'), missing.tree.byTranslationGroup('g')]).toEqual([null, null]);
    expect(missing.tags()).toEqual(['edition:en']);
  });

  it('gives ancestors from the top down, and records them', async () => {
    const deep = section('news/politics/europe');
    const { tree, tags } = await load([deep, politics, news]);
    expect(tree.ancestorsOf(deep)).toEqual([news, politics]);
    expect(tree.ancestorsOf(news)).toEqual([]);
    expect(tags()).toEqual([`section:${news.id}`, `section:${politics.id}`].toSorted());
  });

  it('ends at a parent that is not there, and in a circle', async () => {
    const orphan = section('lost/child');
    expect((await load([orphan])).tree.ancestorsOf(orphan)).toEqual([]);
    const a = section('a', { parentId: idOf.section('EN', 'b') });
    const b = section('b', { parentId: a.id });
    const { tree } = await load([a, b]);
    expect(tree.ancestorsOf(a).length).toBeLessThanOrEqual(2);
  });
});

describe('liveStream', () => {
  it('records the stream of the edition, on air or not', async () => {
    const stream = { edition: 'EN', title: 'Live', url: 'https://x.example', startedAt: 1, endedAt: null } as const;
    const { loaders, tags, calls } = setUp({ taxonomy: { liveStreams: async () => [stream] } });
    expect(await loaders.liveStream.loadMany(['AR', 'EN'])).toEqual([null, stream]);
    expect(tags()).toEqual(['live:ar', 'live:en']);
    expect(calls).toEqual([['taxonomy.liveStreams', 2]]);
  });
});

describe('engagement', () => {
  it('reads counters and rankings of one turn in one call each, as of one instant, and records nothing', async () => {
    const instants: number[] = [];
    const id = idOf.article('EN', 'test', 'a');
    const { loaders, tags, calls } = setUp({
      engagement: {
        counts: async (requests, now) => {
          instants.push(now);
          return requests.map(({ kind }) => (kind === 'VIEW' ? 5 : 0));
        },
        rankings: async (requests, now) => {
          instants.push(now);
          return requests.map(() => [id]);
        },
      },
    });
    const count = { id, kind: 'VIEW', window: 'DAY' } as const;
    expect(
      await loaders.engagement.count.loadMany([
        count,
        { ...count },
        { ...count, window: null },
        { ...count, kind: 'SHARE' },
      ]),
    ).toEqual([5, 5, 5, 0].map((value) => ({ value, readAt: 1_000 })));
    expect(
      await loaders.engagement.ranking.loadMany([
        { by: 'trending', edition: 'EN', limit: 5 },
        { by: 'mostRead', edition: 'EN', limit: 5, window: 'DAY' },
      ]),
    ).toEqual([[id], [id]]);
    expect(calls).toEqual([
      ['engagement.counts', 3],
      ['engagement.rankings', 2],
    ]);
    expect(instants).toEqual([1_000, 1_000]);
    expect(tags()).toEqual([]);
  });
});
