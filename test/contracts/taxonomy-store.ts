import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/clock.ts';
import type { EditionCode } from '../../src/content/edition.ts';
import { idOf } from '../../src/content/ids.ts';
import type { NameListing, NamePage, TaxonomyStore } from '../../src/stores/taxonomy-store.ts';
import type { NamedRow, SectionRow } from '../support/content-rows.ts';

/** An empty store and the ways content gets into it. */
export interface TaxonomyStoreUnderTest {
  readonly store: TaxonomyStore;
  readonly writeSection: (section: SectionRow) => Promise<void>;
  readonly writeNamed: (of: 'tags' | 'authors', rows: readonly NamedRow[]) => Promise<void>;
  readonly rename: (of: 'tags' | 'authors', id: string, name: string) => Promise<void>;
  readonly writeLiveStream: (stream: {
    readonly edition: EditionCode;
    readonly startedAt: Instant | null;
    readonly endedAt: Instant | null;
  }) => Promise<void>;
  readonly clear: () => Promise<void>;
  /** Upstream calls so far. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

const namesOf = (entities: readonly { readonly name: string }[]): readonly string[] => entities.map(({ name }) => name);

/** What every `TaxonomyStore` does. */
export const taxonomyStoreContract = (open: () => Promise<TaxonomyStoreUnderTest>): void => {
  let opened: Promise<TaxonomyStoreUnderTest> | undefined;
  const underTest = () => (opened ??= open());
  beforeEach(async () => (await underTest()).clear());
  afterAll(async () => (await opened)?.close());

  describe('sections', () => {
    it('gives the whole trees of the editions asked for, and of no other', async () => {
      const { store, writeSection } = await underTest();
      await writeSection({ path: 'news', name: 'News', position: 2, translationGroup: 'news' });
      await writeSection({ path: 'news/politics', name: 'Politics', position: 1 });
      await writeSection({ path: 'sport', name: 'Sport', position: 1 });
      await writeSection({ path: 'أخبار', name: 'أخبار', edition: 'AR', translationGroup: 'news' });
      await writeSection({ path: 'noticias', name: 'Noticias', edition: 'ES', translationGroup: 'news' });

      const sections = await store.sections(['EN', 'AR']);
      expect(namesOf(sections).toSorted()).toEqual(['News', 'Politics', 'Sport', 'أخبار']);
      expect(sections.find(({ name }) => name === 'Politics')).toEqual({
        id: idOf.section('EN', 'news/politics'),
        edition: 'EN',
        kind: 'TOPIC',
        slug: 'politics',
        path: 'news/politics',
        name: 'Politics',
        description: null,
        parentId: idOf.section('EN', 'news'),
        position: 1,
        translationGroup: null,
      });
    });
  });

  describe('liveStreams', () => {
    it('gives the stream of an edition that has one', async () => {
      const { store, writeLiveStream } = await underTest();
      const startedAt = Date.parse('2026-11-23T12:00:00Z');
      await writeLiveStream({ edition: 'AR', startedAt, endedAt: null });
      await writeLiveStream({ edition: 'ES', startedAt: null, endedAt: null });
      expect(await store.liveStreams(['EN', 'AR'])).toEqual([
        { edition: 'AR', title: 'Live AR', url: 'https://live.example/ar', startedAt, endedAt: null },
      ]);
    });
  });

  describe.each(['tags', 'authors'] as const)('%s', (of) => {
    const row = (slug: string, name: string, more: Partial<NamedRow> = {}): NamedRow => ({ slug, name, ...more });
    const idFor = of === 'tags' ? idOf.tag : idOf.author;
    const reads = (store: TaxonomyStore) =>
      of === 'tags'
        ? { byIds: store.tagsByIds, bySlugs: store.tagsBySlugs, byGroups: store.tagsByTranslationGroups }
        : { byIds: store.authorsByIds, bySlugs: store.authorsBySlugs, byGroups: store.authorsByTranslationGroups };
    const list = async (store: TaxonomyStore, listings: readonly NameListing[]) => {
      const pages: readonly NamePage<{ readonly id: string; readonly name: string }>[] =
        of === 'tags' ? await store.listTags(listings) : await store.listAuthors(listings);
      return pages;
    };

    it('are found by id, by slug in their edition, and by translation group', async () => {
      const { store, writeNamed } = await underTest();
      await writeNamed(of, [
        row('moscow', 'Moscow', { translationGroup: 'm' }),
        row('moscow', 'Moscú', { edition: 'ES', translationGroup: 'm' }),
        row('موسكو', 'موسكو', { edition: 'AR', translationGroup: 'm' }),
        row('berlin', 'Berlin'),
      ]);
      const { byIds, bySlugs, byGroups } = reads(store);
      expect(await byIds([idFor('EN', 'moscow') as never, idFor('EN', 'nobody') as never])).toEqual([
        {
          id: idFor('EN', 'moscow'),
          edition: 'EN',
          slug: 'moscow',
          name: 'Moscow',
          translationGroup: 'm',
          ...(of === 'authors' ? { kind: 'PERSON', role: null, bio: null, avatar: null } : {}),
        },
      ]);
      const slugs = [
        { edition: 'ES', slug: 'moscow' },
        { edition: 'AR', slug: 'موسكو' },
        { edition: 'AR', slug: 'moscow' },
        { edition: 'EN', slug: 'no\0body\uD800' },
      ] as const;
      expect(namesOf(await bySlugs(slugs)).toSorted()).toEqual(['Moscú', 'موسكو']);
      expect(namesOf(await byGroups(['m'])).toSorted()).toEqual(['Moscow', 'Moscú', 'موسكو']);
    });

    it('come by id when they share a translation group, whichever was written or renamed last', async () => {
      const { store, writeNamed, rename } = await underTest();
      const slugs = ['kyiv', 'kiev', 'київ', 'kiew'];
      const ids = slugs.map((slug) => idFor('EN', slug)).toSorted();
      await writeNamed(
        of,
        slugs.map((slug) => row(slug, slug, { translationGroup: 'k' })),
      );
      const found = async () => (await reads(store).byGroups(['k'])).map(({ id }) => id);
      expect(await found()).toEqual(ids);
      for (const id of ids) {
        await rename(of, id, 'Kyiv');
        expect(await found()).toEqual(ids);
      }
    });

    it('are listed by name, page by page, each once though names repeat', async () => {
      const { store, writeNamed } = await underTest();
      const names = ['Zed', 'Ángel', 'Ana', 'ana', 'Ana', 'Ana', 'Bob'];
      await writeNamed(
        of,
        names.map((name, i) => row(`s${i}`, name)),
      );
      await writeNamed(of, [row('other', 'Abel', { edition: 'ES' })]);
      const seen: { readonly id: string; readonly name: string }[] = [];
      for (let hasMore = true; hasMore;) {
        const last = seen.at(-1);
        const [page] = await list(store, [
          { edition: 'EN', limit: 2, ...(last === undefined ? {} : { after: { name: last.name, id: last.id } }) },
        ]);
        seen.push(...(page?.entities ?? []));
        hasMore = page?.hasMore ?? false;
      }
      // By code point: capitals, then small letters, then letters with accents.
      expect(namesOf(seen)).toEqual(['Ana', 'Ana', 'Ana', 'Bob', 'Zed', 'ana', 'Ángel']);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(7);
    });

    it('are listed for several editions with one upstream call', async () => {
      const { store, writeNamed, calls } = await underTest();
      await writeNamed(of, [row('a', 'A'), row('b', 'B'), row('c', 'C', { edition: 'ES' })]);
      const before = calls();
      const pages = await list(store, [
        { edition: 'ES', limit: 1 },
        { edition: 'AR', limit: 1 },
        { edition: 'EN', limit: 1 },
      ]);
      expect(pages.map(({ entities, hasMore }) => [namesOf(entities), hasMore])).toEqual([
        [['C'], false],
        [[], false],
        [['A'], true],
      ]);
      expect(calls() - before).toBe(1);
    });
  });
};
