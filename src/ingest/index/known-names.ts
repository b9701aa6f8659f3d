import type { EditionCode } from '../../content/edition.ts';
import { spellingKey } from '../../content/spelling.ts';
import type { Queryable, Row } from '../../database/database.ts';
import type { NamedDocument } from '../document.ts';
import type { PreparedArticle } from '../prepare-document.ts';

/** The sections, tags and authors of an edition that are written, by the keys of their spellings. */
export interface KnownNames {
  readonly sections: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  readonly authors: ReadonlySet<string>;
}

interface NameRow extends Row {
  readonly of: keyof KnownNames;
  readonly spelling_key: string;
}

/** What is written of `edition`. */
export const loadKnownNames = async (database: Queryable, edition: EditionCode): Promise<KnownNames> => {
  const rows = await database.query<NameRow>(
    `SELECT 'sections' AS of, spelling_key FROM sections WHERE edition = $1
     UNION ALL SELECT 'tags', spelling_key FROM tags WHERE edition = $1
     UNION ALL SELECT 'authors', spelling_key FROM authors WHERE edition = $1`,
    [edition],
  );
  const keysOf = (of: keyof KnownNames): ReadonlySet<string> =>
    new Set(rows.filter((row) => row.of === of).map((row) => row.spelling_key));
  return { sections: keysOf('sections'), tags: keysOf('tags'), authors: keysOf('authors') };
};

const slugOf = (named: NamedDocument): string => (typeof named === 'string' ? named : named.slug);

/** What an article names and is not written, e.g. `tag "sport"`. */
export const unknownNamesOf = ({ document }: PreparedArticle, known: KnownNames): readonly string[] => {
  const missing = (names: readonly string[], of: keyof KnownNames, word: string): readonly string[] =>
    names.filter((name) => !known[of].has(spellingKey(name))).map((name) => `${word} "${name}"`);
  return [
    ...missing([document.section, ...document.sections], 'sections', 'section'),
    ...missing(document.tags.map(slugOf), 'tags', 'tag'),
    ...missing(document.authors.map(slugOf), 'authors', 'author'),
  ];
};

/** The article without what it names and nobody knows; null: it would stand in no section. */
export const withoutUnknown = (article: PreparedArticle, known: KnownNames): PreparedArticle | null => {
  const { document } = article;
  const sections = [document.section, ...document.sections].filter((path) => known.sections.has(spellingKey(path)));
  const [section, ...others] = sections;
  if (section === undefined) return null;
  const isKnown =
    (of: 'tags' | 'authors') =>
    (named: NamedDocument): boolean =>
      known[of].has(spellingKey(slugOf(named)));
  const tags = document.tags.filter(isKnown('tags'));
  const authors = document.authors.filter(isKnown('authors'));
  return { ...article, document: { ...document, section, sections: others, tags, authors } };
};
