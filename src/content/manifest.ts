import { createHash } from 'node:crypto';
import type { Article } from './entities.ts';
import type { ArticleId } from './ids.ts';

/**
 * How much of an article is in an answer, from less to more: `named`, in a list or a reference; its `excerpt`; its `text`. A
 * number where it is kept: its place here.
 */
export const EXTENTS = ['named', 'excerpt', 'text'] as const;
export type Extent = (typeof EXTENTS)[number];

/** An article in an answer: which version of it, and how much, by its place in `EXTENTS`. */
export type ManifestEntry = readonly [id: ArticleId, version: number, extent: number];

/** What an answer hands over, for delivery accounting. Answers that hand over the same have the same digest. */
export interface Manifest {
  readonly digest: string;
  /** By id and version. */
  readonly entries: readonly ManifestEntry[];
}

const DIGEST_DIGITS = 32;

/** The manifest of `entries`; undefined: nothing is handed over. */
export const manifestOf = (entries: readonly ManifestEntry[]): Manifest | undefined => {
  if (entries.length === 0) return undefined;
  const ordered = entries.toSorted(([a, one], [b, other]) => (a === b ? one - other : a < b ? -1 : 1));
  const digest = createHash('sha256').update(JSON.stringify(ordered)).digest('hex').slice(0, DIGEST_DIGITS);
  return { digest, entries: ordered };
};

/** Gathers what an answer hands over while it is made. */
export interface ManifestDraft {
  /** The most that is said of a version of an article counts. */
  add(article: Pick<Article, 'id' | 'version'>, extent: Extent): void;
  finish(): Manifest | undefined;
}

/** An empty draft, one per fill. */
export const draftManifest = (): ManifestDraft => {
  const entries = new Map<string, ManifestEntry>();
  return {
    add({ id, version }, extent) {
      const key = `${id} ${version}`;
      const place = EXTENTS.indexOf(extent);
      if (place > (entries.get(key)?.[2] ?? -1)) entries.set(key, [id, version, place]);
    },
    finish: () => manifestOf([...entries.values()]),
  };
};

/** Whether `value` is what a manifest was written as. Its digest is believed. */
export const isManifest = (value: unknown): value is Manifest => {
  if (typeof value !== 'object' || value === null) return false;
  const { digest, entries } = value as { readonly [Name in keyof Manifest]?: unknown };
  return (
    typeof digest === 'string' &&
    /^[0-9a-f]{32}$/.test(digest) &&
    Array.isArray(entries) &&
    entries.length > 0 &&
    entries.every(isEntry)
  );
};

/** What the database keeps: one entry beyond it, and nothing that was given could be written down any more. */
const VERSION_LIMIT = 2 ** 31 - 1;

const isEntry = (entry: unknown): boolean =>
  Array.isArray(entry) &&
  entry.length === 3 &&
  typeof entry[0] === 'string' &&
  /^art_[\w-]{1,124}$/.test(entry[0]) &&
  Number.isInteger(entry[1]) &&
  Math.abs(entry[1] as number) <= VERSION_LIMIT &&
  EXTENTS[entry[2] as number] !== undefined;
