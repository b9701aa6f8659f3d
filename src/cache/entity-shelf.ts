import type { CacheTag } from '../content/tags.ts';

/** Each way in which entities are asked for, as figures name it. */
export type ShelfName =
  | 'article'
  | 'article-by-address'
  | 'article-by-group'
  | 'author'
  | 'author-by-group'
  | 'author-by-slug'
  | 'body'
  | 'count'
  | 'live-stream'
  | 'newest'
  | 'section'
  | 'tag'
  | 'tag-by-group'
  | 'tag-by-slug';

/** One way in which a store is asked for entities: by id, by slug, all of an edition. */
export interface Shelf<Request, Entity> {
  readonly name: ShelfName;
  /** What makes two requests one. */
  readonly keyOf: (request: Request) => string;
  /** The key of the request that found `entity`. */
  readonly homeOf: (entity: Entity) => string;
  /** Every tag that a change tells when it makes the answer another: where nothing was found, of what may come. */
  readonly tagsOf: (request: Request, found: readonly Entity[]) => readonly CacheTag[];
  /** Whether what was found may still be given to who makes `request`, whatever has not changed. Absent: it may. */
  readonly isCurrent?: (request: Request, found: readonly Entity[]) => boolean;
  /** The store's own reading: one call for a batch without repeats. */
  readonly read: (requests: readonly Request[]) => Promise<readonly Entity[]>;
  /** Whether the change log tells whatever changes there, as far as is known now. */
  readonly isTold: () => boolean;
}
