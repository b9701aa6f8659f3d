import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedis } from '../../scripts/find-programs.ts';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';

/** A Redis of one test, to be treated badly. */
export interface OwnRedis {
  readonly url: string;
  readonly port: number;
  /** One command, on a connection of its own. */
  tell(...words: readonly [string, ...string[]]): Promise<unknown>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
  /** SIGSTOP: connections stay open and are taken, and nobody answers. */
  hang(): void;
  /** SIGCONT. */
  resume(): void;
  /** Ends it and deletes what it wrote. */
  close(): Promise<void>;
}

/** Runs the server until it ends, or whoever holds the other end of standard input does; says its process id first. */
const WARDEN = `
exec 3<&0
"$@" </dev/null >/dev/null 2>&1 3<&- &
server=$!
echo "$server"
( read -r _ <&3; kill -9 "$server" ) >/dev/null 2>&1 &
exec 3<&-
wait "$server"`;

/** The bus of a cluster listens 10,000 ports higher. */
const PORT_LIMIT = 55_000;

const pickPort = async (): Promise<number> => {
  for (;;) {
    const port = await pickFreePort('127.0.0.1');
    if (port < PORT_LIMIT) return port;
  }
};

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('close', () => socket.destroy());
    socket.on('connect', () => socket.destroy());
  });

const run = async (program: string, port: number, directory: string, settings: readonly string[]) => {
  const child = spawn(
    'sh',
    ['-c', WARDEN, 'warden', program, '--port', String(port), '--bind', '127.0.0.1', '--dir', directory].concat([
      '--save',
      '',
      '--appendonly',
      'no',
      ...settings,
    ]),
    { stdio: ['pipe', 'pipe', 'ignore'], detached: true },
  );
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  while (!(await listens(port)))
    if (child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 10));
    else throw new Error('redis-server did not start');
  return { processId: Number(line.toString()), ended };
};

/** Starts a Redis on a free loopback port that keeps nothing; `settings` as on its command line. */
export const startOwnRedis = async (settings: readonly string[] = []): Promise<OwnRedis> => {
  const program = findRedis();
  if (program === undefined) throw new Error('Redis is not installed: run `npm test`, which brings it');
  const directory = mkdtempSync(join(tmpdir(), 'masthead-own-redis-'));
  const port = await pickPort();
  let server = await run(program, port, directory, settings);
  const kill = async (): Promise<void> => {
    try {
      process.kill(server.processId, 'SIGKILL');
    } catch {
      // It is dead already.
    }
    await server.ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async tell(command, ...words) {
      const client = new Redis({
        port,
        host: '127.0.0.1',
        enableReadyCheck: false,
        protocol: 2,
        maxRetriesPerRequest: 1,
      });
      try {
        return await client.call(command, ...words);
      } finally {
        client.disconnect();
      }
    },
    kill,
    async restart() {
      server = await run(program, port, directory, settings);
    },
    hang: () => void process.kill(server.processId, 'SIGSTOP'),
    resume: () => void process.kill(server.processId, 'SIGCONT'),
    async close() {
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
