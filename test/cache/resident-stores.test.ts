import { describe, expect, it } from 'vitest';
import { createEntityTier } from '../../src/cache/entity-tier.ts';
import { createResidentStores, keepInTier } from '../../src/cache/resident-stores.ts';
import { EDITION_CODES, type EditionCode } from '../../src/content/edition.ts';
import { idOf } from '../../src/content/ids.ts';
import type { Viewpoint } from '../../src/content/listing.ts';
import { tagOf, type CacheTag } from '../../src/content/tags.ts';
import { createPostgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../src/stores/stores.ts';
import { articleStoreContract } from '../contracts/article-store.ts';
import { taxonomyStoreContract } from '../contracts/taxonomy-store.ts';
import { articleId, writeNamed, writeSection, type ArticleRows } from '../support/content-rows.ts';
import { openStores } from '../support/stores-under-test.ts';
import { createHandFollower } from './hand-follower.ts';

const TOLD = { articles: () => true, taxonomy: () => true };

/** What nobody may change: it is given to everyone who asks. */
const freeze = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
};

/** Methods that give the same out of memory as out of the store: each is called twice. */
const BY_NAME: ReadonlySet<string> = new Set(
  `byIds bodies byAddresses byTranslationGroups sections liveStreams tagsByIds tagsBySlugs tagsByTranslationGroups
   authorsByIds authorsBySlugs authorsByTranslationGroups`.split(/\s+/),
);

/** For whoever holds a plan its store weighs and counts, each time. */
const isKeptForAll = (name: string, [, view]: readonly unknown[]): boolean =>
  (name === 'related' || name === 'count') && (view as Viewpoint).plan === null;

const twice = <Methods extends object>(methods: Methods, calls: () => number): Methods =>
  Object.fromEntries(
    (Object.entries(methods) as [string, (...parameters: unknown[]) => Promise<unknown>][]).map(([name, method]) => [
      name,
      async (...parameters: unknown[]) => {
        const found = freeze(await method(...parameters));
        if (!BY_NAME.has(name) && !isKeptForAll(name, parameters)) return found;
        const before = calls();
        const again = await method(...parameters);
        expect([again, calls() - before]).toEqual([found, 0]);
        return again;
      },
    ]),
  ) as Methods;

const namedTags = (of: 'tags' | 'authors', edition: EditionCode, slug: string): readonly CacheTag[] =>
  of === 'tags'
    ? [tagOf.tag(idOf.tag(edition, slug)), tagOf.slug(edition, 'tag', slug)]
    : [tagOf.author(idOf.author(edition, slug)), tagOf.slug(edition, 'author', slug)];

/** What an import of the article tells of it. */
const tagsOf = ({
  key,
  edition = 'EN',
  slug = key,
  sections = ['news'],
  ...rest
}: ArticleRows): readonly CacheTag[] => [
  tagOf.article(articleId(key, edition)),
  tagOf.slug(edition, 'article', slug),
  tagOf.url(edition, `${sections[0]}/${slug}`),
  tagOf.edition(edition),
  ...(rest.tags ?? []).flatMap((tag) => namedTags('tags', edition, tag)),
  ...(rest.authors ?? []).flatMap((author) => namedTags('authors', edition, author)),
  ...(rest.translationGroup ? [tagOf.group(edition, rest.translationGroup)] : []),
];

const openResident = async () => {
  const opened = await openStores('postgres');
  const follower = createHandFollower();
  const tier = createEntityTier({ follower, limitBytes: 10_000_000 });
  const stores = createResidentStores({ ...opened.stores, told: TOLD }, tier);
  let logs = 0;
  return {
    ...opened,
    follower,
    articles: twice(stores.articles, opened.calls),
    taxonomy: twice(stores.taxonomy, opened.calls),
    write: async (articles: readonly ArticleRows[]) => {
      await opened.write(articles);
      follower.change(...articles.flatMap(tagsOf));
    },
    clear: async () => {
      await opened.clear();
      logs += 1;
      follower.joinEpoch(`cleared-${logs}`, 0);
    },
  };
};

describe('createResidentStores, over stores whose changes are told', () => {
  articleStoreContract(async () => {
    const opened = await openResident();
    return { ...opened, store: opened.articles };
  });

  taxonomyStoreContract(async () => {
    const opened = await openResident();
    const { database, follower } = opened;
    return {
      ...opened,
      store: opened.taxonomy,
      async writeSection(section) {
        await writeSection(database, section);
        follower.change(tagOf.edition(section.edition ?? 'EN'));
      },
      async writeNamed(of, rows) {
        await writeNamed(database, of, rows);
        for (const { edition = 'EN', slug, translationGroup } of rows)
          follower.change(
            ...namedTags(of, edition, slug),
            ...(translationGroup ? [tagOf.group(edition, translationGroup)] : []),
          );
      },
      async rename(of, id, name) {
        await database.query(`UPDATE ${of} SET name = $2 WHERE id = $1`, [id, name]);
        follower.change(of === 'tags' ? tagOf.tag(id as never) : tagOf.author(id as never));
      },
      async writeLiveStream({ edition, startedAt, endedAt }) {
        await database.query(
          `INSERT INTO live_streams (edition, title, url, started_at, ended_at) VALUES ($1, $2, $3, $4, $5)`,
          [
            edition,
            `Live ${edition}`,
            `https://live.example/${edition.toLowerCase()}`,
            startedAt === null ? null : new Date(startedAt),
            endedAt === null ? null : new Date(endedAt),
          ],
        );
        follower.change(tagOf.live(edition));
      },
    };
  });
});

describe('what is kept of stores', () => {
  const neverAsked = createPostgresStores({ query: () => Promise.reject(new Error('nobody should have asked')) });
  const tier = () => createEntityTier({ follower: createHandFollower(), limitBytes: 1_000 });

  it('is nothing where nobody says what of them is told', () => {
    expect(createResidentStores(neverAsked, tier())).toBe(neverAsked);
  });

  it('is of the same stores for all editions that share them', () => {
    const stores = { ...neverAsked, told: TOLD } satisfies Stores;
    const other = { ...neverAsked, told: TOLD } satisfies Stores;
    const storesOf = keepInTier((edition) => (edition === 'EN' ? other : stores), tier());
    expect(new Set(EDITION_CODES.map(storesOf)).size).toBe(2);
    expect(storesOf('AR')).toBe(storesOf('ES'));
    expect(storesOf('EN').engagement).toBe(other.engagement);
  });

  it('is articles or taxonomy alone, where only those are told', async () => {
    const asked: string[] = [];
    const answerNothing = (of: string) => async () => {
      asked.push(of);
      return [];
    };
    const stores: Stores = {
      ...neverAsked,
      articles: { ...neverAsked.articles, byIds: answerNothing('articles') },
      taxonomy: { ...neverAsked.taxonomy, sections: answerNothing('sections') },
      told: { articles: () => false, taxonomy: () => true },
    };
    const { articles, taxonomy } = createResidentStores(
      stores,
      createEntityTier({ follower: createHandFollower(), limitBytes: 10_000 }),
    );
    for (let time = 0; time < 2; time += 1) {
      await articles.byIds([articleId('a')]);
      await taxonomy.sections(['EN']);
    }
    expect(asked).toEqual(['articles', 'sections', 'articles']);
  });
});
