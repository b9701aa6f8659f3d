import type { EditionCode } from '../../content/edition.ts';
import { idOf, type ArticleId } from '../../content/ids.ts';

/** Whose stories an index holds, and by what names. */
export interface IndexedDesk {
  readonly edition: EditionCode;
  /** What article ids are born from: `articles.source`. */
  readonly sourceName: string;
  /** How long the source may go on to answer from before a save. */
  readonly lagSeconds: number;
}

/** The id of the article that tells the story. */
export const articleIdOf = ({ edition, sourceName }: IndexedDesk, sourceId: string): ArticleId =>
  idOf.article(edition, sourceName, sourceId);
