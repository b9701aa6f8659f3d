import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEntityTier } from '../../src/cache/entity-tier.ts';
import { createResidentCounts } from '../../src/cache/resident-counts.ts';
import type { Instant } from '../../src/clock.ts';
import { idOf, type ArticleId } from '../../src/content/ids.ts';
import { countTagsOf } from '../../src/content/listing-tags.ts';
import { publicView, type ListingQuery, type Viewpoint } from '../../src/content/listing.ts';
import { tagOf } from '../../src/content/tags.ts';
import { createPlan } from '../content/create-plan.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { openStores, type StoresUnderTest } from '../support/stores-under-test.ts';
import { createHandFollower } from './hand-follower.ts';
import { createRelatedArchive } from './related-archive.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const EMBARGO = NOW + 60_000;
const archive = createRelatedArchive(NOW);

const whole: ListingQuery = { edition: 'EN', scope: { of: 'edition' }, filter: {}, order: 'PUBLISHED_DESC' };
const queries: readonly ListingQuery[] = [
  whole,
  { ...whole, scope: { of: 'section', id: idOf.section('EN', 'news') } },
  { ...whole, scope: { of: 'tag', id: idOf.tag('EN', 'a') } },
  { ...whole, filter: { tagSlugs: ['a', 'b'], sectionPaths: ['sport'] } },
  { ...whole, filter: { kinds: ['VIDEO'] } },
  { ...whole, filter: { publishedAfter: NOW - 3_600_000, publishedBefore: NOW - 60_000 } },
  { ...whole, edition: 'AR' },
];

