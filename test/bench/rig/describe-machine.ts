import { cpus } from 'node:os';
import { readRelease } from '../../../src/config/read-release.ts';
import { CONNECTIONS, loadProgram } from './load.ts';
import { isPinned } from './processes.ts';

/** What figures were measured on, in two lines; `shape` says how long and how often. */
export const describeMachine = (shape: string): string => {
  const [cpu] = cpus();
  const cores = isPinned ? 'a core for the server, another for all else' : 'cores shared: no taskset, or one core';
  return [
    `masthead ${readRelease()}, Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}`,
    `${loadProgram}, ${CONNECTIONS} connections, ${shape}; ${cores}`,
  ].join('\n');
};
