import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A real process of ours, spoken to line by line; killed when the test ends. */
export interface TestProcess {
  readonly pid: number;
  /** The next line it prints; undefined when it ended instead. */
  line(): Promise<string | undefined>;
  /** Tells it to go on. */
  go(): void;
  /** Ends its input, which it takes for a polite end; resolves to its exit code. */
  finish(): Promise<number | null>;
  /** As the kernel does when memory runs out. */
  kill(): Promise<void>;
}

/** Starts a file of this folder. */
export const startProcess = (file: string, ...values: readonly string[]): TestProcess => {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, file), ...values], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const exited = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  child.stdin.on('error', () => undefined);
  return {
    pid: child.pid ?? 0,
    line: async () => {
      const { value, done } = await lines.next();
      return done === true ? undefined : value;
    },
    go: () => void child.stdin.write('go\n'),
    finish: async () => {
      child.stdin.end();
      await exited;
      return child.exitCode;
    },
    kill,
  };
};
