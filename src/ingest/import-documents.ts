import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Edition, EditionCode } from '../content/edition.ts';
import type { Database } from '../database/database.ts';
import type { Entry, EntryReader } from './entry.ts';
import { LineError } from './line-error.ts';
import { createPreparer, type PreparedDocument } from './prepare-document.ts';
import { readLines } from './read-lines.ts';
import { createBatchWriter, withAtomicWriter, type BatchWriter } from './write/create-batch-writer.ts';

/** A line, or an item, that was not taken. */
export interface BadLine {
  /** From 1; of an item: which it is in its file. */
  readonly lineNumber: number;
  readonly reason: string;
}

/** How far an import has come: documents by what became of them. */
export interface ImportProgress {
  /** Only a strict import of a file looks through it first. */
  readonly phase: 'checking' | 'writing';
  /** Made new. */
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly badCount: number;
  readonly readBytes: number;
  readonly readLines: number;
}

export interface ImportResult extends ImportProgress {
  /** Of lines, or items, that were good and changed nothing, where that may surprise: the first `MAX_BAD_LINES`. */
  readonly notes: readonly BadLine[];
  /** The first `MAX_BAD_LINES`, by line. */
  readonly bad: readonly BadLine[];
  /** False: a strict import met a bad line, and nothing of it was kept. */
  readonly isKept: boolean;
}

export interface ImportDependencies {
  readonly database: Database;
  readonly editions: readonly Edition[];
  readonly clock: Clock;
  /** Names of the stores that hold editions in place of the database. Default: it holds them all. */
  readonly elsewhere?: ReadonlyMap<EditionCode, string>;
}

