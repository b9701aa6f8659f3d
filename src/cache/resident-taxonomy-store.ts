import type { EditionCode } from '../content/edition.ts';
import type { Author, LiveStream, Section, Tag } from '../content/entities.ts';
import type { AuthorId, TagId } from '../content/ids.ts';
import { tagOf, type CacheTag } from '../content/tags.ts';
import { slugKey } from '../stores/slug-key.ts';
import type { Slug, TaxonomyStore } from '../stores/taxonomy-store.ts';
import type { EntityTier } from './entity-tier.ts';
import { groupTags } from './group-tags.ts';

/** What tells tags from authors. */
interface NamedKind<Id extends string, Entity> {
  readonly name: 'author' | 'tag';
  readonly tagOf: (id: Id) => CacheTag;
  readonly byIds: (ids: readonly Id[]) => Promise<readonly Entity[]>;
  readonly bySlugs: (slugs: readonly Slug[]) => Promise<readonly Entity[]>;
  readonly byGroups: (groups: readonly string[]) => Promise<readonly Entity[]>;
}

const keepNamed = <
  Id extends string,
  Entity extends Slug & { readonly id: Id; readonly translationGroup: string | null },
>(
  tier: EntityTier,
  isTold: () => boolean,
  kind: NamedKind<Id, Entity>,
) => ({
  byIds: tier.keep<Id, Entity>({
    name: kind.name,
    keyOf: (id) => id,
    homeOf: ({ id }) => id,
    tagsOf: (id) => [kind.tagOf(id)],
    read: kind.byIds,
    isTold,
  }),
  bySlugs: tier.keep<Slug, Entity>({
    name: `${kind.name}-by-slug`,
    keyOf: slugKey,
    homeOf: slugKey,
    tagsOf: ({ edition, slug }, found) => [
      tagOf.slug(edition, kind.name, slug),
      ...found.map(({ id }) => kind.tagOf(id)),
    ],
    read: kind.bySlugs,
    isTold,
  }),
  byGroups: tier.keep<string, Entity>({
    name: `${kind.name}-by-group`,
    keyOf: (group) => group,
    homeOf: ({ translationGroup }) => translationGroup ?? '',
    tagsOf: (group, found) => [...groupTags(group), ...found.map(({ id }) => kind.tagOf(id))],
    read: kind.byGroups,
    isTold,
  }),
});

/** `store` with what it is asked for by name kept in `tier`: sections, live streams, tags, authors; pages of them are not. */
export const createResidentTaxonomyStore = (
  store: TaxonomyStore,
  tier: EntityTier,
  isTold: () => boolean,
): TaxonomyStore => {
  const tags = keepNamed<TagId, Tag>(tier, isTold, {
    name: 'tag',
    tagOf: tagOf.tag,
    byIds: store.tagsByIds,
    bySlugs: store.tagsBySlugs,
    byGroups: store.tagsByTranslationGroups,
  });
  const authors = keepNamed<AuthorId, Author>(tier, isTold, {
    name: 'author',
    tagOf: tagOf.author,
    byIds: store.authorsByIds,
    bySlugs: store.authorsBySlugs,
    byGroups: store.authorsByTranslationGroups,
  });
  const sections = tier.keep<EditionCode, Section>({
    name: 'section',
    keyOf: (edition) => edition,
    homeOf: ({ edition }) => edition,
    // A new one, and one that moves, tells the edition; one that is only written anew tells itself.
    tagsOf: (edition, found) => [tagOf.edition(edition), ...found.map(({ id }) => tagOf.section(id))],
    read: store.sections,
    isTold,
  });
  return {
    held: {
      sections: sections.held,
      tag: tags.byIds.held,
      author: authors.byIds.held,
    },
    sections,
    liveStreams: tier.keep<EditionCode, LiveStream>({
      name: 'live-stream',
      keyOf: (edition) => edition,
      homeOf: ({ edition }) => edition,
      tagsOf: (edition) => [tagOf.live(edition)],
      read: store.liveStreams,
      isTold,
    }),
    tagsByIds: tags.byIds,
    tagsBySlugs: tags.bySlugs,
    tagsByTranslationGroups: tags.byGroups,
    listTags: store.listTags,
    authorsByIds: authors.byIds,
    authorsBySlugs: authors.bySlugs,
    authorsByTranslationGroups: authors.byGroups,
    listAuthors: store.listAuthors,
  };
};
