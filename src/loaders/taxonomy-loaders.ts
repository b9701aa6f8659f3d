import type DataLoader from 'dataloader';
import type { EditionCode } from '../content/edition.ts';
import type { Author, LiveStream, Tag } from '../content/entities.ts';
import { editionOfId, type AuthorId, type TagId } from '../content/ids.ts';
import { tagOf, type CacheTag } from '../content/tags.ts';
import { slugKey } from '../stores/slug-key.ts';
import type { Kept } from '../stores/kept.ts';
import type { HeldTaxonomy, NameListing, NamePage, Slug, TaxonomyStore } from '../stores/taxonomy-store.ts';
import { createBatchLoader, inOrderOf, type LoaderSetting } from './batch-loader.ts';
import { createPresent, createTreeOf } from './held-taxonomy.ts';
import type { Recorder } from './recorder.ts';
import { createSectionTree, type SectionTree } from './section-tree.ts';

/** A translation group as one edition knows it. */
export interface GroupInEdition {
  readonly edition: EditionCode;
  readonly group: string;
}

/** Reads of something that has an id, a slug in its edition, a name and a translation group: tags, authors. */
export interface NamedLoaders<Id extends string, Entity> {
  readonly byId: DataLoader<Id, Entity | null, unknown>;
  /** Those that exist among `ids`, in their order; at once where nothing has to be asked for. A failed read fails them all. */
  readonly present: (ids: readonly Id[]) => readonly Entity[] | Promise<readonly Entity[]>;
  readonly bySlug: DataLoader<Slug, Entity | null, unknown>;
  readonly byGroup: DataLoader<GroupInEdition, Entity | null, unknown>;
  readonly page: DataLoader<NameListing, NamePage<Entity>, unknown>;
}

export interface TaxonomyLoaders {
  readonly sectionTree: DataLoader<EditionCode, SectionTree, unknown>;
  /** The same tree, at once where nothing has to be asked for. */
  readonly treeOf: (edition: EditionCode) => SectionTree | Promise<SectionTree>;
  readonly liveStream: DataLoader<EditionCode, LiveStream | null, unknown>;
  readonly tags: NamedLoaders<TagId, Tag>;
  readonly authors: NamedLoaders<AuthorId, Author>;
}

/** What tells one kind of named entity from another. */
interface NamedKind<Id extends string, Entity> {
  readonly name: 'tag' | 'author';
  readonly tag: (id: Id) => CacheTag;
  readonly listTag: (edition: EditionCode) => CacheTag;
  readonly held: (held: HeldTaxonomy, id: Id) => Kept<Entity> | undefined;
  readonly byIds: (store: TaxonomyStore, ids: readonly Id[]) => Promise<readonly Entity[]>;
  readonly bySlugs: (store: TaxonomyStore, slugs: readonly Slug[]) => Promise<readonly Entity[]>;
  readonly byGroups: (store: TaxonomyStore, groups: readonly string[]) => Promise<readonly Entity[]>;
  readonly list: (store: TaxonomyStore, listings: readonly NameListing[]) => Promise<readonly NamePage<Entity>[]>;
}

const writtenKey = ({ edition, slug }: Slug): string => `${edition}:${slug}`;
const groupKey = (edition: EditionCode, group: string | null): string => `${edition}:${group}`;

const createNamedLoaders = <
  Id extends string,
  Entity extends {
    readonly id: Id;
    readonly edition: EditionCode;
    readonly slug: string;
    readonly translationGroup: string | null;
  },
