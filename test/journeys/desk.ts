import type { Instant } from '../../src/clock.ts';
import { idOf, type ArticleId } from '../../src/content/ids.ts';
import { parseEditionCode } from '../../src/content/edition.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { linesOf } from '../support/import-lines.ts';
import { runQuery, type QueryAnswer } from '../support/run-query.ts';
import { createTestApp, type TestApp, type TestAppOptions } from '../support/test-app.ts';
import { createWoundClock, type WoundClock } from '../support/wound-clock.ts';

/** The instant at which desks begin. */
export const DESK_START: Instant = Date.UTC(2026, 10, 23, 12);

const MINUTE_MS = 60_000;

/** RFC 3339, `minutes` before the desk began; negative: after it. */
export const minutesAgo = (minutes: number): string => new Date(DESK_START - minutes * MINUTE_MS).toISOString();

/** A newsroom a test fills by itself, as a publishing system would, and asks as a reader would. */
export interface Desk {
  readonly app: TestApp;
  readonly clock: WoundClock;
  /** Imports `documents` and waits until the gateway knows; a bad one fails the test. */
  write(...documents: readonly Document[]): Promise<void>;
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<QueryAnswer>;
  /** What `query` gives; an error fails the test. */
  read(query: string, variables?: Readonly<Record<string, unknown>>): Promise<QueryAnswer['data']>;
  close(): Promise<void>;
}

type Document = Readonly<Record<string, unknown>>;

const SOURCE = 'desk';

/** The sections of every desk. */
const SECTIONS: readonly Document[] = ['en', 'ar', 'es'].flatMap((edition) => [
  { type: 'section', edition, path: 'news', name: 'News', position: 2, translationGroup: 'news' },
  { type: 'section', edition, path: 'news/politics', name: 'Politics', position: 2 },
  { type: 'section', edition, path: 'news/sport', name: 'Sport', position: 1 },
  { type: 'section', edition, path: 'news/sport/rowing', name: 'Rowing' },
  { type: 'section', edition, path: 'world', name: 'World', position: 1, kind: 'REGION' },
]);

/** An article of the English desk, an hour old when the desk begins, complete but for what `fields` say otherwise. */
export const story = (key: string, fields: Document = {}): Document => ({
  sourceId: key,
  edition: 'en',
  slug: key,
  headline: `Headline of ${key}`,
  publishedAt: minutesAgo(60),
  section: 'news/politics',
  html: `<p>Words of ${key}.</p>`,
  ...fields,
});

/** The id of the article that `story(key)` wrote. */
export const storyId = (key: string, edition = 'en'): ArticleId =>
  idOf.article(parseEditionCode(edition) ?? 'EN', SOURCE, key);

/** A gateway with three desks, sections and no article, on a clock that stands still. */
export const openDesk = async (
  options: Pick<TestAppOptions, 'kind' | 'swap' | 'observe' | 'variables'> = {},
): Promise<Desk> => {
  const clock = createWoundClock(DESK_START);
  const app = await createTestApp({ ...options, clock, isEmpty: true });
  const ask: Desk['ask'] = (query, variables) => runQuery(app, query, variables);
  const write: Desk['write'] = async (...documents) => {
    const { database, config } = app;
    const result = await importDocuments({ database, editions: config.editions, clock }, linesOf(documents), {
      source: SOURCE,
    });
    if (result.bad[0] !== undefined) throw new Error(`line ${result.bad[0].lineNumber}: ${result.bad[0].reason}`);
    await app.changes.step();
  };
  await write(...SECTIONS);
  return {
    app,
    clock,
    write,
    ask,
    async read(query, variables) {
      const { data, errors } = await ask(query, variables);
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return data;
    },
    close: () => app.close(),
  };
};