describe('counts that are kept', () => {
  let opened: StoresUnderTest;
  beforeAll(async () => {
    opened = await openStores('postgres');
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.clear();
    await opened.write(archive);
  });

  const open = (pass: () => Promise<void> = async () => undefined) => {
    const { articles: store } = opened.stores;
    let calls = 0;
    const follower = createHandFollower();
    const tier = createEntityTier({ follower, limitBytes: 10_000_000 });
    const counted: typeof store.count = async (...asked) => {
      calls += 1;
      await pass();
      return await store.count(...asked);
    };
    const count = createResidentCounts({ count: counted }, tier, () => true);
    /** What is found, and how many times the store was asked for it. */
    const ask = async (asked: readonly ListingQuery[], now: Instant) => {
      const before = calls;
      const found = await count(asked, publicView(now));
      return { found, calls: calls - before };
    };
    return { store, count, ask, follower, calls: () => calls };
  };

  it('are those of the store, and cost nothing the second time, however a list is ordered', async () => {
    const { store, ask } = open();
    const found = await store.count(queries, publicView(NOW));
    expect(new Set(found.map(({ total }) => total)).size).toBeGreaterThan(4);
    expect(await ask(queries, NOW)).toEqual({ found, calls: 1 });
    expect(await ask(queries.toReversed(), NOW + 1_000)).toEqual({ found: found.toReversed(), calls: 0 });
    const [first] = await store.count([whole], publicView(NOW));
    expect(await ask([{ ...whole, order: 'UPDATED_DESC' }, whole], NOW)).toEqual({ found: [first, first], calls: 0 });
  });

  it('end when something enters or leaves their list, and no other ends then', async () => {
    const { store, ask, follower } = open();
    await ask(queries, NOW);
    await opened.write([{ key: 'new', publishedAt: NOW, sections: ['culture'], tags: ['a'] }]);
    const stale = await ask(queries, NOW);
    expect(stale).toMatchObject({ calls: 0 });
    const told = { ...whole, scope: { of: 'tag', id: idOf.tag('EN', 'a') } } as const;
    const [tag] = countTagsOf(told, publicView(NOW));
    if (tag === undefined) throw new Error('A list has a tag');
    follower.change(tag);
    const [one] = await store.count([told], publicView(NOW));
    expect(await ask([told], NOW)).toEqual({ found: [one], calls: 1 });
    expect(stale.found[2]).not.toEqual(one);
    expect(await ask([{ ...whole, edition: 'AR' }], NOW)).toMatchObject({ calls: 0 });
  });

  it('end at the instant at which their list changes by itself, and do not hold for earlier ones', async () => {
    const { store, ask } = open();
    const [before] = await store.count([whole], publicView(NOW));
    const [after] = await store.count([whole], publicView(EMBARGO));
    expect(before).toMatchObject({ boundaryAt: EMBARGO });
    expect(after?.total).toBeGreaterThan(before?.total ?? 0);
    await ask([whole], NOW);
    expect(await ask([whole], EMBARGO - 1)).toEqual({ found: [before], calls: 0 });
    expect(await ask([whole], EMBARGO)).toEqual({ found: [after], calls: 1 });
    expect(await ask([whole], EMBARGO - 1)).toEqual({ found: [before], calls: 1 });
  });

  it('are of their own instant when the reading of another one is under way', async () => {
    const gate = createGate();
    const waiting: Gate[] = [gate];
    const { store, ask } = open(async () => await waiting.shift()?.pass());
    const first = ask([whole], NOW);
    await gate.reached;
    const second = ask([whole], EMBARGO);
    gate.open();
    expect((await first).found).toEqual(await store.count([whole], publicView(NOW)));
    expect((await second).found).toEqual(await store.count([whole], publicView(EMBARGO)));
  });

  it('end when what they are a list of is purged by hand', async () => {
    const { ask, follower } = open();
    const news: ListingQuery = { ...whole, scope: { of: 'section', id: idOf.section('EN', 'news') } };
    await ask([whole, news], NOW);
    follower.change(tagOf.section(idOf.section('EN', 'news')));
    expect([await ask([whole], NOW), await ask([news], NOW)]).toMatchObject([{ calls: 0 }, { calls: 1 }]);
    follower.change(tagOf.edition('EN'));
    expect(await ask([whole, news], NOW)).toMatchObject({ calls: 1 });
  });

  it('are others where something is hidden, until that changes, and kept too', async () => {
    const { store, count, calls } = open();
    const page = await store.list([{ ...whole, page: { direction: 'forward', limit: 2 } }], publicView(NOW));
    const [one, two] = (page[0]?.articles ?? []).map(({ id }) => id) as [ArticleId, ArticleId];
    const totalsOf = async (without?: readonly ArticleId[]) => {
      const before = calls();
      const [{ total } = { total: null }] = await count([whole], publicView(NOW), without);
      return [total, calls() - before];
    };
    const [all] = (await totalsOf()) as [number, number];
    expect(await totalsOf([one])).toEqual([all - 1, 1]);
    expect(await totalsOf([one])).toEqual([all - 1, 0]);
    expect(await totalsOf([one, two])).toEqual([all - 2, 1]);
    expect(await totalsOf([])).toEqual([all, 0]);
  });

  it('are counted by the store for plans, and of filters that are longer than any page needs', async () => {
    const { store, count, ask, calls } = open();
    const { found } = await ask([whole], NOW);
    const plan: Viewpoint = { now: NOW, plan: createPlan({ embargoed: true }) };
    expect(await count([whole], plan)).toEqual(await store.count([whole], plan));
    expect(calls()).toBe(2);
    expect(await ask([whole], NOW)).toEqual({ found, calls: 0 });
    const tagSlugs = Array.from({ length: 100 }, (_, number) => `a-tag-nobody-has-${number}`);
    const long: ListingQuery = { ...whole, filter: { tagSlugs } };
    const uncounted = { found: [{ total: 0 }], calls: 1 };
    expect([await ask([long], NOW), await ask([long], NOW)]).toMatchObject([uncounted, uncounted]);
  });

  it('are not there when the store fails, and are asked for again', async () => {
    const failure = new Error('The cable is cut');
    const { count, calls } = open(() => Promise.reject(failure));
    for (const time of [1, 2]) {
      await expect(count([whole], publicView(NOW))).rejects.toThrow(failure);
      expect(calls()).toBe(time);
    }
  });
});
