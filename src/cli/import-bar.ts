import { SingleBar } from 'cli-progress';
import type { ImportProgress } from '../ingest/import-documents.ts';

/** How far an import is, on a terminal. */
export interface ImportBar {
  show(progress: ImportProgress): void;
  stop(): void;
}

/**
 * A bar on `stream`, which reaches its end with `totalBytes`; nothing is drawn without a stream.
 *
 * @param unit what is counted beside it.
 */
export const createImportBar = (
  stream: NodeJS.WritableStream | undefined,
  { totalBytes, unit }: { readonly totalBytes: number; readonly unit: 'line' | 'item' },
): ImportBar => {
  // How long standard input is, nobody knows: then there is no end to measure against.
  if (stream === undefined || totalBytes === 0) return { show: () => undefined, stop: () => undefined };
  const format = `{phase} [{bar}] {percentage}% | ${unit} {line} | {imported} new, {updated} updated, {bad} bad | {eta_formatted} left`;
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
    show: (progress: ImportProgress): void => bar.update(Math.round(progress.readBytes), payloadOf(progress)),
    stop: (): void => bar.stop(),
  };
};
