import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { findRedis } from '../../scripts/find-programs.ts';

/** A Redis that things are done to. */
export interface RedisServer {
  readonly port: number;
  /** As `kill -9` and, later, a supervisor that starts it again, empty, at the same address. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops and resumes the process: connections stay, nothing is answered. */
  hang(): void;
  resume(): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Ends the server, stopped or not, when its own standard input ends: at the latest with whoever holds the other end. */
const WARDEN = `"$@" & server=$!; echo "$server"; read -r _; kill -s KILL "$server"; wait "$server"`;

/** One round trip in Redis' own protocol. */
const say = (port: number, command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', reject);
    socket.once('data', (bytes) => {
      resolve(bytes.toString());
      socket.destroy();
    });
    socket.write(`${command}\r\n`);
  });

/** A running, empty Redis on a free port of this machine that keeps nothing on disk. */
export const startRedisServer = async (): Promise<RedisServer> => {
  const program = findRedis();
  if (program === undefined) throw new Error('Redis is not installed: run `npm test`, which brings it');
  const port = await pickFreePort();
  let running: { readonly end: () => Promise<void>; readonly pid: number } | undefined;

  const start = async (): Promise<void> => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn('sh', ['-c', WARDEN, 'warden', program, ...options, '--logfile', '/dev/null'], {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => undefined);
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.stdout.once('data', (bytes: Buffer) => resolve(Number(bytes.toString().trim())));
    });
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    running = {
      pid,
      end: () => {
        child.stdin.end();
        return ended;
      },
    };
    for (let attempt = 0; ; attempt += 1) {
      const isUp = await say(port, 'PING').then(
        (answer) => answer.startsWith('+PONG'),
        () => false,
      );
      if (isUp) return;
      if (attempt > 500) throw new Error('Redis did not start');
      await pause(10);
    }
  };
  const signal = (name: NodeJS.Signals): void => {
    if (running !== undefined) process.kill(running.pid, name);
  };
  const kill = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    await ending?.end();
  };

  await start();
  return {
    port,
    kill,
    start,
    hang: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    flush: async () => void (await say(port, 'FLUSHALL')),
    close: kill,
  };
};
