import type { FieldReport } from '../ingest/foreign/field-log.ts';
import type { ImportResult } from '../ingest/import-documents.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** What an import has to report. */
export interface ImportReport {
  /** How the file is called in messages. */
  readonly file: string;
  /** What it is, e.g. `RSS 2.0`; `NDJSON` of our own documents. */
  readonly standard: string;
  readonly unit: 'line' | 'item';
  /** Of files of others: what became of their fields. */
  readonly fields: FieldReport | undefined;
  readonly result: ImportResult;
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A report quotes the file: the terminal must not obey what stands in it. */
export const harmless = (text: string): string => text.replace(OBEYED, '\ufffd');

const sayFields = ({ mapped, dropped, leftOut, unlisted }: FieldReport, out: Terminal['out']): void => {
  for (const { field, to, count } of mapped) out(harmless(`mapped: ${field} → ${to} (${count})`));
  if (dropped.length > 0)
    out(harmless(`dropped: ${dropped.map(({ field, count }) => `${field} (${count})`).join(', ')}`));
  const valuesLeftOut = leftOut.reduce((sum, { count }) => sum + count, 0);
  if (valuesLeftOut > 0) out(`left out with bad items: ${valuesLeftOut} values`);
  if (unlisted > 0) out(`and ${unlisted} more values, of fields too many to list`);
};

/** Says what came of an import; failed when anything of it was bad. */
export const sayReport = (
  { file, standard, unit, fields, result }: ImportReport,
  { out, err }: Terminal,
): ExitStatus => {
  const { bad, badCount, notes, isKept, readLines, imported, updated, unchanged } = result;
  if (fields !== undefined) {
    out(harmless(`${file} is ${standard}: ${readLines} ${readLines === 1 ? 'item' : 'items'}`));
    sayFields(fields, out);
  }
  for (const { lineNumber, reason } of notes) out(`${unit} ${lineNumber}: ${harmless(reason)}`);
  for (const { lineNumber, reason } of bad) err(`${unit} ${lineNumber}: ${harmless(reason)}`);
  if (badCount > bad.length) err(`and ${badCount - bad.length} more bad ${unit}s`);
  if (!isKept) err(`Nothing was imported: ${badCount} of ${readLines} ${unit}s are bad`);
  else {
    const skipped = badCount === 0 ? '' : `, ${badCount} bad ${badCount === 1 ? unit : `${unit}s`} skipped`;
    out(`${imported} new, ${updated} updated, ${unchanged} unchanged${skipped}`);
  }
  return badCount === 0 ? EXIT.done : EXIT.failed;
};

/** The report, as `--report` writes it, of an import that ended before its time: why, and nothing of another run. */
export const writeFailure = (file: string, reason: string): string =>
  `${JSON.stringify({ file, failed: reason }, null, 2)}\n`;

/** The report as `--report` writes it: JSON, its keys as `docs/import.md` names them. */
export const writeReport = ({ file, standard, unit, fields, result }: ImportReport): string => {
  const { imported, updated, unchanged, isKept, readLines, bad, badCount, notes } = result;
  const counts = { new: imported, updated, unchanged, bad: badCount, isKept, read: readLines };
  const listed = (lines: ImportResult['bad']) =>
    lines.map(({ lineNumber, reason }) => ({ [unit]: lineNumber, reason }));
  const shown = fields ?? { mapped: [], dropped: [], leftOut: [], unlisted: 0 };
  return `${JSON.stringify({ file, standard, counts, ...shown, notes: listed(notes), bad: listed(bad) }, null, 2)}\n`;
};
