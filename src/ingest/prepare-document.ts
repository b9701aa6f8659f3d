import { createHash } from 'node:crypto';
import type { BodyBlock } from '../content/body.ts';
import { createLocator, RESERVED_STEPS } from '../content/addresses.ts';
import type { Edition, EditionCode } from '../content/edition.ts';
import type { Instant } from '../clock.ts';
import { idOf, type ArticleId } from '../content/ids.ts';
import { normalisePath } from '../content/slug.ts';
import { isShortKey, spellingKey } from '../content/spelling.ts';
import { bodyTextOf, countWords } from './body-text.ts';
import type {
  ArticleDocument,
  AuthorDocument,
  Document,
  LiveDocument,
  SectionDocument,
  TagDocument,
  WithdrawalDocument,
} from './document.ts';
import { parseBody } from './html/parse-body.ts';
import { LineError } from './line-error.ts';

/** An article that is ready to be written but for what the database knows. */
export interface PreparedArticle {
  readonly type: 'article';
  readonly document: ArticleDocument;
  readonly id: ArticleId;
  readonly source: string;
  readonly blocks: readonly BodyBlock[];
  readonly bodyText: string;
  readonly wordCount: number;
  /** Former paths under the edition's address, newest first. */
  readonly aliases: readonly string[];
  /** Of the blocks: they are nine tenths of what the digest of the article covers. */
  readonly bodyDigest: string;
}

export type TaxonomyDocument = SectionDocument | TagDocument | AuthorDocument | LiveDocument;

/** A withdrawal whose story has been given the ids it may be known by. */
export interface PreparedWithdrawal {
  readonly type: 'withdrawal';
  readonly editions: readonly EditionCode[];
  readonly ids: readonly ArticleId[];
  readonly source: string;
  readonly sourceId: string;
  readonly withdrawnAt: Instant | undefined;
}

export type PreparedDocument = PreparedArticle | PreparedWithdrawal | TaxonomyDocument;

// An index row holds about 2,700 bytes, and a letter takes up to four.
const MAX_ALIAS_LETTERS = 600;

/** The first of each spelling. */
const onceEach = (paths: readonly string[]): readonly string[] =>
  [...new Map(paths.toReversed().map((path) => [spellingKey(path), path])).values()].toReversed();

export interface PrepareOptions {
  readonly editions: readonly Edition[];
  /** The publishing system of articles that name none. */
  readonly source: string;
  /** Names of the stores that hold editions in place of the database that is written to. */
  readonly elsewhere?: ReadonlyMap<EditionCode, string> | undefined;
}

/**
 * Gives the step from a document to what can be written: everything that needs no database.
 *
 * @throws {LineError} the step, when the document cannot be taken.
 */
export const createPreparer = ({
  editions,
  source,
  elsewhere,
}: PrepareOptions): ((document: Document) => PreparedDocument) => {
  const locate = createLocator(editions);
  const editionsByCode = new Map(editions.map((edition) => [edition.code, edition]));

  const parseAlias = (alias: string, { code }: Edition): string => {
    const located = alias.startsWith('/') ? null : locate(alias);
    if (!alias.startsWith('/') && located?.edition.code !== code)
      throw new LineError(`aliases: ${alias.slice(0, 200)} is not an address of edition ${code.toLowerCase()}`);
    const path = located?.path ?? normalisePath(alias.replace(/[?#].*$/s, ''));
    if (path === '' || path.length > MAX_ALIAS_LETTERS || !isShortKey(path, MAX_ALIAS_LETTERS))
      throw new LineError(`aliases: ${alias.slice(0, 200)} is no address an article can have had`);
    return path;
  };

  const prepareArticle = (document: ArticleDocument, edition: Edition): PreparedArticle => {
    const blocks = parseBody(document.html);
    const bodyText = bodyTextOf(blocks);
    const named = document.source ?? source;
    return {
      type: 'article',
      // The HTML has become blocks; a batch need not hold it twice.
      document: { ...document, html: '' },
      id: idOf.article(document.edition, named, document.sourceId),
      source: named,
      blocks,
      bodyText,
      wordCount: countWords(bodyText),
      aliases: onceEach(document.aliases.map((alias) => parseAlias(alias, edition))),
      bodyDigest: createHash('sha256').update(JSON.stringify(blocks)).digest('base64url'),
    };
  };

  const prepareWithdrawal = ({ editions: scope, sourceId, ...rest }: WithdrawalDocument): PreparedWithdrawal => ({
    ...rest,
    editions: scope,
    ids: scope.map((code) => idOf.article(code, source, sourceId)),
    source,
    sourceId,
  });

  return (document) => {
    if (document.type === 'withdrawal') return prepareWithdrawal(document);
    const edition = editionsByCode.get(document.edition);
    if (edition === undefined)
      throw new LineError(`edition: ${document.edition.toLowerCase()} is not an edition of this gateway`);
    const store = elsewhere?.get(edition.code);
    // It would be written, and read by nobody.
    if (store !== undefined)
      throw new LineError(`edition: ${edition.code.toLowerCase()} lives in the store ${store}: it is written there`);
    if (document.type === 'article') return prepareArticle(document, edition);
    if (document.type === 'section') {
      const first = spellingKey(document.path.split('/')[0] ?? '');
      if (Object.hasOwn(RESERVED_STEPS, first))
        throw new LineError(`path: "${first}" is kept for the addresses of ${first}`);
    }
    return document;
  };
};
