import type { EditionCode } from '../../content/edition.ts';
import type { Author, Section, Tag } from '../../content/entities.ts';
import type { NamedDocument } from '../document.ts';
import { LineError } from '../line-error.ts';
import type { PreparedArticle, TaxonomyDocument } from '../prepare-document.ts';
import { entryKey, findEntry, type BatchState } from './batch-state.ts';

/** What an article names, as the database knows it. */
export interface References {
  /** Primary first, each once. */
  readonly sections: readonly Section[];
  /** Of all its sections. */
  readonly ancestors: readonly Section[];
  /** In editorial order, each once. */
  readonly authors: readonly Author[];
  readonly tags: readonly Tag[];
}

const slugOf = (named: NamedDocument): string => (typeof named === 'string' ? named : named.slug);

const ancestorsOf = ({ edition, path }: Section, state: BatchState): readonly Section[] => {
  const steps = path.split('/');
  return steps.slice(1).flatMap((_, index) => {
    const ancestor = findEntry(state.sections, edition, steps.slice(0, index + 1).join('/'));
    return ancestor === undefined ? [] : [ancestor];
  });
};

/**
 * The sections, authors and tags that `article` names. `create` makes the authors and tags that do not exist and are
 * given a name; it is called only when nothing is missing.
 *
 * @throws {LineError} naming everything that is missing.
 */
export const resolveReferences = (
  { document }: PreparedArticle,
  state: BatchState,
  create: (document: TaxonomyDocument) => void,
): References => {
  const { edition } = document;
  const missing: string[] = [];
  /** Each once, though it may be named in several spellings: the first is how it is written. */
  const created = new Map<string, TaxonomyDocument>();
  const paths = [...new Set([document.section, ...document.sections])];
  for (const path of paths) {
    if (findEntry(state.sections, edition, path) === undefined)
      missing.push(`section "${path}" (a line of type section must come before)`);
  }
  const look = (named: readonly NamedDocument[], type: 'author' | 'tag', known: ReadonlyMap<string, unknown>): void => {
    for (const one of named) {
      if (findEntry(known, edition, slugOf(one)) !== undefined) continue;
      if (typeof one === 'string')
        missing.push(`${type} "${one}" (give {"slug", "name"} to have it made, or a line of type ${type} before)`);
      else {
        const key = `${type} ${entryKey(edition, one.slug)}`;
        if (!created.has(key))
          created.set(key, type === 'tag' ? { type, edition, ...one } : { type, edition, kind: 'PERSON', ...one });
      }
    }
  };
  look(document.authors, 'author', state.authors);
  look(document.tags, 'tag', state.tags);
  if (missing.length > 0) throw new LineError(`edition ${edition.toLowerCase()} has no ${missing.join('; no ')}`);
  for (const one of created.values()) create(one);
  return pickReferences(edition, { paths, document }, state);
};

const pickReferences = (
  edition: EditionCode,
  { paths, document }: { readonly paths: readonly string[] } & Pick<PreparedArticle, 'document'>,
  state: BatchState,
): References => {
  const pick = <Entity>(known: ReadonlyMap<string, Entity>, values: readonly string[]): readonly Entity[] => [
    // Each once, though it may be named in several spellings.
    ...new Set(values.flatMap((value) => findEntry(known, edition, value) ?? [])),
  ];
  const sections = pick(state.sections, paths);
  return {
    sections,
    ancestors: sections.flatMap((section) => ancestorsOf(section, state)),
    authors: pick(state.authors, document.authors.map(slugOf)),
    tags: pick(state.tags, document.tags.map(slugOf)),
  };
};
