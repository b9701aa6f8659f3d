import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Instant } from '../clock.ts';
import { EDITION_CODES } from '../content/edition.ts';
import { demoContentDirectory } from './demo-files.ts';
import { readDemoRenditions, showRenditions, showRenditionsInHtml, type DemoRenditions } from './demo-renditions.ts';
import { parseArticleFile } from './parse-article-file.ts';
import { resolveHours } from './relative-hours.ts';

/** The publishing system that the demo newsroom's articles name as theirs. */
export const DEMO_SOURCE = 'demo';

/** A line of an import file, not yet checked against `documentSchema`. */
export type RawDocument = Readonly<Record<string, unknown>>;

/** What `read` makes of the file at `path`; a failure names the file. */
const readWith = async <Result>(path: string, read: (text: string) => Result): Promise<Result> => {
  const text = await readFile(path, 'utf8');
  try {
    return read(text);
  } catch (error) {
    throw new TypeError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

/** What content files are read with. */
interface Reading {
  readonly edition: string;
  readonly now: Instant;
  readonly renditions: DemoRenditions;
}

/** The fields of a content file as an import line has them. */
const readFields = (written: unknown, { now, renditions }: Reading): RawDocument =>
  showRenditions(resolveHours(written, now), renditions) as RawDocument;

const loadTaxonomy = (folder: string, reading: Reading): Promise<readonly RawDocument[]> =>
  readWith(join(folder, 'taxonomy.ndjson'), (text) =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ edition: reading.edition, ...readFields(JSON.parse(line), reading) })),
  );

const loadArticle = (path: string, reading: Reading): Promise<RawDocument> =>
  readWith(path, (text) => {
    const { front, html } = parseArticleFile(text);
    return {
      sourceId: basename(path, '.html'),
      ...readFields(front, reading),
      type: 'article',
      source: DEMO_SOURCE,
      edition: reading.edition,
      html: showRenditionsInHtml(html, reading.renditions),
    };
  });

/** Oldest first, as a desk would have published them. */
const byPublication = (one: RawDocument, other: RawDocument): number =>
  String(one['publishedAt']).localeCompare(String(other['publishedAt'])) ||
  String(one['sourceId']).localeCompare(String(other['sourceId']));

/**
 * The demo newsroom as import lines, in an order that can be imported: of each edition its sections (parents first), tags,
 * authors and live stream, then its articles.
 *
 * @param now what the content's times are relative to, so that the newsroom is fresh whenever it is loaded.
 * @throws {TypeError} naming the file, if a content file is not well formed or shows a drawing that has no renditions.
 */
export async function* loadDemoDocuments(now: Instant): AsyncGenerator<RawDocument, void, undefined> {
  const renditions = await readDemoRenditions();
  const desks = await readdir(demoContentDirectory);
  // A desk of somebody else's making is none of the demo's.
  for (const edition of EDITION_CODES.map((code) => code.toLowerCase()).filter((code) => desks.includes(code))) {
    const folder = join(demoContentDirectory, edition);
    const reading = { edition, now, renditions };
    yield* await loadTaxonomy(folder, reading);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.html'));
    const articles = await Promise.all(names.map((name) => loadArticle(join(folder, name), reading)));
    yield* articles.toSorted(byPublication);
  }
}
