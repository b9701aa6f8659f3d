import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { loadConfig, type Config } from '../../src/config/load.ts';
import type { ArticleId } from '../../src/content/ids.ts';
import type { Database } from '../../src/database/database.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { again } from './again.ts';

/** Two desks whose articles have the same slugs. */
export const EDITIONS = ['en', 'es'] as const;
export type DeskCode = (typeof EDITIONS)[number];

/** Sections of every desk; an article stands in one of them, and in the list of all. */
export const SECTIONS = ['news', 'world', 'sports'] as const;

/** One article of the checker's newsroom. */
export interface Story {
  /** `en-7`: desk and number; the source's own id. */
  readonly key: string;
  readonly desk: DeskCode;
  readonly slug: string;
  /** Where it stood first; it is found there wherever it moves. */
  readonly address: string;
  /** Known once it has been published for the first time. */
  id: ArticleId | undefined;
  section: (typeof SECTIONS)[number];
  version: number;
  isHidden: boolean;
  hiddenBy: 'import' | 'order' | undefined;
}

/** The name of a list, as histories have it: `en/news`, `en/all`. */
export const listName = (desk: DeskCode, section: string): string => `${desk}/${section}`;

/** What readers see of a version: which article, and which of its states. */
export const headlineOf = (key: string, version: number): string => `story ${key} v${version}.`;

const PUBLIC_URL = 'http://checker.example';

/** A configuration file that every gateway reads. */
export const createNewsroomFile = (): {
  readonly variables: Readonly<Record<string, string>>;
  readonly config: Config;
  readonly remove: () => void;
} => {
  const folder = mkdtempSync(join(tmpdir(), 'masthead-consistency-'));
  const file = join(folder, 'newsroom.json');
  const editions = EDITIONS.map((code) => ({ code, name: `Desk ${code}`, language: code, timeZone: 'UTC' }));
  // What is JSON is YAML.
  writeFileSync(file, JSON.stringify({ editions }));
  const variables = { MASTHEAD_CONFIG: file, PUBLIC_URL };
  const config = loadConfig({ variables, demoFile: file });
  return { variables, config, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** Articles `0` to `count - 1` of both desks, none of them published yet. */
export const createStories = (count: number): readonly Story[] =>
  EDITIONS.flatMap((desk) =>
    Array.from({ length: count }, (_, index) => {
      const section = SECTIONS[index % SECTIONS.length] ?? SECTIONS[0];
      const slug = `story-${index}`;
      const address = `${PUBLIC_URL}/${desk}/${section}/${slug}`;
      const standing = { section, id: undefined, version: 0, isHidden: true, hiddenBy: undefined };
      return { key: `${desk}-${index}`, desk, slug, address, ...standing };
    }),
  );

/** Long enough to be worth packing. */
const FILLER = '<p>The same words under every version, so that only the others matter to a reader.</p>'.repeat(12);

/** The line that makes `story` what it says of itself. */
const lineOf = ({ key, desk, slug, section, version, isHidden }: Story): unknown => ({
  sourceId: key,
  edition: desk,
  slug,
  headline: headlineOf(key, version),
  standfirst: `Standing first of ${headlineOf(key, version)}`,
  section,
  publishedAt: '2026-01-01T00:00:00Z',
  html: `<p>${headlineOf(key, version)}</p>${FILLER}`,
  ...(isHidden ? { withdrawnAt: '2026-01-02T00:00:00Z' } : {}),
});

/** The content of the newsroom, written the way a publishing system's content is. */
export const createContentWriter = (database: Database, { editions }: Config) => {
  const importLines = async (lines: readonly unknown[]): Promise<void> => {
    const chunks = (async function* () {
      yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    })();
    const result = await importDocuments({ database, editions, clock: systemClock }, chunks, { source: 'checker' });
    if (result.badCount > 0) throw new Error(`a line of the checker's was not taken: ${JSON.stringify(result.bad)}`);
  };
  return {
    importSections: () =>
      importLines(
        EDITIONS.flatMap((edition) => SECTIONS.map((path) => ({ type: 'section', edition, path, name: path }))),
      ),
    /** Twice is as once: what is there as it is told stays as it is. */
    importStories: (stories: readonly Story[]) => again(() => importLines(stories.map(lineOf))),
    /** Writes headline and body over the importer's head: nothing is put into the outbox. */
    editInPlace: async ({ key, version }: Story, before: number): Promise<void> => {
      const rows = await database.query(
        `UPDATE articles SET headline = replace(headline, $2, $3), standfirst = replace(standfirst, $2, $3),
                body = replace(body::text, $2, $3)::jsonb, version = version + 1, content_digest = ''
          WHERE source_id = $1 RETURNING id`,
        [key, headlineOf(key, before), headlineOf(key, version)],
      );
      if (rows.length !== 1) throw new Error(`${key} is not in the database`);
    },
    loadIds: async (stories: readonly Story[]): Promise<void> => {
      const rows = await database.query<{ id: ArticleId; source_id: string }>(
        'SELECT id, source_id FROM articles WHERE source_id = ANY ($1::text[])',
        [stories.map(({ key }) => key)],
      );
      const ids = new Map(rows.map(({ id, source_id }) => [source_id, id]));
      for (const story of stories) story.id ??= ids.get(story.key);
    },
  };
};

export type ContentWriter = ReturnType<typeof createContentWriter>;
