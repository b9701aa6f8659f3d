import { EDITION_CODES, type EditionCode } from '../../src/content/edition.ts';
import { loadDemoDocuments, type RawDocument } from '../../src/demo/demo-documents.ts';
import {
  documentSchema,
  type ArticleDocument,
  type AuthorDocument,
  type LineDocument,
  type SectionDocument,
  type TagDocument,
} from '../../src/ingest/document.ts';

/** The instant at which tests load the demo newsroom: 20 seconds past a minute. */
export const LOADED_AT = Date.parse('2026-11-23T09:00:20Z');

/** One desk's documents, checked, by type and in import order. */
export interface DemoDesk {
  readonly edition: EditionCode;
  readonly sections: readonly SectionDocument[];
  readonly tags: readonly TagDocument[];
  readonly authors: readonly AuthorDocument[];
  readonly articles: readonly ArticleDocument[];
}

export const readRawDocuments = async (now = LOADED_AT): Promise<readonly RawDocument[]> => {
  const documents: RawDocument[] = [];
  for await (const document of loadDemoDocuments(now)) documents.push(document);
  return documents;
};

/** All desks in display order. @throws {ZodError} if a document does not pass the import's schema. */
export const readDemo = async (): Promise<readonly DemoDesk[]> => {
  const documents: readonly LineDocument[] = (await readRawDocuments()).map((raw) => documentSchema.parse(raw));
  return EDITION_CODES.map((edition) => {
    const own = documents.filter((document) => document.edition === edition);
    return {
      edition,
      sections: own.filter((document) => document.type === 'section'),
      tags: own.filter((document) => document.type === 'tag'),
      authors: own.filter((document) => document.type === 'author'),
      articles: own.filter((document) => document.type === 'article'),
    };
  });
};

/** Where an article stands under its edition's address: `/news/politics/talks-resume`. */
export const addressOf = ({ section, slug }: ArticleDocument): string => `/${section}/${slug}`;

/** Whether an instant is over when the demo is loaded. */
export const hasPassed = (instant: number | undefined): boolean => instant !== undefined && instant <= LOADED_AT;

/** Whether readers may see an article when the demo is loaded: neither withdrawn, expired, embargoed nor of tomorrow. */
export const isReadable = ({ withdrawnAt, rights, publishedAt }: ArticleDocument): boolean =>
  withdrawnAt === undefined &&
  !hasPassed(rights.expiresAt) &&
  (rights.embargoedUntil === undefined || hasPassed(rights.embargoedUntil)) &&
  publishedAt <= LOADED_AT;

/** The articles of a desk that readers find in the section at `path` or below it. */
export const readableIn = ({ articles }: DemoDesk, path: string): readonly ArticleDocument[] =>
  articles.filter(
    (article) =>
      isReadable(article) &&
      [article.section, ...article.sections].some((place) => place === path || place.startsWith(`${path}/`)),
  );
