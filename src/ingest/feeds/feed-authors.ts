import { LEADING_BY } from '../../content/leading-by.ts';
import { namedOf } from '../foreign/sort-names.ts';

/** Who wrote a story, as an import document names it. */
export interface FeedAuthor {
  readonly slug: string;
  readonly name: string;
}

/** A name that may be an author's. */
export interface PossibleAuthor {
  readonly name: string;
  /** Told that it became one; not called when it is dropped. */
  readonly note: () => void;
}

// As the import document has them.
const MAX_AUTHORS = 50;
/** Longer ones are no names, and cost time to look through. */
export const MAX_WRITTEN_NAME = 500;

/** The authors among `names`, each once, without the "by" before them; names without letters and those too many are dropped. */
export const takeFeedAuthors = (names: readonly PossibleAuthor[]): readonly FeedAuthor[] => {
  const authors = new Map<string, FeedAuthor>();
  for (const { name, note } of names) {
    const author = name.length > MAX_WRITTEN_NAME ? undefined : namedOf(name.trim().replace(LEADING_BY, ''));
    if (author === undefined || (!authors.has(author.slug) && authors.size >= MAX_AUTHORS)) continue;
    if (!authors.has(author.slug)) authors.set(author.slug, author);
    note();
  }
  return [...authors.values()];
};
