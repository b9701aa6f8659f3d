import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that keeps what is written to it. */
export interface HeardTerminal extends Terminal {
  readonly said: string[];
  readonly complained: string[];
}

/** Nothing was written to it yet. */
export const hear = (): HeardTerminal => {
  const said: string[] = [];
  const complained: string[] = [];
  return { said, complained, out: (line) => said.push(line), err: (line) => complained.push(line) };
};
