import type { EditionCode } from './edition.ts';
import type { ArticleId } from './ids.ts';

/** What a change does to the tombstone of an article. Slugs decoded and NFC, paths under the edition's address; both are hidden in any spelling. */
export type TombstoneOrder =
  | {
      readonly order: 'lay';
      readonly articleId: ArticleId;
      readonly edition: EditionCode;
      readonly slugs: readonly string[];
      readonly paths: readonly string[];
    }
  | { readonly order: 'lift'; readonly articleId: ArticleId };

/** Articles taken down: hidden by id, slug and path whatever their store returns. Every question is answered in memory. */
export interface Tombstones {
  hidesId(id: ArticleId): boolean;
  hidesSlug(edition: EditionCode, slug: string): boolean;
  hidesPath(edition: EditionCode, path: string): boolean;
  /** Those of an edition, in any order. */
  of(edition: EditionCode): readonly ArticleId[];
  size(): number;
}
