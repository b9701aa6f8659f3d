import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { PreparedQuery } from '../../src/database/prepared-query.ts';
import { sqlStateOf } from '../../src/database/store-failure.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

let url: string;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ url, drop } = await createPostgresTestUrl());
});
afterAll(() => drop());

/** One connection, and all that the server has said on it. */
const openHeard = async () => {
  const server = new URL(url);
  const heard: Buffer[] = [];
  const proxy = createServer((near) => {
    const far = connect(Number(server.port), server.hostname);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    far.on('data', (bytes: Buffer) => heard.push(bytes));
    near.pipe(far).pipe(near);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = new URL(url);
  address.hostname = '127.0.0.1';
  address.port = String((proxy.address() as AddressInfo).port);
  const database = createPostgresDatabase({ url: address.href, maxConnections: 1 });
  onTestFinished(async () => {
    await database.close();
    proxy.close();
  });
  return { database, timesHeard: (word: string) => Buffer.concat(heard).toString('latin1').split(word).length - 1 };
};

describe('PreparedQuery', () => {
  it('is told once on a connection which columns there are, and gives the same rows every time', async () => {
    const { database, timesHeard } = await openHeard();
    const sql = `SELECT n AS a_number, NULL AS a_nothing, now() - now() AS a_span, ARRAY['x', 'y'] AS a_list, '{"k": [1]}'::jsonb AS a_json
      FROM generate_series(1, $1::integer) AS n`;
    const row = { a_nothing: null, a_list: ['x', 'y'], a_json: { k: [1] } };
    for (const count of [2, 0, 1, 2])
      expect(await database.query(sql, [count])).toMatchObject(
        Array.from({ length: count }, (_, index) => ({ a_number: index + 1, ...row })),
      );
    expect(timesHeard('a_nothing')).toBe(1);
    // Not prepared, it is told each time: what is counted is there to be heard.
    for (let time = 0; time < 2; time += 1) await database.query('SELECT 1 AS a_plain_one');
    expect(timesHeard('a_plain_one')).toBe(2);
  });

  it('has new columns when a migration has changed them', async () => {
    const { database } = await openHeard();
    await database.query('CREATE TABLE reshaped (a integer, b text)');
    await database.query("INSERT INTO reshaped VALUES (1, '2')");
    const ask = () => database.query('SELECT * FROM reshaped WHERE a = $1', [1]);
    expect(await ask()).toEqual([{ a: 1, b: '2' }]);
    await database.query('ALTER TABLE reshaped ALTER b TYPE integer USING b::integer, ADD c boolean DEFAULT true');
    for (let time = 0; time < 3; time += 1) expect(await ask()).toEqual([{ a: 1, b: 2, c: true }]);
  });

  it('fails by itself: the next one on the connection gives its own rows', async () => {
    const { database } = await openHeard();
    const divide = (by: number) => database.query('SELECT 6 / $1::integer AS quotient', [by]);
    for (let time = 0; time < 2; time += 1) {
      expect(sqlStateOf(await divide(0).catch((error: unknown) => error))).toBe('22012');
      expect(await divide(2)).toEqual([{ quotient: 3 }]);
    }
    expect(sqlStateOf(await database.query('SELECT $1::integer AS n', ['x']).catch((error: unknown) => error))).toBe(
      '22P02',
    );
    expect(await database.query('SELECT $1::integer AS n', [7])).toEqual([{ n: 7 }]);
  });

  it('reads no row by the columns of another, and asks for them again', () => {
    const connection = {
      stream: { cork: () => undefined, uncork: () => undefined },
      parsedStatements: { s: 'SELECT' },
      ...Object.fromEntries(['parse', 'bind', 'execute', 'sync'].map((name) => [name, () => undefined])),
      described: 0,
      describe() {
        this.described += 1;
      },
    };
    const run = (told: readonly string[], row: readonly string[]): unknown => {
      let outcome: unknown;
      const tell = (error: Error | null, rows: unknown): void => void (outcome = error ?? rows);
      const query = new PreparedQuery({ name: 's', text: 'SELECT', values: [], tell });
      const before = connection.described;
      query.submit(connection as never);
      if (connection.described > before)
        query.handleRowDescription({ fields: told.map((name) => ({ name, dataTypeID: 25 })) as never });
      query.handleDataRow({ fields: row });
      query.handleReadyForQuery();
      return outcome;
    };
    expect(run(['a'], ['1'])).toEqual([{ a: '1' }]);
    expect(run(['a', 'b'], ['1', '2'])).toBeInstanceOf(Error);
    expect(run(['a', 'b'], ['1', '2'])).toEqual([{ a: '1', b: '2' }]);
  });

  it('says nothing where a statement has no rows to give, and counts none', async () => {
    const { database } = await openHeard();
    await database.query('CREATE TABLE written (n integer)');
    for (const n of [1, 2]) expect(await database.query('INSERT INTO written VALUES ($1)', [n])).toEqual([]);
    expect(await database.query('SELECT n FROM written WHERE n < $1 ORDER BY n', [3])).toEqual([{ n: 1 }, { n: 2 }]);
  });
});
