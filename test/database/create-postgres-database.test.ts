import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPostgresDatabase, type PostgresOptions } from '../../src/database/create-postgres-database.ts';
import { createStatementNames } from '../../src/database/statement-names.ts';
import type { Database } from '../../src/database/database.ts';
import { sqlStateOf } from '../../src/database/store-failure.ts';
import { createGate } from '../support/gate.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';
import { leftByTurn } from '../support/young-garbage.ts';

let url: string;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ url, drop } = await createPostgresTestUrl());
});
afterAll(() => drop());

const open = (options: Partial<PostgresOptions> = {}): Database => {
  const database = createPostgresDatabase({ url, ...options });
  onTestFinished(() => database.close());
  return database;
};

const failureOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => undefined,
    (error: unknown) => error,
  );

/** A way to the server that can go silent, as a network does. */
const openProxy = async () => {
  const server = new URL(url);
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(Number(server.port), server.hostname);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const address = new URL(url);
  address.hostname = '127.0.0.1';
  address.port = String((proxy.address() as AddressInfo).port);
  return { url: address.href, goSilent: () => sockets.forEach((socket) => socket.unpipe().pause()) };
};

describe('createPostgresDatabase, waiting for a connection', () => {
  it('gives up when none comes free in time, and goes on when one does', async () => {
    const database = open({ maxConnections: 1, acquireTimeoutMs: 5_000 });
    const gate = createGate();
    const held = database.transaction(async () => await gate.pass());
    await gate.reached;

    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'STORE_TIMEOUT', store: 'postgres' });
    gate.open();
    await held;
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses those who wait once it is closed, and lets the others end', async () => {
    const database = open({ maxConnections: 1, acquireTimeoutMs: 60_000 });
    const gate = createGate();
    const held = database.transaction(async (transaction) => {
      await gate.pass();
      return await transaction.query('SELECT 1 AS one');
    });
    await gate.reached;
    const waiting = [failureOf(database.query('SELECT 1')), failureOf(database.query('SELECT 2'))];
    const closed = database.close();
    for (const failure of await Promise.all(waiting))
      expect(failure).toMatchObject({ code: 'STORE_FAILED', cause: { message: 'closed' } });
    gate.open();
    expect(await held).toEqual([{ one: 1 }]);
    await closed;
  });

  it('refuses at once when too many wait already', async () => {
    const database = open({ maxConnections: 1, acquireTimeoutMs: 10_000, maxWaiting: 2 });
    const gate = createGate();
    const held = database.transaction(async () => await gate.pass());
    await gate.reached;
    const waiting = [database.query('SELECT 1'), database.query('SELECT 1')];

    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    gate.open();
    await Promise.all([held, ...waiting]);
  });

  it('hands a connection that came too late to the next caller', async () => {
    const database = open({ maxConnections: 1, acquireTimeoutMs: 5_000 });
    const gate = createGate();
    const held = database.transaction(async () => await gate.pass());
    await gate.reached;
    const late = failureOf(database.query('SELECT 1'));
    await late;
    gate.open();
    await held;
    // Ten in a row on one connection: none was lost on the way.
    for (let count = 0; count < 10; count += 1) await database.query('SELECT 1');
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('does not wait for a server that accepts and says nothing', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const database = open({ url: `postgresql://reader@127.0.0.1:${port}/news`, acquireTimeoutMs: 50 });
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
  });
});

