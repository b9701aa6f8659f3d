import { cpus } from 'node:os';
import { readRelease } from '../../../src/config/read-release.ts';
import { CONNECTIONS, loadProgram } from './load.ts';
import { isPinned } from './processes.ts';

/** What makes the load, and over how many connections. */
export const describeLoad = `${loadProgram}, ${CONNECTIONS} connections`;

const PLACES = isPinned ? 'a core for the server, another for all else' : 'cores shared: no taskset, or one core';

/** What figures were measured on, in two lines; `shape` says how they were taken, `cores` on which. */
export const describeMachine = (shape: string, cores: string = PLACES): string => {
  const [cpu] = cpus();
  return [
    `masthead ${readRelease()}, Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}`,
    `${shape}; ${cores}`,
  ].join('\n');
};
