import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A gateway in a process of its own, which does not outlive this one. */
export interface SpawnedGateway {
  /** Resolves to where it serves; rejects when it ends before, having said why on standard error. */
  readonly url: Promise<string>;
  /** Resolves to its exit status when it ends, by itself or asked; null: a signal ended it, or it could not be started. */
  readonly ended: Promise<number | null>;
  /** Asks it to finish open requests and end, and waits until it has. */
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../../../bin/masthead.js', import.meta.url));

/** What `masthead start` prints when it serves. */
const SERVES = /Endpoint\s+(\S+)\/graphql/;

/**
 * Starts `masthead start`.
 *
 * @param variables its environment.
 */
export const spawnGateway = (variables: Readonly<NodeJS.ProcessEnv>): SpawnedGateway => {
  const child = spawn(process.execPath, [PROGRAM, 'start'], {
    env: { ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Not of this terminal's foreground: Ctrl-C reaches it once, from us, and not twice, which would mean "at once".
    detached: true,
  });
  /** However this process ends: a terminal would no longer reach it. The whole group: what it started in turn, too. */
  const kill = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  process.on('exit', kill);
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve).once('error', () => resolve(null));
  }).finally(() => process.off('exit', kill));

  const url = new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      // To its end the pipe is read, and only the first words are kept.
      if (said.length < 10_000) said += text;
      const [, address] = SERVES.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('error', reject);
    void ended.then(() => reject(new Error('the gateway did not start')));
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