describe('createPostgresDatabase, slow and lost answers', () => {
  it('stops a statement that runs past its limit, and uses the connection again', async () => {
    const database = open({ maxConnections: 1, statementTimeoutMs: 2_000 });
    const [before] = await database.query('SELECT pg_backend_pid() AS pid');
    const error = await failureOf(database.query('SELECT pg_sleep(10)'));
    expect(error).toMatchObject({ code: 'STORE_TIMEOUT' });
    expect(sqlStateOf(error)).toBe('57014');
    expect(await database.query('SELECT pg_backend_pid() AS pid')).toEqual([before]);
  });

  it('lets one transaction take longer', async () => {
    const database = open({ maxConnections: 1, statementTimeoutMs: 2_000 });
    const slow = database.transaction((transaction) => transaction.query('SELECT pg_sleep(3)'), {
      statementTimeoutMs: 60_000,
    });
    expect(await slow).toHaveLength(1);
    await expect(database.query('SELECT pg_sleep(10)')).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
  });

  it('gives up a connection whose answer never arrives', async () => {
    const proxy = await openProxy();
    const database = open({ url: proxy.url, maxConnections: 1, statementTimeoutMs: 2_000 });
    await database.query('SELECT 1');
    const lost = database.query('SELECT 1');
    proxy.goSilent();
    await expect(lost).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    expect(await database.query('SELECT 1 AS one').catch(() => database.query('SELECT 1 AS one'))).toEqual([
      { one: 1 },
    ]);
  });

  it('fails the statement whose connection is cut, and the next one has a new connection', async () => {
    const database = open({ maxConnections: 1 });
    const error = await failureOf(database.query('SELECT pg_terminate_backend(pg_backend_pid())'));
    expect(error).toMatchObject({ code: 'STORE_FAILED' });
    expect(sqlStateOf(error)).toBe('57P01');
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('undoes a transaction whose connection is cut between two statements, and survives it', async () => {
    const database = open({ maxConnections: 1 });
    const operator = open({ maxConnections: 1 });
    await database.query('CREATE TABLE cut (id integer)');
    const cut = database.transaction(async (transaction) => {
      await transaction.query('INSERT INTO cut VALUES (1)');
      const [row] = await transaction.query('SELECT pg_backend_pid() AS pid');
      await operator.query('SELECT pg_terminate_backend($1)', [row?.['pid']]);
      // Gone for sure, and nobody asks anything just now: its error belongs to no statement.
      const isThere = () => operator.query('SELECT FROM pg_stat_activity WHERE pid = $1', [row?.['pid']]);
      while ((await isThere()).length > 0);
      await operator.query('SELECT 1');
      await transaction.query('INSERT INTO cut VALUES (2)');
    });
    await expect(cut).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await database.query('SELECT * FROM cut')).toEqual([]);
  });

  it('listens again after its connection was cut, and says so once', async () => {
    const database = open();
    const heard: string[] = [];
    const cameBack = Promise.withResolvers<void>();
    const notified = Promise.withResolvers<void>();
    const stop = await database.listen('wires', (payload) => {
      heard.push(payload);
      if (payload === '') cameBack.resolve();
      else notified.resolve();
    });
    await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'LISTEN%'`);
    await cameBack.promise;
    await database.query(`SELECT pg_notify('wires', 'again')`);
    await notified.promise;
    expect(heard).toEqual(['', 'again']);
    await stop();
  });

  it('fails to listen when there is no server', async () => {
    const database = open({ url: 'postgresql://reader@127.0.0.1:1/news' });
    await expect(database.listen('wires', () => undefined)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});

describe('createPostgresDatabase, prepared statements', () => {
  /** Texts that are prepared on the one connection of `database`. */
  const preparedOn = async (database: Database): Promise<readonly unknown[]> =>
    (await database.query('SELECT statement FROM pg_prepared_statements ORDER BY prepare_time')).map(
      (row) => row['statement'],
    );

  it('prepares once what comes with values, and nothing else', async () => {
    const database = open({ maxConnections: 1 });
    for (const value of ['1', '2', '3'])
      expect(await database.query('SELECT $1::text AS value', [value])).toEqual([{ value }]);
    await database.transaction((transaction) => transaction.query('SELECT $1::integer', [4]));
    expect(await preparedOn(database)).toEqual(['SELECT $1::text AS value', 'SELECT $1::integer']);
  });

  it('prepares again what could not be parsed at first', async () => {
    const database = open({ maxConnections: 1 });
    const later = () => database.query('SELECT $1::text AS value, id FROM later', ['1']);
    await expect(later()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await database.query('CREATE TABLE later (id integer)');
    expect(await later()).toEqual([]);
  });

  it('reads a column that a migration has given another type, on a connection that knew the old one', async () => {
    const database = open({ maxConnections: 1 });
    const read = (transaction: Pick<Database, 'query'>) => transaction.query('SELECT id FROM wide WHERE id > $1', [0]);
    await database.query('CREATE TABLE wide AS SELECT 1 AS id');
    expect(await read(database)).toEqual([{ id: 1 }]);
    await database.query('ALTER TABLE wide ALTER id TYPE bigint');
    expect(await read(database)).toEqual([{ id: '1' }]);
    await database.query('ALTER TABLE wide ALTER id TYPE integer');
    expect(await database.transaction(read)).toEqual([{ id: 1 }]);
  });

  it.each([
    ['forgets what was prepared', 'DEALLOCATE ALL'],
    [
      'has something of the same name',
      `DEALLOCATE ALL; PREPARE ${createStatementNames().of('SELECT $1::text AS second')} AS SELECT 2`,
    ],
  ])('goes on without names when a connection %s, as behind a pooler', async (_name, meanwhile) => {
    const database = open({ maxConnections: 1 });
    const first = () => database.query('SELECT $1::text AS first', ['1']);
    await first();
    await database.query(meanwhile);
    expect(await database.query('SELECT $1::text AS second', ['2'])).toEqual([{ second: '2' }]);
    expect(await first()).toEqual([{ first: '1' }]);
    expect(await first()).toEqual([{ first: '1' }]);
  });
});

describe('createPostgresDatabase, its address', () => {
  it('shows no password in the error of a server that is away', async () => {
    const database = open({ url: 'postgresql://reader:letmein-4711@127.0.0.1:1/news' });
    const error = await failureOf(database.query('SELECT 1'));
    expect(error).toMatchObject({ code: 'STORE_FAILED', message: 'postgres failed' });
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('letmein');
  });

  it('shows nothing of an address that is none', () => {
    expect(() => createPostgresDatabase({ url: 'letmein-4711' })).toThrow(
      new TypeError('The database URL is not a URL'),
    );
  });

  it('names the application, and keeps the options of the address', async () => {
    const address = new URL(url);
    address.searchParams.set('options', '-c search_path=pg_catalog');
    const database = open({ url: address.href });
    expect(
      await database.query(`SELECT current_setting('application_name') AS name, current_setting('search_path') AS path,
        current_setting('TimeZone') AS zone, current_setting('statement_timeout') AS timeout`),
    ).toEqual([{ name: 'masthead', path: 'pg_catalog', zone: 'UTC', timeout: '5s' }]);
  });

  it('asks for memory enough for what an index gives of many articles, where the address does not say', async () => {
    expect(await open().query('SHOW work_mem')).toEqual([{ work_mem: '32MB' }]);
    const address = new URL(url);
    address.searchParams.set('options', '-c work_mem=8MB');
    expect(await open({ url: address.href }).query('SHOW work_mem')).toEqual([{ work_mem: '8MB' }]);
  });
});

describe('rows that nobody reads any more', () => {
  it('are held by nothing', async () => {
    const database = open();
    const left = await leftByTurn(async () => {
      for (let index = 0; index < 10; index += 1)
        await database.query("SELECT repeat('x', 20000) AS text WHERE $1::int > 0", [1]);
    });
    expect(left / 10).toBeLessThan(2_000);
  });
});
