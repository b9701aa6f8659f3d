import { stat } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { systemClock } from '../clock.ts';
import { StoreError } from '../errors.ts';
import {
  importDocuments,
  type ImportDependencies,
  type ImportProgress,
  type ImportResult,
} from '../ingest/import-documents.ts';
import { importFile } from '../ingest/import-file.ts';
import { CommandError } from './command-error.ts';
import { openConfigured, readConfig } from './configure.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** What `masthead import` was told. */
export interface ImportRequest {
  /** Path of a file, or `-` for standard input. */
  readonly file: string;
  /** The publishing system of articles that name none. */
  readonly source: string;
  readonly strict: boolean;
}

/** Where an import shows how far it is. */
export interface ProgressOutput extends Terminal {
  /** Absent: nobody watches, and nothing is shown until the end. */
  readonly bar?: NodeJS.WritableStream;
}

const STANDARD_INPUT = '-';

const sizeOf = async (file: string): Promise<number> => {
  if (file === STANDARD_INPUT) return 0;
  try {
    const status = await stat(file);
    if (status.isDirectory()) throw new CommandError(`${file} is a directory, not a file of NDJSON`, EXIT.failed);
    return status.size;
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(`${file} cannot be read`, EXIT.failed, { cause });
  }
};

const createBar = (stream: NodeJS.WritableStream | undefined, totalBytes: number) => {
  // How long standard input is, nobody knows: then there is no end to measure against.
  if (stream === undefined || totalBytes === 0) return { show: () => undefined, stop: () => undefined };
  const format =
    '{phase} [{bar}] {percentage}% | line {line} | {imported} new, {updated} updated, {bad} bad | {eta_formatted} left';
  const bar = new SingleBar({ format, stream, hideCursor: true, etaBuffer: 50 });
  const payloadOf = ({
    phase,
    readLines,
    imported,
    updated,
    badCount,
  }: Omit<ImportProgress, 'unchanged' | 'readBytes'>) => ({
    phase,
    line: readLines,
    imported,
    updated,
    bad: badCount,
  });
  bar.start(totalBytes, 0, payloadOf({ phase: 'writing', readLines: 0, imported: 0, updated: 0, badCount: 0 }));
  return {
    show: (progress: ImportProgress): void => bar.update(progress.readBytes, payloadOf(progress)),
    stop: (): void => bar.stop(),
  };
};

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A reason quotes the file: the terminal must not obey what stands in it. */
const harmless = (text: string): string => text.replace(OBEYED, '\ufffd');

const report = ({ bad, badCount, isKept, ...counts }: ImportResult, { out, err }: Terminal): ExitStatus => {
  for (const { lineNumber, reason } of bad) err(`line ${lineNumber}: ${harmless(reason)}`);
  if (badCount > bad.length) err(`and ${badCount - bad.length} more bad lines`);
  if (!isKept) err(`Nothing was imported: ${badCount} of ${counts.readLines} lines are bad`);
  else {
    const skipped = badCount === 0 ? '' : `, ${badCount} bad lines skipped`;
    out(`${counts.imported} new, ${counts.updated} updated, ${counts.unchanged} unchanged${skipped}`);
  }
  return badCount === 0 ? EXIT.done : EXIT.failed;
};

/** Imports what `request` names and says what came of it; failed when any line was bad. */
export const runImport = async (
  dependencies: ImportDependencies,
  { file, source, strict }: ImportRequest,
  output: ProgressOutput,
): Promise<ExitStatus> => {
  const bar = createBar(output.bar, await sizeOf(file));
  let reached = 0;
  const options = {
    source,
    isStrict: strict,
    onProgress: (progress: ImportProgress): void => {
      reached = progress.phase === 'writing' ? progress.imported + progress.updated + progress.unchanged : 0;
      bar.show(progress);
    },
  };
  let result: ImportResult;
  try {
    result = await (file === STANDARD_INPUT
      ? importDocuments(dependencies, process.stdin, options)
      : importFile(dependencies, file, options));
  } catch (error) {
    bar.stop();
    if (!(error instanceof StoreError)) throw error;
    const kept = strict ? 'Nothing was imported.' : `${reached} documents are in; import the file again to go on.`;
    throw new CommandError(`The import stopped: ${error.message}. ${kept}`, EXIT.failed, { cause: error });
  }
  bar.stop();
  return report(result, output);
};

/** `masthead import FILE`: loads sections, tags, authors, live streams and articles into the configured database. */
export const importCommand = async (request: ImportRequest, terminal: Terminal): Promise<ExitStatus> => {
  const config = readConfig();
  // Before a database is opened, or started, for nothing.
  await sizeOf(request.file);
  const database = await openConfigured(config, 'command', terminal);
  try {
    const bar = process.stderr.isTTY ? { bar: process.stderr } : {};
    const dependencies = { database, editions: config.editions, clock: systemClock };
    return await runImport(dependencies, request, { ...terminal, ...bar });
  } finally {
    await database.close();
  }
};
