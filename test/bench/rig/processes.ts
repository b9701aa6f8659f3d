import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { findProgram } from '../../../scripts/find-programs.ts';

/** The core of the server under measurement; everything else runs on another one. */
export const SERVER_CORE = '0';
const OTHER_CORE = '1';

const taskset = availableParallelism() < 2 ? undefined : findProgram(['taskset']);

/** Whether servers and load have a core each. */
export const isPinned = taskset !== undefined;

/** Puts this process, and all it will start, on the core that the servers leave free. */
export const leaveServerCore = (): void => {
  if (taskset !== undefined) execFileSync(taskset, ['-apc', OTHER_CORE, String(process.pid)], { stdio: 'ignore' });
};

/** Has a signal end this process by an exit, which ends what it started: otherwise that would be left running. */
export const exitOnSignals = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
};

export interface Program {
  readonly pid: number;
  /** Settles when it has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
const killAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

/** Has `child` end with this process at the latest. */
const watch = async (child: ChildProcess): Promise<void> => {
  if (running.size === 0) process.once('exit', killAll);
  running.add(child);
  await once(child, 'exit');
  running.delete(child);
  if (running.size === 0) process.removeListener('exit', killAll);
};

/** Starts `node` with `args` on the servers' core; ends with this process at the latest. */
export const startNode = (args: readonly string[], environment: NodeJS.ProcessEnv): Program => {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', ...args];
  if (taskset !== undefined) command.unshift(taskset, '-c', SERVER_CORE);
  const [program = '', ...rest] = command;
  const child = spawn(program, rest, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = watch(child);
  return {
    pid: child.pid ?? 0,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** Linux counts CPU time in hundredths of a second. */
const TICK_SECONDS = 0.01;

/** Seconds of CPU that process `pid` has used so far, in all its threads. */
export const cpuSeconds = (pid: number): number => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field may hold blanks and brackets: fields are counted from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
};

/** Megabytes of memory that process `pid` has in use now. */
export const residentMegabytes = (pid: number): number => {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
};
