import type { EditionCode } from '../../content/edition.ts';
import { spellingKey } from '../../content/spelling.ts';
import type { SourceTaxonomy } from '../../stores/content-source.ts';
import { LineError } from '../line-error.ts';
import { findUnstorable, parseDocument } from '../parse-document.ts';
import type { PreparedDocument, TaxonomyDocument } from '../prepare-document.ts';
import type { Document } from '../document.ts';
import { toDocument } from './to-document.ts';

/** What of a source's taxonomy can be written, and why the rest cannot. */
export interface TaxonomyReading {
  /** Parents first. */
  readonly documents: readonly TaxonomyDocument[];
  /** One per entry that cannot, e.g. `section "a/b": …`. */
  readonly refused: readonly string[];
}

const NAMED = { section: 'path', tag: 'slug', author: 'slug', live: 'title' } as const;

/** Reads the taxonomy of a source as lines of an import, which hold it to what everybody's is held to. */
export const readTaxonomy = (
  { sections, tags, authors, live }: SourceTaxonomy,
  edition: EditionCode,
  prepare: (document: Document) => PreparedDocument,
): TaxonomyReading => {
  const documents: TaxonomyDocument[] = [];
  const refused: string[] = [];
  const seen = new Set<string>();

  const add = (type: keyof typeof NAMED, entry: object): void => {
    const name = String((entry as Readonly<Record<string, unknown>>)[NAMED[type]]);
    const key = `${type} ${spellingKey(name)}`;
    // The first counts: two of one spelling would take turns.
    if (seen.has(key)) return;
    seen.add(key);
    try {
      const input = { ...(toDocument(entry) as object), type, edition };
      const unstorable = findUnstorable(input);
      if (unstorable !== undefined) throw new LineError(unstorable);
      documents.push(prepare(parseDocument(input)) as TaxonomyDocument);
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      refused.push(`${type} "${name.slice(0, 100)}": ${error.message}`);
    }
  };
  for (const section of sections) add('section', section);
  for (const tag of tags) add('tag', tag);
  for (const author of authors) add('author', author);
  if (live !== null) {
    const { title, url, startedAt, endedAt } = live;
    const timeOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
    add('live', { title, url, startedAt: timeOf(startedAt), endedAt: timeOf(endedAt) });
  }
  return { documents, refused };
};
