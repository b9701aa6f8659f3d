import { createReadStream } from 'node:fs';
import { open, stat, writeFile } from 'node:fs/promises';
import { RESERVED_STEPS } from '../content/addresses.ts';
import { parseEditionCode, type Edition, type EditionCode } from '../content/edition.ts';
import { path } from '../ingest/document-fields.ts';
import { FileError } from '../ingest/file-error.ts';
import { peek } from '../ingest/foreign/peek.ts';
import { HEAD_BYTES, isTelling, recognise, type Format, type Recognised } from '../ingest/foreign/recognise.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-status.ts';
import { writeFailure } from './import-report.ts';

/** What `masthead import` was told. */
export interface ImportRequest {
  /** Path of a file, or `-` for standard input. */
  readonly file: string;
  /** The publishing system of articles that name none. */
  readonly source: string;
  readonly strict: boolean;
  /** Default: told by what is in the file. */
  readonly format?: Format;
  /** Of ninjs and feeds: the edition all of it goes to, in either case. */
  readonly edition?: string;
  /** Of ninjs and feeds: the path of the section where articles go that have none of ours. */
  readonly section?: string;
  /** Where the report is written as JSON. */
  readonly report?: string;
}

/** An import that can begin: the request makes sense, and the file can be read and is known. */
export interface OpenedImport {
  readonly request: ImportRequest;
  readonly recognised: Recognised;
  readonly edition: EditionCode | undefined;
  readonly section: string | undefined;
  /** 0: nobody knows. */
  readonly sizeBytes: number;
  /** Standard input, to be read once; undefined: the file is opened by its path. */
  readonly chunks: AsyncIterable<Uint8Array | string> | undefined;
}

const STANDARD_INPUT = '-';

/** How messages call the file. */
export const nameOf = ({ file }: Pick<ImportRequest, 'file'>): string =>
  file === STANDARD_INPUT ? 'standard input' : file;

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

const parseEdition = (code: string | undefined, editions: readonly Edition[]): EditionCode | undefined => {
  const edition = code === undefined ? undefined : parseEditionCode(code);
  if (code === undefined || editions.some((one) => one.code === edition)) return edition;
  const known = editions.map((one) => one.code.toLowerCase()).join(', ');
  throw new CommandError(`--edition: "${code}" is no edition of this gateway (${known})`, EXIT.badUsage);
};

const parseSection = (given: string | undefined): string | undefined => {
  if (given === undefined) return undefined;
  const parsed = path.safeParse(given);
  if (!parsed.success) throw new CommandError(`--section: "${given}" is no path of a section`, EXIT.badUsage);
  const first = parsed.data.split('/')[0] ?? '';
  if (!Object.hasOwn(RESERVED_STEPS, first)) return parsed.data;
  throw new CommandError(`--section: "${first}" is kept for the addresses of ${first}`, EXIT.badUsage);
};

/** The import is long, and its report comes last: that it can be written is known before. */
const checkReport = async (file: string | undefined): Promise<void> => {
  if (file === undefined) return;
  try {
    await (await open(file, 'a')).close();
  } catch (cause) {
    throw new CommandError(`--report: ${file} cannot be written`, EXIT.failed, { cause });
  }
};

const headOf = async (file: string): Promise<Uint8Array> => {
  try {
    return (await peek(createReadStream(file, { end: HEAD_BYTES - 1 }), HEAD_BYTES)).head;
  } catch (cause) {
    throw new CommandError(`${file} cannot be read`, EXIT.failed, { cause });
  }
};

/**
 * Checks what `request` says and looks at its file, before a database is opened, or started, for nothing.
 *
 * @throws {CommandError} when that does not go together.
 */
export const openImport = async (request: ImportRequest, editions: readonly Edition[]): Promise<OpenedImport> => {
  const edition = parseEdition(request.edition, editions);
  const section = parseSection(request.section);
  const sizeBytes = await sizeOf(request.file);
  const isInput = request.file === STANDARD_INPUT;
  const peeked = isInput ? await peek(process.stdin, HEAD_BYTES, isTelling) : undefined;
  const head = peeked?.head ?? (await headOf(request.file));
  try {
    const recognised = recognise(head, request.file, request.format);
    if (recognised.format === 'ndjson' && (edition !== undefined || section !== undefined))
      throw new CommandError(
        `--edition and --section are for ninjs and feeds; ${nameOf(request)} is NDJSON, whose lines name theirs`,
        EXIT.badUsage,
      );
    await checkReport(request.report);
    return { request, recognised, edition, section, sizeBytes, chunks: peeked?.chunks };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const message = `${nameOf(request)}: ${error.message}`;
    await checkReport(request.report);
    if (request.report !== undefined) await writeFile(request.report, writeFailure(nameOf(request), message));
    throw new CommandError(message, EXIT.failed, { cause: error });
  }
};
