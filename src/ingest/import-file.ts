import { createReadStream } from 'node:fs';
import {
  checkDocuments,
  importDocuments,
  type ImportDependencies,
  type ImportOptions,
  type ImportResult,
} from './import-documents.ts';

/**
 * Imports the file at `filePath`. A strict import reads it twice: once to look for what shows without a database,
 * so that a broken file costs nobody a long transaction, then to write.
 *
 * @throws {StoreError} as `importDocuments`, and the file system's error when the file cannot be read.
 */
export const importFile = async (
  dependencies: ImportDependencies,
  filePath: string,
  options: ImportOptions,
): Promise<ImportResult> => {
  // Large pieces: a line is seldom cut in two.
  const open = () => createReadStream(filePath, { highWaterMark: 256 * 1024 });
  if (options.isStrict) {
    const checked = await checkDocuments(dependencies, open(), options);
    if (checked.badCount > 0) return checked;
  }
  return importDocuments(dependencies, open(), options);
};
