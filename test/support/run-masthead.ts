import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { PROJECT_ROOT } from './shared.ts';

/** How a process ended, and everything it said. */
export interface Ending {
  /** Null when a signal ended it. */
  readonly exitStatus: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A real `masthead` process. */
export interface Masthead {
  readonly pid: number;
  readonly ended: Promise<Ending>;
  /** What it said so far. */
  said(): Pick<Ending, 'stdout' | 'stderr'>;
  /** Resolves to the match once standard output matches; fails, with all it said, when it ended without. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  /** The same of standard error. */
  complains(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Ending>;
  /** Sends the signal. */
  signal(signal: NodeJS.Signals): void;
  /** Sends this to its standard input. */
  type(text: string): void;
  /** Sends this, or nothing, and ends its standard input. */
  endInput(text?: string): void;
}

export interface RunOptions {
  /** The whole environment but PATH and HOME. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Default: an empty folder of its own. */
  readonly cwd?: string;
  /** Default: `test`, killed at its end; `file` for what several tests share. */
  readonly lifetime?: 'test' | 'file';
}

const leftovers = new Set<() => unknown>();
afterAll(async () => {
  for (const end of [...leftovers].toReversed()) await end();
});

/** An empty folder until the end of the test file. */
export const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'masthead-cli-'));
  leftovers.add(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Starts `masthead` with these words in an empty environment. */
export const runMasthead = (
  words: readonly string[],
  { variables = {}, cwd = makeFolder(), lifetime = 'test' }: RunOptions = {},
): Masthead => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'bin/masthead.js'), ...words], {
    cwd,
    env: { PATH, HOME, ...variables },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text));
  // It may end without having read what it was sent.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(([exitStatus]): Ending => ({
    exitStatus: exitStatus as number | null,
    ...said,
  }));

  const matches = (stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(said[stream]);
        if (match !== null) resolve(match);
      };
      look();
      child[stream].on('data', look);
      void ended.then((ending) => reject(new Error(`It never said ${String(pattern)}: ${JSON.stringify(ending)}`)));
    });
  const end = (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ending> => {
    child.kill(signal);
    return ended;
  };
  if (lifetime === 'test') onTestFinished(() => void end('SIGKILL'));
  else leftovers.add(() => end('SIGKILL'));

  return {
    pid: child.pid ?? 0,
    ended,
    said: () => ({ ...said }),
    prints: (pattern) => matches('stdout', pattern),
    complains: (pattern) => matches('stderr', pattern),
    end,
    signal: (signal) => void child.kill(signal),
    type: (text) => void child.stdin.write(text),
    endInput: (text = '') => void child.stdin.end(text),
  };
};

/** A `masthead start` that serves. */
export interface ServingMasthead extends Masthead {
  /** `http://localhost:…` */
  readonly url: string;
  /** The answer to a document; an error in it is one of the test's. */
  query(text: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
}

export interface Answer {
  readonly data: unknown;
  /** `Cache-Status`, shortened to what it says of the cache: `hit`, `fwd=miss`, … */
  readonly cacheStatus: string;
}

/** Starts a server, on a free port unless told otherwise, and waits until it says where it serves. */
export const startMasthead = async ({ variables = {}, ...options }: RunOptions = {}): Promise<ServingMasthead> => {
  const masthead = runMasthead(['start'], { ...options, variables: { PORT: '0', ...variables } });
  const [, url = ''] = await masthead.prints(/Endpoint {4}(http:\/\/localhost:\d+)\/graphql\n/);
  await masthead.complains(/"msg":"serving"/);
  return {
    ...masthead,
    url,
    query: async (text, values = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: text, variables: values }),
      });
      const body = await response.text();
      const { data, errors } = JSON.parse(body) as { data?: unknown; errors?: unknown };
      if (response.status !== 200 || errors !== undefined) throw new Error(`${response.status}: ${body}`);
      const cacheStatus = /hit|fwd=\w+/.exec(response.headers.get('cache-status') ?? '')?.[0] ?? 'none';
      return { data, cacheStatus };
    },
  };
};
