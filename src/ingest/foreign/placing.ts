import type { Edition, EditionCode } from '../../content/edition.ts';
import { spellingKey } from '../../content/spelling.ts';
import type { ArticleInput, Document } from '../document.ts';
import { LineError } from '../line-error.ts';
import { findUnstorable, parseDocument } from '../parse-document.ts';
import type { KnownSection } from './known-sections.ts';
import { pickEdition } from './pick-edition.ts';
import { articleSlug, slugOfWords, sourceIdOf } from './words.ts';

/** An article of others as far as its own file tells. */
export interface Draft {
  readonly edition: Edition;
  /** What its source calls it, however long. */
  readonly id: string;
  /** What its slug is made of. */
  readonly slugWords: string;
  /** Paths of its own sections, primary first; empty: none of ours. */
  readonly sections: readonly string[];
  readonly fields: Omit<ArticleInput, 'type' | 'source' | 'sourceId' | 'edition' | 'slug' | 'section' | 'sections'>;
}

/** What is decided before a file is read. */
export interface PlacingOptions {
  readonly editions: readonly Edition[];
  /** The edition everything goes to; undefined: each article's is told by its language. */
  readonly edition: EditionCode | undefined;
  /** Where articles go that have no section of ours, a path; undefined: nowhere. */
  readonly section: string | undefined;
  /** The publishing system. */
  readonly source: string;
  readonly known: readonly KnownSection[];
}

/** Finds the desk and the sections of articles of others. One for one reading of a file. */
export interface Placing {
  readonly edition: EditionCode | undefined;
  /** The editions that an article may be in whose edition nothing tells. */
  readonly scope: readonly EditionCode[];
  /** @throws {LineError} when it cannot be told. */
  editionFor(language: string | undefined): Edition;
  /** The path of the section of `edition` that one of `names` is the name, slug or path of, the first of them. */
  sectionFor(edition: Edition, names: readonly string[]): string | undefined;
  /**
   * The article that `draft` is, after the sections that have to be made for it.
   *
   * @throws {LineError} with everything that is wrong with it.
   */
  place(draft: Draft): readonly Document[];
}

// As the import document has it.
const MAX_POSITION = 2_147_483_647;

/** However it is spelled: a section by another spelling is the one that is there. */
const keyOf = (edition: EditionCode, name: string): string => `${edition} ${spellingKey(name)}`;
const lastStepOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `world-news` is called World news until somebody names it. */
const nameOfStep = (path: string): string => {
  const words = lastStepOf(path).replaceAll('-', ' ').trim() || lastStepOf(path);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** `a/b/c`, and what it stands in: `a`, `a/b`, `a/b/c`. */
const lineOf = (path: string): readonly string[] => {
  const steps = path.split('/');
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
};

/** Placing by the sections that were there when the file was opened, and the one that is made for it. */
export const createPlacing = ({ editions, edition: chosen, section, source, known }: PlacingOptions): Placing => {
  const existing = new Set(known.map(({ edition, path }) => keyOf(edition, path)));
  // What will be made counts from the beginning: importing again must find the same.
  const made: readonly KnownSection[] = editions.flatMap(({ code }) =>
    (section === undefined ? [] : lineOf(section))
      .filter((path) => !existing.has(keyOf(code, path)))
      .map((path) => ({ edition: code, path, name: nameOfStep(path) })),
  );
  const paths = new Map<string, string>();
  for (const { edition, path, name } of [...known, ...made])
    for (const called of [name, path, lastStepOf(path)]) {
      const key = keyOf(edition, slugOfWords(called));
      if (slugOfWords(called) !== '' && !paths.has(key)) paths.set(key, path);
    }

  // Behind those there are: what comes first in a menu is not for a stranger's file to say.
  const positions = new Map<EditionCode, number>();
  for (const { edition, position = 0 } of known)
    positions.set(edition, Math.min(Math.max(position + 1, positions.get(edition) ?? 0), MAX_POSITION));

  const sectionsToMake = (edition: Edition, wanted: readonly string[]): readonly object[] =>
    [...new Set(wanted.flatMap(lineOf))]
      .filter((path) => !existing.has(keyOf(edition.code, path)))
      .map((path) => ({
        type: 'section',
        edition: edition.code,
        path,
        name: nameOfStep(path),
        position: positions.get(edition.code) ?? 0,
      }));

  return {
    edition: chosen,
    scope: chosen === undefined ? editions.map(({ code }) => code) : [chosen],
    editionFor: (language) => pickEdition(language, { editions, chosen }),
    sectionFor(edition, names) {
      for (const name of names) {
        const path = paths.get(keyOf(edition.code, slugOfWords(name)));
        if (path !== undefined) return path;
      }
      return undefined;
    },
    place({ edition, id, slugWords, sections, fields }) {
      const [primary = section, ...further] = sections;
      if (primary === undefined)
        throw new LineError(
          `nothing of it is a section of edition ${edition.code.toLowerCase()}: say where such articles go with --section`,
        );
      const sourceId = sourceIdOf(id);
      const slug = articleSlug(slugWords, source, sourceId);
      const article = { ...fields, sourceId, edition: edition.code, slug, section: primary, sections: further };
      const unstorable = findUnstorable(article);
      if (unstorable !== undefined) throw new LineError(unstorable);
      const documents = [...sectionsToMake(edition, [primary, ...further]), article].map(parseDocument);
      for (const document of documents)
        if (document.type === 'section') existing.add(keyOf(edition.code, document.path));
      return documents;
    },
  };
};
