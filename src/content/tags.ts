import type { EditionCode } from './edition.ts';
import type { ArticleId, AuthorId, SectionId, TagId } from './ids.ts';
import { spellingKey } from './spelling.ts';

/** A name for "everything that read this". A change of a tag ends every answer that carries it. */
export type CacheTag =
  `${'article' | 'section' | 'tag' | 'author' | 'edition' | 'live' | 'slug' | 'url' | 'list' | 'lists' | 'search' | 'updated' | 'group'}:${string}`;

const code = (edition: EditionCode): string => edition.toLowerCase();

/**
 * The purge vocabulary. Entity ids carry their edition, so `article:{id}` names edition and article.
 * Every reader records the narrowest tag that covers what it read, before the read, for missing rows too.
 */
export const tagOf = {
  article: (id: ArticleId): CacheTag => `article:${id}`,
  section: (id: SectionId): CacheTag => `section:${id}`,
  tag: (id: TagId): CacheTag => `tag:${id}`,
  author: (id: AuthorId): CacheTag => `author:${id}`,
  /** Settings, navigation, and the shape of the section tree. */
  edition: (edition: EditionCode): CacheTag => `edition:${code(edition)}`,
  /** The edition's live stream. */
  live: (edition: EditionCode): CacheTag => `live:${code(edition)}`,
  /** Who stands at this slug, in any of its spellings: an article, a tag or an author, by `of`. */
  slug: (edition: EditionCode, of: 'article' | 'tag' | 'author', slug: string): CacheTag =>
    `slug:${code(edition)}:${of}:${spellingKey(slug)}`,
  /** Who stands at this path under the edition's address, in any of its spellings. */
  url: (edition: EditionCode, path: string): CacheTag => `url:${code(edition)}:${spellingKey(path)}`,
  /**
   * A listing depends on articles it does not contain yet, so it needs a tag of its own. These are the whole ones;
   * `list-keys.ts` names those that are narrowed.
   */
  list: {
    all: (edition: EditionCode): CacheTag => `list:${code(edition)}:all`,
    kind: (edition: EditionCode, kind: string): CacheTag => `list:${code(edition)}:kind:${kind}`,
    section: (id: SectionId): CacheTag => `list:${id}`,
    tag: (id: TagId): CacheTag => `list:${id}`,
    author: (id: AuthorId): CacheTag => `list:${id}`,
    /** The edition's lists of tags and of authors. */
    tags: (edition: EditionCode): CacheTag => `list:${code(edition)}:tags`,
    authors: (edition: EditionCode): CacheTag => `list:${code(edition)}:authors`,
  },
  search: (edition: EditionCode): CacheTag => `search:${code(edition)}`,
  /** Anything of the whole edition that sorts or filters by `updatedAt`. */
  updated: (edition: EditionCode): CacheTag => `updated:${code(edition)}`,
  /** Who tells the group's story in this edition. */
  group: (edition: EditionCode, translationGroup: string): CacheTag => `group:${code(edition)}:${translationGroup}`,
};
