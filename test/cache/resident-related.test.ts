import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntityTier } from '../../src/cache/entity-tier.ts';
import { createResidentStores } from '../../src/cache/resident-stores.ts';
import type { Instant } from '../../src/clock.ts';
import { idOf } from '../../src/content/ids.ts';
import { publicView } from '../../src/content/listing.ts';
import { tagOf } from '../../src/content/tags.ts';
import { relatedTo } from '../../src/content/weigh-related.ts';
import type { Database } from '../../src/database/database.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { createPlan } from '../content/create-plan.ts';
import { articleId, writeArticles } from '../support/content-rows.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createHandFollower } from './hand-follower.ts';
import { createRelatedArchive, TAGS } from './related-archive.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const archive = createRelatedArchive(NOW);

describe('related articles out of lists that are kept', () => {
  let database: Database;
  const open = ({ failure, pass }: { readonly failure?: Error; readonly pass?: () => Promise<void> } = {}) => {
    let statements = 0;
    const stores = createPostgresStores({
      query: async (...asked) => {
        statements += 1;
        if (failure !== undefined) throw failure;
        await pass?.();
        return await database.query(...asked);
      },
    });
    const follower = createHandFollower();
    const tier = createEntityTier({ follower, limitBytes: 10_000_000 });
    const told = { articles: () => true, taxonomy: () => true };
    const { articles } = createResidentStores({ ...stores, told }, tier);
    return { store: stores.articles, articles, follower, statements: () => statements };
  };
  const idsOf = async (store: ReturnType<typeof open>['store'], keys: readonly string[], now: Instant, limit = 4) => {
    const subjects = await store.byIds(keys.map((key) => articleId(key)));
    const pages = await store.related(
      subjects.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((subject) => relatedTo(subject, limit)),
      publicView(now),
    );
    return pages.map(({ articles }) => articles.map(({ id }) => id));
  };

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    await writeArticles(database, archive);
    await database.query('ANALYZE');
  });
  afterAll(() => database.close());

  it('are those that the store weighs, of any article and for any number', async () => {
    const { store, articles } = open();
    const keys = archive.flatMap(({ key }, place) => (place % 4 === 0 ? [key] : []));
    for (const limit of [1, 4, 9, 60, 100]) {
      const weighed = await idsOf(store, keys, NOW, limit);
      expect(await idsOf(articles, keys, NOW, limit)).toEqual(weighed);
      expect(new Set(weighed.flat()).size).toBeGreaterThan(limit);
    }
  });

  it('cost no statement while the lists are young, and one for all lists after that', async () => {
    const { articles, statements } = open();
    await idsOf(articles, ['n1', 'n2'], NOW);
    const [first] = await articles.byIds([articleId('n1')]);
    if (first === undefined) throw new Error('It was written');
    const ask = async (now: Instant) => {
      const before = statements();
      await articles.related([relatedTo(first, 4)], publicView(now));
      return statements() - before;
    };
    expect(await ask(NOW)).toBe(0);
    expect(await ask(NOW + 49_999)).toBe(0);
    expect(await ask(NOW - 49_999)).toBe(0);
    expect(await ask(NOW + 59_999)).toBe(1);
    expect(await ask(NOW + 59_999)).toBe(0);
  });

  it('cost no statement for another number of them where lists for a larger one are kept', async () => {
    const { articles, statements } = open();
    const ask = async (limit: number) => {
      const before = statements();
      const subjects = await articles.byIds([articleId('n1')]);
      await articles.related(
        subjects.map((subject) => relatedTo(subject, limit)),
        publicView(NOW),
      );
      return statements() - before;
    };
    await ask(100);
    await ask(4);
    expect([await ask(1), await ask(2), await ask(3), await ask(50), await ask(99)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('take the place of lists that have grown old, whatever changes and is asked for while they are read', async () => {
    const gates = [createGate(), createGate()] as const;
    const waiting: Gate[] = [];
    const { store, articles, follower, statements } = open({ pass: async () => await waiting.shift()?.pass() });
    const requests = (await store.byIds([articleId('n1')])).map((subject) => relatedTo(subject, 4));
    const ask = (now: Instant) => articles.related(requests, publicView(now));
    await ask(NOW);
    waiting.push(...gates);
    const first = ask(NOW + 59_999);
    follower.change(tagOf.article(articleId('another')));
    const second = ask(NOW + 59_999);
    gates[0].open();
    await first;
    follower.change(tagOf.article(articleId('another')));
    const before = statements();
    await ask(NOW + 59_999);
    expect(statements()).toBe(before);
    gates[1].open();
    await second;
  });

  it('are of the edition of the article, whatever stands in its lists', async () => {
    const { store, articles } = open();
    await writeArticles(database, [{ key: 'stranger', edition: 'ES', publishedAt: NOW }]);
    const tags = TAGS.map((tag) => idOf.tag('EN', tag));
    await database.query('UPDATE articles SET tag_ids = $2 WHERE id = $1', [articleId('stranger', 'ES'), tags]);
    await database.query(
      `INSERT INTO memberships (target, article_id, kind, published_at, updated_at, is_plain)
       SELECT t.target, a.id, a.kind, a.published_at, a.updated_at, true FROM articles a, unnest($2::text[]) AS t (target) WHERE a.id = $1`,
      [articleId('stranger', 'ES'), tags],
    );
    expect(await idsOf(articles, ['n3', 'n8'], NOW, 60)).toEqual(await idsOf(store, ['n3', 'n8'], NOW, 60));
    await database.query('DELETE FROM articles WHERE id = $1', [articleId('stranger', 'ES')]);
  });

  it('are chosen anew when one of them may not be seen any longer', async () => {
    const { store, articles, follower } = open();
    const [[best]] = (await idsOf(articles, ['n5'], NOW)) as [[ReturnType<typeof articleId>]];
    await database.query('UPDATE articles SET withdrawn_at = $2 WHERE id = $1', [best, new Date(NOW)]);
    follower.change(tagOf.article(best));
    const [left] = await idsOf(articles, ['n5'], NOW);
    expect(left).toHaveLength(4);
    expect(left).not.toContain(best);
    expect([left]).toEqual(await idsOf(store, ['n5'], NOW));
    await database.query('UPDATE articles SET withdrawn_at = NULL WHERE id = $1', [best]);
  });

  it('are not there when the store fails, and are asked for again', async () => {
    const failure = new Error('The cable is cut');
    const { articles, statements } = open({ failure });
    const request = {
      id: articleId('n1'),
      edition: 'EN',
      tagIds: [idOf.tag('EN', 'a')],
      sectionId: null,
      limit: 4,
    } as const;
    for (const time of [1, 2]) {
      await expect(articles.related([request], publicView(NOW))).rejects.toThrow(failure);
      expect(statements()).toBe(time);
    }
  });

  it('are weighed by the store for whoever holds a plan', async () => {
    const { store, articles } = open();
    const subjects = (await store.byIds([articleId('n7')])).map((subject) => relatedTo(subject, 20));
    const view = { now: NOW, plan: createPlan({ embargoed: true }) };
    const [kept] = await articles.related(subjects, publicView(NOW));
    const [given] = await articles.related(subjects, view);
    expect([given]).toEqual(await store.related(subjects, view));
    expect(given).not.toEqual(kept);
    expect(await articles.related(subjects, publicView(NOW))).toEqual([kept]);
  });

  it('are those that the store weighs of what came within one millisecond', async () => {
    const { store, articles } = open();
    const parts = "(hashtext(id) % 900) * interval '1 microsecond'";
    await database.query(`UPDATE articles SET published_at = published_at + ${parts}`);
    await database.query(
      'UPDATE memberships m SET published_at = a.published_at FROM articles a WHERE a.id = m.article_id',
    );
    const keys = archive.map(({ key }) => key);
    expect(await idsOf(articles, keys, NOW, 20)).toEqual(await idsOf(store, keys, NOW, 20));
  });
});
