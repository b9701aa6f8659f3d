import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Does to a file in `folder` what a diff of a guide says: a line `--- path`, then lines that begin with a blank (stay), `-` or `+`,
 * as they stand one after the other in the file.
 *
 * @throws {Error} when the file has no such place, or several: the guide has drifted.
 */
export const applyDiff = (folder: string, diff: string): void => {
  const [head = '', ...lines] = diff.trimEnd().split('\n');
  const [, path] = /^--- (\S+)$/.exec(head) ?? [];
  if (path === undefined) throw new Error(`A diff begins with --- and a path: ${head}`);
  const textOf = (signs: string): string =>
    lines
      .filter((line) => signs.includes(line.charAt(0)))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const file = join(folder, path);
  const parts = readFileSync(file, 'utf8').split(textOf(' -'));
  if (parts.length !== 2) throw new Error(`${path} has ${parts.length - 1} places like that of the guide`);
  writeFileSync(file, parts.join(textOf(' +')));
};
