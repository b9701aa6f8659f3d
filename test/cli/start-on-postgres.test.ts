import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { hostname as nameOfMachine } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { pickFreePort } from '../../src/cli/pick-free-port.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import type { Database, Queryable } from '../../src/database/database.ts';
import { lockEditions } from '../../src/ingest/write/lock-editions.ts';
import { createGate } from '../support/gate.ts';
import { runMasthead, startMasthead } from '../support/run-masthead.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

const HEADLINE = '{ edition(code: EN) { articles(first: 1) { nodes { headline } } } }';

/** A TCP port that hands everything to the tests' PostgreSQL. */
const createDoor = (): Server => {
  const { hostname, port } = new URL(inject('postgresUrl'));
  const door = createServer((socket) => {
    const inside = connect(Number(port), hostname);
    for (const end of [socket, inside]) end.on('error', () => undefined);
    socket.pipe(inside).pipe(socket);
  });
  onTestFinished(() => void door.close());
  return door;
};

describe('masthead start, on PostgreSQL by DATABASE_URL', () => {
  let url: string;
  let database: Database;
  let drop: () => Promise<void>;
  const held: (() => Promise<void>)[] = [];
  // One for all: whoever starts on it second need not load the demo.
  beforeAll(async () => {
    ({ url, drop } = await createPostgresTestUrl());
    database = createPostgresDatabase({ url, maxConnections: 4, statementTimeoutMs: 60_000 });
  });
  afterEach(async () => {
    await Promise.all(held.splice(0).map((letGo) => letGo()));
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });

  /** What `take` locked is held until the result is called, at the latest until the test ends. */
  const hold = async (take: (transaction: Queryable) => Promise<unknown>): Promise<() => Promise<void>> => {
    const gate = createGate();
    const holding = database.transaction(async (transaction) => {
      await take(transaction);
      await gate.pass();
    });
    const letGo = (): Promise<void> => {
      gate.open();
      return holding;
    };
    held.push(letGo);
    await gate.reached;
    return letGo;
  };

  const waiters = async (kind: 'advisory' | 'relation'): Promise<number> => {
    const rows = await database.query(
      `SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND locktype = $1
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [kind],
    );
    return rows.length;
  };

  // The first, while nothing is in the database.
  it('loads the demo once when two find the database empty together', async () => {
    const letGo = await hold((transaction) => lockEditions(transaction, ['EN', 'AR', 'ES']));
    const starts = [1, 2].map(() => runMasthead(['start'], { variables: { DATABASE_URL: url, PORT: '0' } }));
    await expect.poll(() => waiters('advisory'), { timeout: 20_000 }).toBe(2);
    await letGo();
    await Promise.all(starts.map((masthead) => masthead.complains(/"msg":"serving"/)));
    const [row] = await database.query(
      'SELECT max(version) AS version, max(views) AS views FROM articles JOIN engagement_totals ON article_id = id',
    );
    expect(row).toMatchObject({ version: 1 });
    // The demo's most read article has about a thousand views an hour at its best; twice loaded, twice as many.
    const [hour] = await database.query<{ most: number }>('SELECT max(views) AS most FROM engagement_hours');
    expect(hour?.most).toBeLessThan(2_400);
  }, 60_000);

  it('brings up one newsroom when two start at once on a database without tables', async () => {
    await database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const begin = performance.now();
    const [first, second] = await Promise.all([1, 2].map(() => startMasthead({ variables: { DATABASE_URL: url } })));
    const answers = await Promise.all([first?.query(HEADLINE), second?.query(HEADLINE)]);
    console.info(`two at once on PostgreSQL: both answered after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    expect(answers[0]?.data).toEqual(answers[1]?.data);
    expect(answers[0]?.data).toMatchObject({ edition: { articles: { nodes: [{}] } } });

    const [row] = await database.query(
      `SELECT (SELECT max(version) FROM articles) AS version, (SELECT sum(views) FROM engagement_totals) AS views,
              (SELECT sum(views) FROM engagement_hours) AS hourly,
              (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM change_log) AS changes`,
    );
    expect(row).toMatchObject({ version: 1, views: row?.['hourly'] });
    const ends = await Promise.all([first?.end(), second?.end()]);
    expect(ends.map((end) => end?.exitStatus)).toEqual([0, 0]);
  }, 60_000);

  it('waits for a database that is away, says so, and serves when it comes', async () => {
    const port = await pickFreePort();
    const away = new URL(url);
    away.port = String(port);
    const masthead = runMasthead(['start'], { variables: { DATABASE_URL: away.href, PORT: '0' } });
    await masthead.complains(/"msg":"The database does not answer: waiting up to 30 s for it"/);
    expect(masthead.said().stdout).toBe('');
    createDoor().listen(port);
    const [, servedPort = ''] = await masthead.prints(/Endpoint .*:(\d+)\/graphql/);
    const { exitStatus, stderr } = await masthead.end();
    expect(exitStatus).toBe(0);
    // Called what the others know it by, from the first line on.
    const process = `${nameOfMachine()}:${servedPort}`;
    for (const line of stderr.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ process });
  }, 60_000);

  it.each(['nobody listens', 'nobody answers'])(
    'gives up after its bound when %s, and shows no password',
    async (how) => {
      const silent = createServer().listen(0);
      await once(silent, 'listening');
      onTestFinished(() => void silent.close());
      const port = how === 'nobody listens' ? await pickFreePort() : (silent.address() as AddressInfo).port;
      const variables = {
        DATABASE_URL: `postgres://someone:sesame-open@127.0.0.1:${port}/news`,
        DATABASE_WAIT_SECONDS: '1',
        LOG_LEVEL: 'error',
        PORT: '0',
      };
      expect(await runMasthead(['start'], { variables }).ended).toEqual({
        exitStatus: 1,
        stdout: '',
        stderr: 'The database did not answer within 1 s\n',
      });
    },
  );

  it('says at once, in one line, that the database refuses it', async () => {
    const refused = new URL(url);
    refused.password = 'sesame-shut';
    expect(await runMasthead(['start'], { variables: { DATABASE_URL: refused.href, PORT: '0' } }).ended).toEqual({
      exitStatus: 1,
      stdout: '',
      stderr: 'The database refuses us (SQLSTATE 28P01)\n',
    });
  });

  it('finishes the open request when asked to end, and takes no new one', async () => {
    const variables = {
      DATABASE_URL: url,
      SHUTDOWN_SECONDS: '60',
      STATEMENT_TIMEOUT_MS: '30000',
      OPERATION_TIMEOUT_MS: '60000',
    };
    const masthead = await startMasthead({ variables });
    const letGo = await hold((transaction) => transaction.query('LOCK TABLE articles IN ACCESS EXCLUSIVE MODE'));
    const open = masthead.query(HEADLINE);
    await expect.poll(() => waiters('relation'), { timeout: 10_000 }).toBe(1);
    masthead.signal('SIGTERM');
    await masthead.complains(/"msg":"stopping/);
    await expect(masthead.query('{ editions { code } }')).rejects.toThrow('fetch failed');
    await letGo();
    expect((await open).data).toMatchObject({ edition: { articles: { nodes: [{}] } } });
    const answeredAt = performance.now();
    expect((await masthead.ended).exitStatus).toBe(0);
    // Long before the bound of 60 s: a connection that is kept alive does not hold it up.
    expect(performance.now() - answeredAt).toBeLessThan(20_000);
  }, 60_000);

  it('cuts a request that is still open at the bound, and ends', async () => {
    const variables = { DATABASE_URL: url, SHUTDOWN_SECONDS: '1', STATEMENT_TIMEOUT_MS: '3000' };
    const masthead = await startMasthead({ variables });
    await hold((transaction) => transaction.query('LOCK TABLE articles IN ACCESS EXCLUSIVE MODE'));
    const open = masthead.query(HEADLINE).catch((error: unknown) => error);
    await expect.poll(() => waiters('relation'), { timeout: 10_000 }).toBe(1);
    const begin = performance.now();
    const { exitStatus } = await masthead.end('SIGTERM');
    expect(await open).toBeInstanceOf(Error);
    expect(exitStatus).toBe(0);
    expect(performance.now() - begin).toBeLessThan(20_000);
  }, 60_000);

  it('ends at once when it is asked again', async () => {
    const masthead = await startMasthead({ variables: { DATABASE_URL: url, STATEMENT_TIMEOUT_MS: '60000' } });
    await hold((transaction) => transaction.query('LOCK TABLE articles IN ACCESS EXCLUSIVE MODE'));
    const open = masthead.query(HEADLINE).catch((error: unknown) => error);
    await expect.poll(() => waiters('relation'), { timeout: 10_000 }).toBe(1);
    masthead.signal('SIGTERM');
    const again = setInterval(() => masthead.signal('SIGTERM'), 100);
    const { exitStatus } = await masthead.ended;
    clearInterval(again);
    expect(exitStatus).toBe(1);
    expect(await open).toBeInstanceOf(Error);
  }, 60_000);
});
