import type { Terminal } from './terminal.ts';

/** Prints `rows` in columns that are as wide as their widest cell, nothing behind the last. */
export const printTable = (rows: readonly (readonly string[])[], out: Terminal['out']): void => {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    out(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
};
