import type { z } from 'zod';
import type { EditionCode } from '../../content/edition.ts';
import { spellingKey } from '../../content/spelling.ts';
import type { SourceTaxonomy } from '../../stores/content-source.ts';
import { describeIssues } from '../describe-issues.ts';
import { LineError } from '../line-error.ts';
import { findUnstorable, parseDocument } from '../parse-document.ts';
import type { PreparedDocument, TaxonomyDocument } from '../prepare-document.ts';
import { documentSchemas, type Document } from '../document.ts';
import { toDocument } from './to-document.ts';

/** What of a source's taxonomy can be written, and why the rest cannot. */
export interface TaxonomyReading {
  /** Parents first. */
  readonly documents: readonly TaxonomyDocument[];
  /** One per entry that cannot, or not whole, e.g. `section "a/b": …`. */
  readonly refused: readonly string[];
  /** Of all its entries, written or not, what `entryKey` gives. */
  readonly had: ReadonlySet<string>;
}

/** What an entry is known by, among all of its edition. */
export const entryKey = (type: TaxonomyDocument['type'], name: string): string => `${type} ${spellingKey(name)}`;

/** What an entry can do without, where it does not fit: stories are filed under it, and would go with it. */
const SPARED: ReadonlySet<PropertyKey> = new Set(['description', 'role', 'bio', 'avatar', 'translationGroup']);

const isSpared = ({ path: [name = ''] }: z.core.$ZodIssue): boolean => SPARED.has(name);

type TaxonomyType = 'section' | 'tag' | 'author' | 'live';

type Entry = Readonly<Record<string, unknown>> & { readonly type: TaxonomyType };

interface Fitting {
  readonly document: Document;
  readonly leftOut: readonly string[];
}

/**
 * A document of what fits of `entry`.
 *
 * @throws {LineError} when what it cannot do without does not.
 */
const parseSparing = (entry: Entry): Fitting => {
  const unstorable = Object.entries(entry).flatMap(([name, value]) => {
    const found = findUnstorable(value, name);
    return found === undefined ? [] : [{ name, found }];
  });
  const fatal = unstorable.find(({ name }) => !SPARED.has(name));
  if (fatal !== undefined) throw new LineError(fatal.found);
  const without = (names: ReadonlySet<PropertyKey>): Entry =>
    Object.fromEntries(Object.entries(entry).filter(([name]) => !names.has(name))) as Entry;
  const bad = new Set<PropertyKey>(unstorable.map(({ name }) => name));
  const leftOut = unstorable.map(({ found }) => found);
  const parsed = documentSchemas[entry.type].safeParse(without(bad));
  if (parsed.success) return { document: parsed.data, leftOut };
  const { issues } = parsed.error;
  const spared = issues.filter(isSpared);
  for (const { path } of spared) bad.add(path[0] ?? '');
  // Whatever else is wrong is said by this one.
  return { document: parseDocument(without(bad)), leftOut: [...leftOut, describeIssues(spared)] };
};

const NAMED = { section: 'path', tag: 'slug', author: 'slug', live: 'title' } as const;

/** Reads the taxonomy of a source as lines of an import, which hold it to what everybody's is held to. */
export const readTaxonomy = (
  { sections, tags, authors, live }: SourceTaxonomy,
  edition: EditionCode,
  prepare: (document: Document) => PreparedDocument,
): TaxonomyReading => {
  const documents: TaxonomyDocument[] = [];
  const refused: string[] = [];
  const had = new Set<string>();

  const add = (type: TaxonomyType, entry: object): void => {
    const name = String((entry as Readonly<Record<string, unknown>>)[NAMED[type]]);
    const key = entryKey(type, name);
    // The first counts: two of one spelling would take turns.
    if (had.has(key)) return;
    had.add(key);
    const refuse = (reason: string): void => void refused.push(`${type} "${name.slice(0, 100)}": ${reason}`);
    try {
      const { document, leftOut } = parseSparing({ ...(toDocument(entry) as object), type, edition });
      const prepared = prepare(document) as TaxonomyDocument;
      if (leftOut.length > 0) refuse(leftOut.join('; '));
      documents.push(prepared);
      if (prepared.type !== 'live')
        had.add(entryKey(prepared.type, prepared.type === 'section' ? prepared.path : prepared.slug));
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      refuse(error.message);
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
  return { documents, refused, had };
};
