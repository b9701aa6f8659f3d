import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { findPostgresFolder, findRedis, findVarnish } from '../../scripts/find-programs.ts';

/** A server started for the tests and nobody else. */
export interface Service {
  /** Where it answers, password included. */
  readonly url: string;
  /** Where it keeps what it writes; gone after `stop`. */
  readonly directory: string;
  /** Ends the server and deletes its directory. The same happens when the process that started it dies. */
  stop(): Promise<void>;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

interface Server {
  readonly directory: string;
  readonly account: Account;
  readonly command: readonly string[];
  /** What the server writes to its log once it takes connections. */
  readonly readyLine: RegExp;
  /** The signal that ends it without ceremony. */
  readonly signal: 'QUIT' | 'TERM';
}

const START_TIMEOUT_MS = 60_000;
const LOG_POLL_MS = 20;

/**
 * Runs the server until its own standard input ends, which happens at `stop` and at the death, however
 * sudden, of the process that holds the other end. Arguments: directory, signal, command.
 */
const WARDEN = `
directory=$1 signal=$2; shift 2
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -s "$signal" "$server" ) 2>/dev/null &
exec 3<&-
wait "$server"; code=$?
rm -rf -- "$directory"
exit "$code"`;

/** PostgreSQL refuses to run as root: then it, and all that touches its files, runs as `postgres`. */
const postgresAccount = (): Account => {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
};

const makeDirectory = (name: string, { uid, gid }: Account): string => {
  const directory = mkdtempSync(join(tmpdir(), `masthead-${name}-`));
  if (uid !== undefined && gid !== undefined) chownSync(directory, uid, gid);
  return directory;
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const end = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
};

/** What is in a file that may have been deleted since it was opened. */
const readFromStart = (file: number): string => {
  const start = Buffer.alloc(64 * 1024);
  return start.toString('utf8', 0, readSync(file, start, 0, start.length, 0));
};

const waitUntilReady = async (child: ChildProcess, log: number, readyLine: RegExp): Promise<void> => {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    // Asked first: what the server wrote before it ended is then there to be read.
    const ended = hasEnded(child);
    const written = readFromStart(log);
    if (readyLine.test(written)) return;
    if (ended || Date.now() > deadline) throw new Error(`The server did not start:\n${written}`);
    await new Promise((resolve) => setTimeout(resolve, LOG_POLL_MS));
  }
};

const run = async ({ directory, account, command, readyLine, signal }: Server, url: string): Promise<Service> => {
  // A file, not a pipe: nobody has to drain it, and it goes with the directory.
  const log = openSync(join(directory, 'log'), 'a+');
  const child = spawn('sh', ['-c', WARDEN, 'warden', directory, signal, ...command], {
    ...account,
    cwd: directory,
    // A session of its own: Ctrl-C reaches the test runner alone, whose end is then the server's.
    detached: true,
    stdio: ['pipe', log, log],
  });
  // A warden that has just died is no news to whoever ends it.
  child.stdin?.on('error', () => undefined);
  const stop = (): Promise<void> => end(child);
  try {
    await waitUntilReady(child, log, readyLine);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    closeSync(log);
  }
  return { url, directory, stop };
};

/**
 * A fresh PostgreSQL cluster with one empty database, on a free loopback port, nothing flushed to disk.
 *
 * @param changed settings that differ from a test's, by their names.
 */
export const startPostgres = async (changed: Readonly<Record<string, string | number>> = {}): Promise<Service> => {
  const programs = findPostgresFolder();
  if (programs === undefined) throw new Error('PostgreSQL is not installed: run `npm test`, which brings it');
  const account = postgresAccount();
  const directory = makeDirectory('postgres', account);
  const data = join(directory, 'data');
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(directory, 'password');
  try {
    writeFileSync(passwordFile, password, { mode: 0o644 });
    execFileSync(
      join(programs, 'initdb'),
      ['-D', data, '-U', 'masthead', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`].concat([
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
        '--no-sync',
        '--no-instructions',
      ]),
      { ...account, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] },
    );
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
  const port = await pickFreePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: directory,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    // Test files run side by side, each with its own pools.
    max_connections: 200,
    timezone: 'UTC',
    ...changed,
  };
  const command = [join(programs, 'postgres'), '-D', data];
  for (const [name, value] of Object.entries(settings)) command.push('-c', `${name}=${value}`);
  return run(
    { directory, account, command, readyLine: /database system is ready to accept connections/, signal: 'QUIT' },
    `postgres://masthead:${password}@127.0.0.1:${port}/postgres`,
  );
};

/** An empty Redis on a free loopback port that keeps nothing on disk. */
export const startRedis = async (): Promise<Service> => {
  const program = findRedis();
  if (program === undefined) throw new Error('Redis is not installed: run `npm test`, which brings it');
  const directory = makeDirectory('redis', {});
  const port = await pickFreePort();
  const password = randomBytes(16).toString('hex');
  const settings = join(directory, 'redis.conf');
  writeFileSync(
    settings,
    `bind 127.0.0.1\nport ${port}\nrequirepass ${password}\nsave ""\nappendonly no\ndir ${directory}\n`,
    { mode: 0o600 },
  );
  return run(
    { directory, account: {}, command: [program, settings], readyLine: /Ready to accept connections/, signal: 'TERM' },
    `redis://:${password}@127.0.0.1:${port}`,
  );
};

/** Varnish says that it runs a little before it takes connections. */
const waitUntilItListens = async (port: number): Promise<void> => {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    if (Date.now() > deadline) throw new Error(`Nothing listens on port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, LOG_POLL_MS));
  }
};

/** A Varnish in memory on a free loopback port that does what `vcl` says. */
export const startVarnish = async (vcl: string): Promise<Service> => {
  const program = findVarnish();
  if (program === undefined) throw new Error('Varnish is not installed: run `npm test`, which brings it');
  const directory = makeDirectory('varnish', {});
  const port = await pickFreePort();
  const file = join(directory, 'masthead.vcl');
  writeFileSync(file, vcl);
  const command = [program, '-F', '-j', 'none', '-n', join(directory, 'work'), '-f', file, '-T', 'none'];
  command.push('-a', `127.0.0.1:${port}`, '-s', 'default,16m', '-p', 'vsl_space=1M', '-p', 'thread_pools=1');
  const url = `http://127.0.0.1:${port}`;
  const varnish = await run({ directory, account: {}, command, readyLine: /Child starts/, signal: 'TERM' }, url);
  try {
    await waitUntilItListens(port);
  } catch (error) {
    await varnish.stop();
    throw error;
  }
  return varnish;
};
