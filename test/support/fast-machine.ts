import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder } from './run-masthead.ts';

/** Read by a process before anything else. Its clock that never steps back is as it was, as when an operator sets the other. */
const moved = (aheadMs: number): string => `
  const Real = Date;
  const now = () => Real.now() + ${aheadMs};
  globalThis.Date = class Date extends Real {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now()] : parts));
    }
    static now() {
      return now();
    }
  };
`;

/** Variables that make a process take the time for `aheadMs` later than it is. */
export const fastMachine = (aheadMs: number): { readonly NODE_OPTIONS: string } => {
  const file = join(makeFolder(), 'fast-machine.mjs');
  writeFileSync(file, moved(aheadMs));
  return { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` };
};
