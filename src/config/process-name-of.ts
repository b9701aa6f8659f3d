import { hostname } from 'node:os';
import type { Environment } from './schema.ts';

/** What this process is called where people read of it: in acknowledgements and in every line of its log. */
export const processNameOf = ({ PROCESS_NAME, PORT }: Pick<Environment, 'PROCESS_NAME' | 'PORT'>): string =>
  PROCESS_NAME ?? `${hostname()}:${PORT}`;
