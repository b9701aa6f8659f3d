import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A gateway in a process of its own. */
export interface SpawnedGateway {
  readonly url: string;
  /** Resolves to its exit status when it ends, by itself or asked; null: a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to finish open requests and end, and waits until it has. */
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../../../bin/masthead.js', import.meta.url));

/** What `masthead start` prints when it serves. */
const SERVES = /Endpoint\s+(\S+)\/graphql/;

/**
 * Starts `masthead start` and waits until it serves.
 *
 * @param variables its environment.
 * @throws when it ends before; it has then said why on standard error.
 */
export const spawnGateway = async (variables: Readonly<NodeJS.ProcessEnv>): Promise<SpawnedGateway> => {
  const child = spawn(process.execPath, [PROGRAM, 'start'], {
    env: { ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Not of this terminal's foreground: Ctrl-C reaches it once, from us, and not twice, which would mean "at once".
    detached: true,
  });
  const ended = once(child, 'exit').then(([status]) => status as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, address] = SERVES.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('error', reject);
    void ended.then(() => reject(new Error('The gateway did not start')));
  });
  return {
    url,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
