import { createHash } from 'node:crypto';
import { isUnited } from './unite-statements.ts';

/** Names under which statements are prepared once on each connection, instead of being parsed and planned at every use. */
export interface StatementNames {
  /** The name of `text`; undefined: it is sent without one. */
  of(text: string): string | undefined;
  /** Told what a statement failed with: gives no name any more when somebody between us and the server shares its connections. */
  heed(sqlState: string | undefined): void;
}

/**
 * Each connection keeps what is prepared on it until it ends, half a megabyte of the server's memory for a listing. The
 * gateway's statements differ in a few shapes each, less than a hundred in all: this is what no mistake gets past.
 */
const NAME_LIMIT = 128;
/** A long one that is put together out of several shapes hardly comes twice, and is as large as all of them. */
const UNITED_LETTERS_LIMIT = 8_000;

/** The connection behind ours is another now, or somebody else has prepared something on it: a pooler lends it by the transaction. */
const SHARED: ReadonlySet<string> = new Set(['26000', '42P05']);
/** Among others: a migration has changed what a prepared statement gives. */
const FEATURE_NOT_SUPPORTED = '0A000';

/** By the text alone: whoever has prepared something under the name, on whichever connection, has prepared this. */
const nameOf = (text: string): string => `masthead_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;

/** Names for the statements of one pool of connections. */
export const createStatementNames = (): StatementNames => {
  const names = new Map<string, string>();
  let isShared = false;
  return {
    of(text) {
      if (isShared) return undefined;
      const known = names.get(text);
      if (known !== undefined || names.size >= NAME_LIMIT) return known;
      if (text.length > UNITED_LETTERS_LIMIT && isUnited(text)) return undefined;
      const name = nameOf(text);
      names.set(text, name);
      return name;
    },
    heed(sqlState) {
      isShared ||= SHARED.has(sqlState ?? '');
    },
  };
};

/** Whether a statement failed by its name alone, and so did nothing: without one it may be sent again. */
export const isNameLost = (sqlState: string | undefined): boolean =>
  SHARED.has(sqlState ?? '') || sqlState === FEATURE_NOT_SUPPORTED;