>(
  setting: LoaderSetting,
  recorder: Recorder,
  kind: NamedKind<Id, Entity>,
): NamedLoaders<Id, Entity> => {
  const seen = <E extends Entity | null>(entity: E): E => {
    if (entity !== null) recorder.tag(kind.tag(entity.id));
    return entity;
  };
  const byId = createBatchLoader(setting, {
    name: kind.name,
    editionOf: editionOfId,
    record: (id: Id) => recorder.tag(kind.tag(id)),
    read: async ({ taxonomy }, ids) => inOrderOf(ids, await kind.byIds(taxonomy, ids), ({ id }) => id),
  });
  return {
    byId,
    present: createPresent(setting, recorder, { byId, held: kind.held }),
    bySlug: createBatchLoader(setting, {
      name: `${kind.name} by slug`,
      editionOf: ({ edition }: Slug) => edition,
      identityOf: writtenKey,
      record: ({ edition, slug }) => recorder.tag(tagOf.slug(edition, kind.name, slug)),
      read: async ({ taxonomy }, slugs) => {
        const found = await kind.bySlugs(taxonomy, slugs);
        // Of two that were stored before spellings were compared, the one that is written so, else the first.
        const exact = inOrderOf(slugs.map(writtenKey), found, writtenKey);
        const spelled = inOrderOf(slugs.map(slugKey), found.toReversed(), slugKey);
        return slugs.map((_slug, index) => seen(exact[index] ?? spelled[index] ?? null));
      },
    }),
    byGroup: createBatchLoader(setting, {
      name: `${kind.name} by translation group`,
      editionOf: ({ edition }: GroupInEdition) => edition,
      identityOf: ({ edition, group }) => groupKey(edition, group),
      record: ({ edition, group }) => recorder.tag(tagOf.group(edition, group)),
      read: async ({ taxonomy }, keys) => {
        const found = await kind.byGroups(taxonomy, [...new Set(keys.map(({ group }) => group))]);
        const wanted = keys.map(({ edition, group }) => groupKey(edition, group));
        // An edition may hold several: the first by id, which `inOrderOf` has to meet last.
        const lastFirst = found.toSorted((a, b) => (a.id < b.id ? 1 : -1));
        const keyOf = (entity: Entity): string => groupKey(entity.edition, entity.translationGroup);
        return inOrderOf(wanted, lastFirst, keyOf).map(seen);
      },
    }),
    page: createBatchLoader(setting, {
      name: `${kind.name}s of an edition`,
      editionOf: ({ edition }: NameListing) => edition,
      identityOf: (listing) => JSON.stringify(listing),
      record: ({ edition }) => recorder.tag(kind.listTag(edition)),
      read: async ({ taxonomy }, listings) => {
        const pages = await kind.list(taxonomy, listings);
        for (const { entities } of pages) entities.forEach(seen);
        return pages;
      },
    }),
  };
};

/** Loaders of everything that is not an article. */
export const createTaxonomyLoaders = (setting: LoaderSetting, recorder: Recorder): TaxonomyLoaders => {
  const sectionTree = createBatchLoader(setting, {
    name: 'sections of an edition',
    editionOf: (edition: EditionCode) => edition,
    // What the tree is asked for decides what is recorded.
    record: () => undefined,
    read: async ({ taxonomy }, editions) => {
      const found = Map.groupBy(await taxonomy.sections(editions), ({ edition }) => edition);
      return editions.map((edition) => createSectionTree(edition, found.get(edition) ?? [], recorder));
    },
  });
  return {
    sectionTree,
    treeOf: createTreeOf(setting, recorder, sectionTree),
    liveStream: createBatchLoader(setting, {
      name: 'live stream',
      editionOf: (edition: EditionCode) => edition,
      record: (edition) => recorder.tag(tagOf.live(edition)),
      read: async ({ taxonomy }, editions) =>
        inOrderOf(editions, await taxonomy.liveStreams(editions), ({ edition }) => edition),
    }),
    tags: createNamedLoaders<TagId, Tag>(setting, recorder, {
      name: 'tag',
      tag: tagOf.tag,
      held: (held, id) => held.tag(id),
      listTag: tagOf.list.tags,
      byIds: (store, ids) => store.tagsByIds(ids),
      bySlugs: (store, slugs) => store.tagsBySlugs(slugs),
      byGroups: (store, groups) => store.tagsByTranslationGroups(groups),
      list: (store, listings) => store.listTags(listings),
    }),
    authors: createNamedLoaders<AuthorId, Author>(setting, recorder, {
      name: 'author',
      tag: tagOf.author,
      held: (held, id) => held.author(id),
      listTag: tagOf.list.authors,
      byIds: (store, ids) => store.authorsByIds(ids),
      bySlugs: (store, slugs) => store.authorsBySlugs(slugs),
      byGroups: (store, groups) => store.authorsByTranslationGroups(groups),
      list: (store, listings) => store.listAuthors(listings),
    }),
  };
};