export interface ImportOptions {
  /** The publishing system of articles that name none. */
  readonly source: string;
  /** One bad line, and nothing is imported: everything is written in one transaction, which holds up other writers. */
  readonly isStrict?: boolean;
  /** What the file is cut into. Default: lines of documents. */
  readonly reader?: EntryReader;
  /** Called after every batch. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Bad lines that are remembered with their reasons; further ones are counted. */
export const MAX_BAD_LINES = 100;

/** One transaction each: few enough to be short, enough that a commit is paid by many. */
const BATCH_DOCUMENTS = 200;
const BATCH_BYTES = 4 * 1024 * 1024;
/** Documents read between two looks at what the database has answered: reading one takes about a millisecond. */
const DOCUMENTS_PER_TURN = 4;

interface NumberedDocument {
  readonly lineNumber: number;
  readonly document: PreparedDocument;
}

/** Counts and remembers what became of lines. */
const createTally = (phase: ImportProgress['phase'], onProgress: (progress: ImportProgress) => void) => {
  const counts = { phase, imported: 0, updated: 0, unchanged: 0, badCount: 0, readBytes: 0, readLines: 0 };
  let bad: readonly BadLine[] = [];
  const notes: BadLine[] = [];
  return {
    counts,
    bad: () => bad,
    notes: (): readonly BadLine[] => notes,
    addNote(lineNumber: number, reason: string): void {
      if (notes.length < MAX_BAD_LINES) notes.push({ lineNumber, reason });
    },
    addBad(lineNumber: number, reason: string): void {
      counts.badCount += 1;
      // Batches report after lines behind them have been read: the first by line are kept.
      if (bad.length < MAX_BAD_LINES || lineNumber < (bad.at(-1)?.lineNumber ?? 0))
        bad = [...bad, { lineNumber, reason }].toSorted((a, b) => a.lineNumber - b.lineNumber).slice(0, MAX_BAD_LINES);
    },
    report: (): void => onProgress({ ...counts }),
  };
};

/** Reads every entry and writes the good ones; the next batch is read while one is written. */
const readAndWrite = async (
  entries: AsyncIterable<Entry>,
  prepare: ReturnType<typeof createPreparer>,
  write: BatchWriter,
  tally: ReturnType<typeof createTally>,
): Promise<void> => {
  let batch: NumberedDocument[] = [];
  let batchBytes = 0;
  let writing: Promise<void> = Promise.resolve();

  const writeOne = async (documents: readonly NumberedDocument[]): Promise<void> => {
    const results = await write(documents.map(({ document }) => document));
    results.forEach((result, index) => {
      const lineNumber = documents[index]?.lineNumber ?? 0;
      if (result.outcome === 'bad') return tally.addBad(lineNumber, result.reason);
      tally.counts[result.outcome] += 1;
      if (result.note !== undefined) tally.addNote(lineNumber, result.note);
    });
    tally.report();
  };
  const flush = async (): Promise<void> => {
    await writing;
    const documents = batch;
    batch = [];
    batchBytes = 0;
    writing = documents.length === 0 ? Promise.resolve() : writeOne(documents);
    // It is awaited by the next flush; until then its failure is nobody's surprise.
    writing.catch(() => undefined);
  };

  try {
    for await (const { number, lengthBytes, read } of entries) {
      tally.counts.readLines = number;
      tally.counts.readBytes += lengthBytes;
      try {
        const documents = read().map((document) => ({ lineNumber: number, document: prepare(document) }));
        if (documents.length === 0) continue;
        batch.push(...documents);
        batchBytes += lengthBytes;
      } catch (error) {
        if (!(error instanceof LineError)) throw error;
        tally.addBad(number, error.message);
      }
      // Reading alone would never let an answer in, and the database would idle until the batch is full.
      if (batch.length % DOCUMENTS_PER_TURN === 0) await turn();
      if (batch.length >= BATCH_DOCUMENTS || batchBytes >= BATCH_BYTES) await flush();
    }
    await flush();
  } finally {
    await writing;
  }
  tally.report();
};

/**
 * Imports what the reader finds in `chunks`, which may be cut anywhere, by default one JSON document per line
 * (`docs/import.md`): in order, in batches. Bad lines are left out and reported. Doing it again changes nothing: articles
 * are known by source and id.
 *
 * @throws {FileError} as the reader does: nothing was written.
 * @throws {StoreError} when the database fails; batches before stay, unless the import is strict.
 */
export const importDocuments = async (
  { database, editions, clock, elsewhere }: ImportDependencies,
  chunks: AsyncIterable<Uint8Array | string>,
  { source, isStrict = false, reader = readLines, onProgress = () => undefined }: ImportOptions,
): Promise<ImportResult> => {
  const tally = createTally('writing', onProgress);
  const prepare = createPreparer({ editions, source, elsewhere });
  const resultOf = (isKept: boolean): ImportResult => ({
    ...tally.counts,
    bad: tally.bad(),
    notes: tally.notes(),
    isKept,
  });
  if (!isStrict) {
    await readAndWrite(reader(chunks), prepare, createBatchWriter(database, clock), tally);
    return resultOf(true);
  }
  const { keep } = await withAtomicWriter(database, clock, async (write) => {
    await readAndWrite(reader(chunks), prepare, write, tally);
    return { keep: tally.counts.badCount === 0 };
  });
  return keep ? resultOf(true) : { ...resultOf(false), imported: 0, updated: 0, unchanged: 0 };
};

/**
 * What is wrong with the lines of `chunks` as far as it shows without a database: encoding, JSON, fields, bodies, but
 * not whether a section exists or a slug is free. Nothing is written.
 */
export const checkDocuments = async (
  { editions, elsewhere }: Pick<ImportDependencies, 'editions' | 'elsewhere'>,
  chunks: AsyncIterable<Uint8Array | string>,
  { source, reader = readLines, onProgress = () => undefined }: Omit<ImportOptions, 'isStrict'>,
): Promise<ImportResult> => {
  const tally = createTally('checking', onProgress);
  await readAndWrite(reader(chunks), createPreparer({ editions, source, elsewhere }), async () => [], tally);
  return { ...tally.counts, bad: tally.bad(), notes: [], isKept: false };
};
