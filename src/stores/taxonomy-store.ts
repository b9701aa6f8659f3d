import type { EditionCode } from '../content/edition.ts';
import type { Author, LiveStream, Section, Tag } from '../content/entities.ts';
import type { AuthorId, TagId } from '../content/ids.ts';
import type { Kept } from './kept.ts';

/** A slug in an edition, in any spelling; decoded. */
export interface Slug {
  readonly edition: EditionCode;
  readonly slug: string;
}

/** One page of an edition's tags or authors, by name then id. */
export interface NameListing {
  readonly edition: EditionCode;
  /** 1 to 100. */
  readonly limit: number;
  /** Exclusive; absent: from the start. */
  readonly after?: { readonly name: string; readonly id: string };
}

export interface NamePage<Entity> {
  readonly entities: readonly Entity[];
  readonly hasMore: boolean;
}

/** What is there without asking, of a store that keeps what it has read. Undefined: it has to be asked. */
export interface HeldTaxonomy {
  sections(edition: EditionCode): Kept<Section> | undefined;
  tag(id: TagId): Kept<Tag> | undefined;
  author(id: AuthorId): Kept<Author> | undefined;
}

/**
 * Where sections, tags, authors and live streams come from. Batching and failure as in `ArticleStore`.
 * Names sort by code point, so that every store and page agrees.
 */
export interface TaxonomyStore {
  /** As the methods would answer now; absent: this store keeps nothing. */
  readonly held?: HeldTaxonomy;
  /** Every section of the editions: an edition's tree is small and read whole. */
  sections(editions: readonly EditionCode[]): Promise<readonly Section[]>;
  liveStreams(editions: readonly EditionCode[]): Promise<readonly LiveStream[]>;
  tagsByIds(ids: readonly TagId[]): Promise<readonly Tag[]>;
  /** Whatever has a slug of the same `spellingKey`, by id; again for each slug that is asked for in another spelling. */
  tagsBySlugs(slugs: readonly Slug[]): Promise<readonly Tag[]>;
  /** By id: an edition may hold several of one group. */
  tagsByTranslationGroups(groups: readonly string[]): Promise<readonly Tag[]>;
  listTags(listings: readonly NameListing[]): Promise<readonly NamePage<Tag>[]>;
  authorsByIds(ids: readonly AuthorId[]): Promise<readonly Author[]>;
  /** As `tagsBySlugs`. */
  authorsBySlugs(slugs: readonly Slug[]): Promise<readonly Author[]>;
  /** By id: an edition may hold several of one group. */
  authorsByTranslationGroups(groups: readonly string[]): Promise<readonly Author[]>;
  listAuthors(listings: readonly NameListing[]): Promise<readonly NamePage<Author>[]>;
}
