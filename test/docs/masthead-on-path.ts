import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PROJECT_ROOT } from '../support/shared.ts';

/** The environment of a page's commands: `masthead` is ours, made in `folder`, and `URL` is its server's. */
export const mastheadOnPath = (folder: string, url: string): NodeJS.ProcessEnv => {
  const commands = join(folder, 'commands');
  mkdirSync(commands);
  const script = join(commands, 'masthead');
  writeFileSync(script, `#!/bin/sh\nexec "${process.execPath}" "${join(PROJECT_ROOT, 'bin/masthead.js')}" "$@"\n`);
  chmodSync(script, 0o755);
  const { PATH = '', HOME = '' } = process.env;
  return { HOME, PATH: `${commands}${delimiter}${PATH}`, URL: url };
};
