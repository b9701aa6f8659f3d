import type { BodyBlock } from '../../src/content/body.ts';
import { EDITION_CODES, type EditionCode } from '../../src/content/edition.ts';
import type { SourceStory } from '../../src/stores/content-source.ts';
import type { ArticleStore } from '../../src/stores/article-store.ts';
import type { Database } from '../../src/database/database.ts';
import { clearIndex } from './clear-index.ts';
import type { ArticleRows } from './content-rows.ts';
import { createIndexRig, type IndexRig } from './index-rig.ts';
import { createTestDatabase, type DatabaseKind } from './test-database.ts';
import { createWoundClock, type WoundClock } from './wound-clock.ts';

/** A desk per edition, and the article store that the gateway makes of the three. */
export interface IndexedUnderTest {
  readonly database: Database;
  readonly clock: WoundClock;
  readonly rigs: Readonly<Record<EditionCode, IndexRig>>;
  readonly articles: ArticleStore;
  /** Saves articles at their desks and indexes them; a withdrawn one is deleted there at that instant. */
  readonly write: (articles: readonly ArticleRows[]) => Promise<void>;
  readonly clear: () => Promise<void>;
  /** Statements and calls of sources that reads made. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const htmlOf = (text: string | undefined, body: readonly BodyBlock[] | undefined): string =>
  body?.map(({ html }) => html).join('') ??
  (text === undefined ? '' : `<p>${text.replaceAll(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter)}</p>`);

/** An article to write as its desk would tell it. */
const storyOf = (rows: ArticleRows): Partial<SourceStory> => ({
  kind: rows.kind ?? 'NEWS',
  slug: rows.slug ?? rows.key,
  language: rows.language ?? null,
  kicker: rows.kicker ?? null,
  headline: rows.headline ?? `Headline of ${rows.key}`,
  standfirst: rows.standfirst ?? null,
  byline: rows.byline ?? null,
  publishedAt: rows.publishedAt,
  modifiedAt: rows.updatedAt ?? rows.publishedAt,
  sectionPaths: rows.sections ?? ['news'],
  authorSlugs: rows.authors ?? [],
  tagSlugs: rows.tags ?? [],
  sources: rows.sources ?? [],
  lead: rows.lead ?? null,
  media: rows.media ?? [],
  html: htmlOf(rows.text, rows.body),
  corrections: rows.corrections ?? [],
  rights: {
    syndication: rows.syndication ?? 'FULL',
    holder: null,
    usageTerms: null,
    embargoedUntil: rows.embargoedUntil ?? null,
    expiresAt: rows.expiresAt ?? null,
  },
  breaking: rows.breaking ?? false,
  breakingUntil: rows.breakingUntil ?? null,
  seo: rows.seo ?? null,
  translationGroup: rows.translationGroup ?? null,
});

/** As loaders do: each edition's store is asked for its own part. */
const federate = (storeOf: (edition: EditionCode) => ArticleStore): ArticleStore => {
  const split = async <Request, Answer>(
    requests: readonly Request[],
    editionOf: (request: Request) => EditionCode,
    ask: (store: ArticleStore, part: readonly Request[]) => Promise<readonly Answer[]>,
  ): Promise<ReadonlyMap<EditionCode, readonly Answer[]>> => {
    const parts = Map.groupBy(requests, editionOf);
    const asked = [...parts].map(async ([edition, part]) => [edition, await ask(storeOf(edition), part)] as const);
    return new Map(await Promise.all(asked));
  };
  const each = async <Request extends { readonly edition: EditionCode }, Answer>(
    requests: readonly Request[],
    ask: (store: ArticleStore, part: readonly Request[]) => Promise<readonly Answer[]>,
  ): Promise<readonly Answer[]> => {
    const parts = await split(requests, ({ edition }) => edition, ask);
    const left = new Map([...parts].map(([edition, answers]) => [edition, [...answers]]));
    return requests.map(({ edition }) => left.get(edition)?.shift() as Answer);
  };
  const all = <Answer>(parts: ReadonlyMap<EditionCode, readonly Answer[]>): readonly Answer[] =>
    [...parts.values()].flat();
  const ofId = (id: string): EditionCode => id.split('_')[1]?.toUpperCase() as EditionCode;
  return {
    byIds: async (ids) => all(await split(ids, ofId, (store, part) => store.byIds(part))),
    bodies: async (ids) => all(await split(ids, ofId, (store, part) => store.bodies(part))),
    byAddresses: async (addresses) =>
      all(
        await split(
          addresses,
          ({ edition }) => edition,
          (store, part) => store.byAddresses(part),
        ),
      ),
    byTranslationGroups: async (groups) =>
      (await Promise.all(EDITION_CODES.map((code) => storeOf(code).byTranslationGroups(groups)))).flat(),
    list: (listings, view) => each(listings, (store, part) => store.list(part, view)),
    count: (queries, view, without) => each(queries, (store, part) => store.count(part, view, without)),
    related: (requests, view) => each(requests, (store, part) => store.related(part, view)),
    search: (requests, view) => each(requests, (store, part) => store.search(part, view)),
    countSearch: (queries, view, without) => each(queries, (store, part) => store.countSearch(part, view, without)),
  };
};

const FOUND_BEFORE_MS = 60_000;

/** Desks and an index over an empty database of their own, at `now`; `close` removes it. */
export const openIndexed = async (kind: DatabaseKind, now: number): Promise<IndexedUnderTest> => {
  const database = await createTestDatabase(kind);
  const clock = createWoundClock(now);
  let statements = 0;
  const reads = {
    query: ((text, values) => {
      statements += 1;
      return database.query(text, values);
    }) as Database['query'],
  };
  const rigOf = (edition: EditionCode): IndexRig =>
    createIndexRig(database, { edition, clock, reads, sourceName: 'test' });
  const rigs = { EN: rigOf('EN'), AR: rigOf('AR'), ES: rigOf('ES') };
  const saves = new Map<string, number>();
  let written = 0;
  const sourceCalls = (): number => Object.values(rigs).reduce((sum, { desk }) => sum + desk.calls.stories, 0);

  const writeOne = async (rows: ArticleRows): Promise<void> => {
    const { desk, indexer } = rigs[rows.edition ?? 'EN'];
    const goneAt = rows.withdrawnAt ?? null;
    // Long enough before it is gone for nobody to think that it may not be there yet.
    const away = goneAt === null ? 0 : goneAt - FOUND_BEFORE_MS - clock.now();
    clock.wind(away);
    const story = desk.put(rows.key, storyOf(rows));
    // Saved again, however it is dated.
    const savedAt = saves.get(rows.key + rows.edition);
    if (savedAt !== undefined) desk.put(rows.key, { modifiedAt: Math.max(savedAt + 1_000, story.modifiedAt) });
    saves.set(rows.key + rows.edition, Math.max(savedAt ?? 0, story.modifiedAt));
    await indexer.look([rows.key], { reason: 'told' });
    if (goneAt === null) return;
    clock.wind(FOUND_BEFORE_MS);
    desk.remove(rows.key);
    await indexer.look([rows.key], { reason: 'told' });
    clock.wind(-FOUND_BEFORE_MS - away);
  };

  return {
    database,
    clock,
    rigs,
    articles: federate((edition) => rigs[edition].stores.articles),
    async write(articles) {
      const before = sourceCalls();
      for (const rows of articles) await writeOne(rows);
      written += sourceCalls() - before;
    },
    async clear() {
      saves.clear();
      for (const { desk, indexer } of Object.values(rigs)) {
        desk.clear();
        indexer.trustAgain();
      }
      await clearIndex(database);
    },
    calls: () => statements + sourceCalls() - written,
    close: () => database.close(),
  };
};
