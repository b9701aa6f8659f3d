import type { Database, Row } from '../../src/database/database.ts';
import { importDocuments, type ImportOptions, type ImportResult } from '../../src/ingest/import-documents.ts';
import { linesOf, testEditions } from './import-lines.ts';
import { createWoundClock, type WoundClock } from './wound-clock.ts';

/** An importer over a test database, and what it left there. */
export interface IngestRig {
  readonly clock: WoundClock;
  /** Imports `documents`, objects or raw lines, of the system `cms`. */
  run(documents: readonly unknown[], options?: Partial<ImportOptions>): Promise<ImportResult>;
  /** The row of the article the system calls `sourceId`. */
  article(sourceId: string): Promise<Row>;
  /** Takes what is in the outbox, as the relay does. */
  takeOutbox(): Promise<readonly OutboxEntry[]>;
  /** Ids of sections by path, tags and authors by slug, articles by source id. */
  idOf(name: string): Promise<string>;
  /** `slug x → 1`, `path former y → 1`, in order. */
  addresses(): Promise<readonly string[]>;
}

export interface OutboxEntry extends Row {
  readonly kind: string;
  readonly article_id: string | null;
  readonly edition: string;
  readonly tags: readonly string[];
  readonly version: number | null;
}

/** The instant at which rigs begin. */
export const RIG_START = Date.UTC(2026, 10, 23, 9);

/** Over a fresh database; closing that is its owner's. */
export const createIngestRig = (database: Database): IngestRig => {
  const clock = createWoundClock(RIG_START);
  return {
    clock,
    run: (documents, options = {}) =>
      importDocuments({ database, editions: testEditions, clock }, linesOf(documents), { source: 'cms', ...options }),
    async article(sourceId) {
      const [row] = await database.query('SELECT * FROM articles WHERE source_id = $1', [sourceId]);
      if (row === undefined) throw new Error(`no article ${sourceId}`);
      return row;
    },
    takeOutbox: async () => {
      const rows = await database.query<OutboxEntry>('SELECT * FROM outbox ORDER BY id');
      await database.query('DELETE FROM outbox');
      return rows;
    },
    async idOf(name) {
      const [row] = await database.query<{ id: string }>(
        `SELECT id FROM sections WHERE path = $1 UNION ALL SELECT id FROM tags WHERE slug = $1
         UNION ALL SELECT id FROM authors WHERE slug = $1 UNION ALL SELECT id FROM articles WHERE source_id = $1`,
        [name],
      );
      if (row === undefined) throw new Error(`nothing is called ${name}`);
      return row.id;
    },
    async addresses() {
      const rows = await database.query<{ text: string }>(
        `SELECT d.form || CASE WHEN d.is_current THEN ' ' ELSE ' former ' END || d.value || ' → ' || a.source_id AS text
           FROM addresses d JOIN articles a ON a.id = d.article_id
          ORDER BY d.form, d.is_current DESC, d.since DESC, d.value`,
      );
      return rows.map(({ text }) => text);
    },
  };
};

/** The sections of the English test desk. */
export const sections = [
  { type: 'section', edition: 'en', path: 'news', name: 'News' },
  { type: 'section', edition: 'en', path: 'news/politics', name: 'Politics' },
  { type: 'section', edition: 'en', path: 'news/economy', name: 'Economy' },
  { type: 'section', edition: 'en', path: 'world', name: 'World' },
];

/** A line for an article, complete but for what `fields` say otherwise. */
export const articleLine = (sourceId: string, fields: Readonly<Record<string, unknown>> = {}) => ({
  sourceId,
  edition: 'en',
  slug: `story-${sourceId}`,
  headline: `Story ${sourceId}`,
  publishedAt: '2026-11-20T08:00:00+02:00',
  section: 'news/politics',
  html: '<p>Words of the story.</p>',
  ...fields,
});
