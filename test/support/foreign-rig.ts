import type { Document } from '../../src/ingest/document.ts';
import { createForeignReader } from '../../src/ingest/foreign/foreign-reader.ts';
import type { FieldReport } from '../../src/ingest/foreign/field-log.ts';
import type { PlacingOptions } from '../../src/ingest/foreign/placing.ts';
import { HEAD_BYTES, recognise, type Format } from '../../src/ingest/foreign/recognise.ts';
import { LineError } from '../../src/ingest/line-error.ts';
import { testEditions } from './import-lines.ts';

/** What a file of others was read as. */
export interface ReadForeign {
  readonly standard: string;
  /** Of the items that were taken. */
  readonly documents: readonly Document[];
  readonly articles: readonly Extract<Document, { type: 'article' }>[];
  /** `item: reason`. */
  readonly bad: readonly string[];
  readonly fields: FieldReport;
}

/** As a user would have it who says where things go. */
const OPTIONS: PlacingOptions = {
  editions: testEditions,
  edition: undefined,
  section: 'wire',
  source: 'agency',
  known: [
    { edition: 'EN', path: 'news', name: 'News' },
    { edition: 'EN', path: 'news/politics', name: 'Politics' },
    { edition: 'AR', path: 'أخبار', name: 'أخبار' },
  ],
};

/**
 * Reads a file of ninjs or a feed, without a database.
 *
 * @throws {FileError} as its reader does.
 */
export const readForeign = async (
  content: string | Uint8Array,
  options: Partial<PlacingOptions> = {},
  forced?: Format,
): Promise<ReadForeign> => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const { format, layout } = recognise(bytes.subarray(0, HEAD_BYTES), 'file', forced);
  if (format === 'ndjson') throw new TypeError('recognised as NDJSON');
  const reader = createForeignReader({ format, layout }, { ...OPTIONS, ...options });
  const documents: Document[] = [];
  const bad: string[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  for await (const { number, read } of reader.read(chunks())) {
    try {
      documents.push(...read());
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      bad.push(`${number}: ${error.message}`);
    }
  }
  const articles = documents.filter((document) => document.type === 'article');
  return { standard: reader.standard(), documents, articles, bad, fields: reader.fields() };
};

/** `field → to` of what was mapped, once each. */
export const mappedOf = ({ fields }: ReadForeign): readonly string[] => [
  ...new Set(fields.mapped.map(({ field, to }) => `${field} → ${to}`)),
];

export const droppedOf = ({ fields }: ReadForeign): readonly string[] => fields.dropped.map(({ field }) => field);
