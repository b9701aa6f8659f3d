import { writeFile } from 'node:fs/promises';
import { readDatabaseClock } from '../changes/read-database-clock.ts';
import { StoreError } from '../errors.ts';
import { FileError } from '../ingest/file-error.ts';
import { createForeignReader, type ForeignReader } from '../ingest/foreign/foreign-reader.ts';
import { loadKnownSections } from '../ingest/foreign/known-sections.ts';
import {
  importDocuments,
  type ImportDependencies,
  type ImportOptions,
  type ImportProgress,
  type ImportResult,
} from '../ingest/import-documents.ts';
import { importFile } from '../ingest/import-file.ts';
import { CommandError } from './command-error.ts';
import { readConfig } from './configure.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { createImportBar } from './import-bar.ts';
import { harmless, sayReport, writeFailure, writeReport } from './import-report.ts';
import { nameOf, openImport, type ImportRequest, type OpenedImport } from './open-import.ts';
import { paceCollector } from './pace-collector.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** Where an import shows how far it is. */
export interface ProgressOutput extends Terminal {
  /** Absent: nobody watches, and nothing is shown until the end. */
  readonly bar?: NodeJS.WritableStream;
}

const createReader = async (
  { database, editions }: ImportDependencies,
  { request, recognised, edition, section }: OpenedImport,
): Promise<ForeignReader | undefined> => {
  const { format, layout } = recognised;
  if (format === 'ndjson') return undefined;
  const known = await loadKnownSections(database, editions);
  return createForeignReader({ format, layout }, { editions, edition, section, source: request.source, known });
};

/** What the person who imports is told when it could not be done. */
const explain = (error: unknown, { request }: OpenedImport, reached: number): unknown => {
  if (error instanceof FileError) {
    const message = `${nameOf(request)}: ${harmless(error.message)}. Nothing was imported.`;
    return new CommandError(message, EXIT.failed, { cause: error });
  }
  if (!(error instanceof StoreError)) return error;
  const kept = request.strict
    ? 'Nothing was imported.'
    : `${reached} documents are in; import the file again to go on.`;
  return new CommandError(`The import stopped: ${error.message}. ${kept}`, EXIT.failed, { cause: error });
};

/** Imports what was opened and says what came of it; failed when any line or item was bad. */
export const runImport = async (
  dependencies: ImportDependencies,
  opened: OpenedImport,
  output: ProgressOutput,
): Promise<ExitStatus> => {
  const { request, sizeBytes, chunks } = opened;
  const reader = await createReader(dependencies, opened);
  const unit = reader === undefined ? 'line' : 'item';
  const bar = createImportBar(output.bar, { totalBytes: sizeBytes, unit });
  let reached = 0;
  const options: ImportOptions = {
    source: request.source,
    isStrict: request.strict,
    ...(reader === undefined ? {} : { reader: reader.read }),
    onProgress: (progress: ImportProgress): void => {
      reached = progress.phase === 'writing' ? progress.imported + progress.updated + progress.unchanged : 0;
      bar.show(progress);
    },
  };
  let result: ImportResult;
  try {
    result = await (chunks === undefined
      ? importFile(dependencies, request.file, options)
      : importDocuments(dependencies, chunks, options));
  } catch (error) {
    const explained = explain(error, opened, reached);
    const reason = explained instanceof CommandError ? explained.message : 'an error of the gateway itself';
    if (request.report !== undefined) await writeFile(request.report, writeFailure(nameOf(request), reason));
    throw explained;
  } finally {
    bar.stop();
  }
  const report = {
    file: nameOf(request),
    standard: reader?.standard() ?? 'NDJSON',
    unit,
    fields: reader?.fields(),
    result,
  } as const;
  if (request.report !== undefined) await writeFile(request.report, writeReport(report));
  return sayReport(report, output);
};

/** `masthead import FILE`: loads sections, tags, authors, live streams and articles into the configured database. */
export const importCommand = async (request: ImportRequest, terminal: Terminal): Promise<ExitStatus> => {
  // Before a database is opened, or started, for nothing.
  const opened = await openImport(request, readConfig().editions);
  return await withDatabase(terminal, async (database, { editions, stores }) => {
    // An import keeps nothing from batch to batch.
    const stopPacing = paceCollector({ keptMegabytes: 0 });
    try {
      const bar = process.stderr.isTTY ? { bar: process.stderr } : {};
      const others = stores.filter(({ kind }) => kind !== 'main');
      const elsewhere = new Map(others.flatMap((store) => store.editions.map((code) => [code, store.name] as const)));
      // The gateway goes by it: what this machine's own takes for past may be ahead, and would be told to nobody.
      const clock = await readDatabaseClock(database);
      return await runImport({ database, editions, clock, elsewhere }, opened, { ...terminal, ...bar });
    } finally {
      stopPacing();
    }
  });
};
