import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import type { Database } from '../../src/database/database.ts';
import { pickNeighbouringPorts } from '../support/pick-neighbouring-ports.ts';
import { makeFolder, runMasthead, startMasthead, type Masthead } from '../support/run-masthead.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

const QUERY = encodeURIComponent('{ edition(code: EN) { articles(first: 1) { nodes { headline } } } }');

/** Asks over a connection of its own. */
const ask = async (url: string): Promise<string> => {
  const sent = request(`${url}/graphql?query=${QUERY}`, { agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return text(response);
};

interface Line {
  readonly process: string;
  readonly msg: string;
  readonly name?: string;
  readonly pid?: number;
  readonly signal?: string;
}

const logOf = (masthead: Masthead): readonly Line[] =>
  masthead
    .said()
    .stderr.split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** The lives that served so far, in the order in which they began to. */
const livesOf = (masthead: Masthead) =>
  logOf(masthead)
    .filter(({ msg }) => msg === 'a process serves')
    .map(({ name, pid = 0 }) => ({ name, pid }));

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('masthead start, in several processes', () => {
  let url: string;
  let database: Database;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    ({ url, drop } = await createPostgresTestUrl());
    database = createPostgresDatabase({ url, maxConnections: 1 });
  });
  afterEach(async () => {
    await database.close();
    await drop();
  });
  const leases = () => database.query('SELECT process FROM leases ORDER BY process');
  const startTwo = (variables: Readonly<Record<string, string>> = {}) =>
    startMasthead({ variables: { DATABASE_URL: url, PROCESSES: '2', PROCESS_NAME: 'desk', ...variables } });

  it('answers on one port from each, under names and figures of their own, and ends all of them in order', async () => {
    const metricsPort = await pickNeighbouringPorts(2);
    const masthead = await startTwo({ METRICS_PORT: String(metricsPort) });
    expect(await leases()).toEqual([{ process: 'desk-1' }, { process: 'desk-2' }]);
    for (let count = 0; count < 20; count += 1) expect(await ask(masthead.url)).toContain('"headline"');

    const answered = async (port: number): Promise<number> => {
      const figures = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return Number(/masthead_http_request_seconds_count\{route="\/graphql",status="200"\} (\d+)/.exec(figures)?.[1]);
    };
    const shares = await Promise.all([answered(metricsPort), answered(metricsPort + 1)]);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[1]).toBeGreaterThan(0);
    expect((shares[0] ?? 0) + (shares[1] ?? 0)).toBe(20);

    const { exitStatus, stdout } = await masthead.end('SIGTERM');
    expect(exitStatus).toBe(0);
    expect(stdout.match(/Endpoint/g)).toHaveLength(1);
    expect(await leases()).toEqual([]);
    const ends = logOf(masthead).filter(({ msg }) => msg === 'stopped');
    expect(ends.map(({ process: name }) => name).toSorted()).toEqual(['desk', 'desk-1', 'desk-2']);
    expect(ends.at(-1)?.process).toBe('desk');
  }, 60_000);

  it('starts one again that was killed, and refuses nobody meanwhile', async () => {
    const masthead = await startTwo();
    const [victim] = livesOf(masthead).filter(({ name }) => name === 'desk-2');
    if (victim === undefined) throw new Error('No such life');
    process.kill(victim.pid, 'SIGKILL');
    await masthead.complains(/"msg":"a process ended that nobody asked to/);
    let asked = 0;
    while (livesOf(masthead).length < 3) {
      expect(await ask(masthead.url)).toContain('"headline"');
      asked += 1;
    }
    expect(asked).toBeGreaterThan(0);
    const again = livesOf(masthead).at(-1);
    expect(again?.name).toBe('desk-2');
    expect(again?.pid).not.toBe(victim.pid);
    expect((await masthead.end()).exitStatus).toBe(0);
  }, 60_000);

  it('ends the connection that was on its way to one that was killed', async () => {
    const masthead = await startTwo();
    const [victim] = livesOf(masthead);
    if (victim === undefined) throw new Error('No such life');
    const { pid } = victim;
    process.kill(pid, 'SIGSTOP');
    const { port } = new URL(masthead.url);
    // A process that takes none is given one; all others go to those that do.
    const sockets = Array.from({ length: 8 }, () => connect(Number(port), 'localhost'));
    for (const socket of sockets) socket.on('error', () => undefined);
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
    const heard = async (socket: Socket): Promise<Socket> => {
      socket.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n');
      await once(socket, 'data');
      return socket;
    };
    const lost = new Set(sockets);
    for (const answer of sockets.map(heard))
      void answer.then(
        (socket) => lost.delete(socket),
        () => undefined,
      );
    await expect.poll(() => lost.size, { timeout: 10_000 }).toBe(1);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => [...lost].every((socket) => socket.closed), { timeout: 10_000 }).toBe(true);
    expect((await masthead.end()).exitStatus).toBe(0);
  }, 60_000);

  it('ends in order although the one that watches was killed', async () => {
    const masthead = await startTwo();
    const lives = livesOf(masthead);
    await masthead.end('SIGKILL');
    await expect.poll(() => lives.some(({ pid }) => isAlive(pid)), { timeout: 15_000 }).toBe(false);
    expect(await leases()).toEqual([]);
  }, 60_000);

  it('says once that the port is in use, and ends', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const variables = { DATABASE_URL: url, PORT: String(port), PROCESSES: '2', LOG_LEVEL: 'fatal' };
    expect(await runMasthead(['start'], { variables }).ended).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: `Port ${port} is in use: set PORT to another\n`,
    });
  }, 60_000);

  it('starts none when one of them cannot be', async () => {
    const metricsPort = await pickNeighbouringPorts(2);
    const other = createServer().listen(metricsPort + 1, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const variables = { DATABASE_URL: url, PORT: '0', METRICS_PORT: String(metricsPort), LOG_LEVEL: 'fatal' };
    expect(await runMasthead(['start', '--processes', '2'], { variables }).ended).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: `Port ${metricsPort + 1} is in use: set METRICS_PORT to another\n`,
    });
    expect(await leases()).toEqual([]);
  }, 60_000);
});

describe('masthead start, in more processes than there may be', () => {
  const refused = (line: string) => ({
    exitStatus: 2,
    stdout: '',
    stderr: `The configuration has a problem:\n  ${line}\n`,
  });

  it('refuses more than one on the embedded database', async () => {
    const line =
      'PROCESSES: must be 1 on the embedded database, which has one owner: set DATABASE_URL to a PostgreSQL for more';
    const cwd = makeFolder();
    expect(await runMasthead(['start', '--processes', '2'], { cwd }).ended).toEqual(refused(line));
    expect(await runMasthead(['check'], { cwd, variables: { PROCESSES: '2' } }).ended).toEqual(refused(line));
  });

  it('refuses a port for figures that leaves none for the last', async () => {
    const variables = { DATABASE_URL: `postgres://localhost:${await pickFreePort()}/news`, METRICS_PORT: '65535' };
    expect(await runMasthead(['start', '--processes', '2'], { variables }).ended).toEqual(
      refused('METRICS_PORT: must leave a port for each of PROCESSES: 65535 is the last one'),
    );
  });
});
