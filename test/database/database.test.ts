import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRemoteDatabase } from '../../src/database/create-remote-database.ts';
import type { Database } from '../../src/database/database.ts';
import { serveAdminSocket } from '../../src/database/serve-admin-socket.ts';
import { sqlStateOf } from '../../src/database/store-failure.ts';
import { StoreError } from '../../src/errors.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

/** The embedded one as a command sees it: over the running server's socket. */
const createRemoteTestDatabase = async (observe: (statement: string) => void): Promise<Database> => {
  const served = await createTestDatabase('embedded');
  const directory = await mkdtemp(join(tmpdir(), 'masthead-remote-'));
  const path = join(directory, 'admin.sock');
  const stop = await serveAdminSocket({ database: served, path });
  const remote = await createRemoteDatabase({ path, observe });
  return {
    ...remote,
    close: async () => {
      await remote.close();
      await stop();
      await served.close();
      await rm(directory, { recursive: true });
    },
  };
};

describe.each([...databaseKinds, 'remote'] as const)('Database, %s', (kind) => {
  const statements: string[] = [];
  let database: Database;
  beforeAll(async () => {
    const observe = (statement: string): void => void statements.push(statement);
    database =
      kind === 'remote' ? await createRemoteTestDatabase(observe) : await createTestDatabase(kind, { observe });
    await database.query('CREATE TABLE notes (id integer PRIMARY KEY, body text)');
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.query('TRUNCATE notes');
    statements.length = 0;
  });

  const bodies = async (): Promise<readonly unknown[]> =>
    (await database.query('SELECT body FROM notes ORDER BY id')).map(({ body }) => body);

  it('names its kind', () => {
    expect(database.kind).toBe(kind);
  });

  it.each([
    ['text', `'ßعñ'::text`, 'ßعñ'],
    ['integer', '42', 42],
    ['smallint', '42::smallint', 42],
    ['bigint, as text', '9007199254740993::bigint', '9007199254740993'],
    ['a count, as text', 'count(*)', '1'],
    ['numeric, as text', '0.10::numeric', '0.10'],
    ['double precision', '0.1::float8', 0.1],
    ['boolean', 'true', true],
    ['null', 'NULL::text', null],
    ['timestamptz', `'2026-11-23T09:00:00.123+02:00'::timestamptz`, new Date('2026-11-23T07:00:00.123Z')],
    ['date, as text', `'2026-11-23'::date`, '2026-11-23'],
    ['timestamp, as text', `'2026-11-23T09:00:00'::timestamp`, '2026-11-23 09:00:00'],
    ['interval, as text', `'90 minutes'::interval`, '01:30:00'],
    ['uuid', `'00000000-0000-4000-8000-000000000001'::uuid`, '00000000-0000-4000-8000-000000000001'],
    ['jsonb', `'{"a":[1,null,"ع"]}'::jsonb`, { a: [1, null, 'ع'] }],
    ['json null', `'null'::jsonb`, null],
    ['text[]', `ARRAY['a','b,"c"',NULL,'']`, ['a', 'b,"c"', null, '']],
    ['an empty text[]', `'{}'::text[]`, []],
    ['integer[]', 'ARRAY[1,2]', [1, 2]],
    ['bigint[]', 'ARRAY[1,9007199254740993]::bigint[]', ['1', '9007199254740993']],
    ['numeric[]', 'ARRAY[0.10]::numeric[]', ['0.10']],
    ['timestamptz[]', `ARRAY['2026-11-23T09:00:00Z'::timestamptz]`, [new Date('2026-11-23T09:00:00Z')]],
    ['jsonb[]', `ARRAY['{"a":1}'::jsonb]`, [{ a: 1 }]],
    ['bytea', `'\\x00ff'::bytea`, Buffer.from([0, 255])],
  ])('reads %s', async (_type, sql, value) => {
    expect(await database.query(`SELECT ${sql} AS value`)).toEqual([{ value }]);
  });

  it('takes parameters of every kind', async () => {
    const at = new Date('2026-11-23T07:00:00.123Z');
    const sql = `SELECT $1::text AS text, $2::integer AS integer, $3::boolean AS yes, $4::timestamptz AS at,
      $5::text AS missing, $6::text[] AS texts, $7::jsonb AS json, $8::integer[] AS integers, $9::timestamptz[] AS times,
      $10::bigint AS big, $11::float8 AS float`;
    const texts = ['a', 'b"\\', null, '', '{x,y}', 'NULL', 'سطر\nسطر'];
    const json = { text: `it's "so"` };
    expect(
      await database.query(sql, [`it's $1`, 7, true, at, null, texts, JSON.stringify(json), [1, 2], [at], 5n, 1.5]),
    ).toEqual([
      {
        text: `it's $1`,
        integer: 7,
        yes: true,
        at,
        missing: null,
        texts,
        json,
        integers: [1, 2],
        times: [at],
        big: '5',
        float: 1.5,
      },
    ]);
  });

  it('gives back any texts in an array, those that look like its own signs too', async () => {
    const sign = fc.constantFrom('{', '}', ',', '"', '\\', ' ', 'NULL', 'null', 'a', 'ع', '\n', '[0:1]=');
    const text = fc.oneof(
      fc.constant(null),
      fc.array(sign, { maxLength: 3 }).map((signs) => signs.join('')),
    );
    for (const texts of fc.sample(fc.array(text, { maxLength: 3 }), { numRuns: 100, seed: 1 }))
      expect(await database.query('SELECT $1::text[] AS texts', [texts])).toEqual([{ texts }]);
    const rare = `SELECT '[0:1]={a,b}'::text[] AS shifted, '{{a},{b}}'::text[] AS nested`;
    expect(await database.query(rare)).toEqual([{ shifted: ['a', 'b'], nested: [['a'], ['b']] }]);
  });

  it('reads a column that has got another type since the statement was first sent', async () => {
    const read = () => database.query('SELECT id FROM wide WHERE id > $1', [0]);
    await database.query('CREATE TABLE wide AS SELECT 1 AS id');
    for (let count = 0; count < 3; count += 1) expect(await read()).toEqual([{ id: 1 }]);
    await database.query('ALTER TABLE wide ALTER id TYPE bigint');
    for (let count = 0; count < 3; count += 1) expect(await read()).toEqual([{ id: '1' }]);
    await database.query('DROP TABLE wide');
    await expect(read()).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });

  it('takes the same statement with other values, quotes and nothing among them', async () => {
    const values = ['a', `it's`, 'back\\slash', null, '$1', `'); DROP TABLE notes; --`, 'ع'];
    for (const value of values) expect(await database.query('SELECT $1::text AS value', [value])).toEqual([{ value }]);
  });

  it('refuses an object as a parameter, because nobody can know whether it is JSON or an array', async () => {
    await expect(database.query('SELECT $1::jsonb', [{ a: 1 }])).rejects.toBeInstanceOf(TypeError);
  });

  it('counts hours and days in UTC', async () => {
    const sql = `SELECT date_trunc('day', '2026-11-23T01:00:00+03:00'::timestamptz)::text AS day`;
    expect(await database.query(sql)).toEqual([{ day: '2026-11-22 00:00:00+00' }]);
  });

  it('gives the rows a changing statement returns', async () => {
    const rows = await database.query('INSERT INTO notes VALUES ($1, $2), (2, NULL) RETURNING id, body', [1, 'one']);
    expect(rows).toEqual([
      { id: 1, body: 'one' },
      { id: 2, body: null },
    ]);
  });

  it('runs several statements together, or none of them', async () => {
    const both = await database.query(`INSERT INTO notes VALUES (1, 'a'); SELECT body FROM notes`);
    expect(both).toEqual([{ body: 'a' }]);
    await expect(database.query(`INSERT INTO notes VALUES (2, 'b'); SELECT no_such_column`)).rejects.toMatchObject({
      code: 'STORE_FAILED',
    });
    expect(await bodies()).toEqual(['a']);
  });

  it('keeps what a transaction wrote', async () => {
    const result = await database.transaction(async (transaction) => {
      await transaction.query(`INSERT INTO notes VALUES (1, 'kept')`);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await bodies()).toEqual(['kept']);
  });

  it('undoes what a transaction wrote when its work throws, and throws just that', async () => {
    const reason = new Error('changed my mind');
    await expect(
      database.transaction(async (transaction) => {
        await transaction.query(`INSERT INTO notes VALUES (1, 'undone')`);
        throw reason;
      }),
    ).rejects.toBe(reason);
    expect(await bodies()).toEqual([]);
  });

  it('does not report a commit when a failed statement was overlooked', async () => {
    const overlooked = database.transaction(async (transaction) => {
      await transaction.query(`INSERT INTO notes VALUES (1, 'lost')`);
      await transaction.query('SELECT no_such_column').catch(() => undefined);
    });
    await expect(overlooked).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await bodies()).toEqual([]);
  });

  it('runs the statements of a transaction one after the other, however they are asked for', async () => {
    await database.transaction((transaction) =>
      Promise.all([1, 2, 3].map((id) => transaction.query('INSERT INTO notes VALUES ($1, $2)', [id, `n${id}`]))),
    );
    expect(await bodies()).toEqual(['n1', 'n2', 'n3']);
  });

  it('refuses a statement that comes after its transaction', async () => {
    const leaked = await database.transaction(async (transaction) => transaction);
    await expect(leaked.query('SELECT 1')).rejects.toBeInstanceOf(TypeError);
  });

  it('shows nothing of an open transaction to others, and everything after it', async () => {
    const open = database.transaction(async (transaction) => {
      await transaction.query(`INSERT INTO notes VALUES (1, 'first')`);
      await transaction.query(`INSERT INTO notes VALUES (2, 'second')`);
    });
    const seen = await Promise.all([bodies(), bodies()]);
    await open;
    for (const each of seen) expect([0, 2]).toContain(each.length);
    expect(await bodies()).toEqual(['first', 'second']);
  });

  it('answers many callers at once', async () => {
    const rows = await Promise.all(
      Array.from({ length: 100 }, (_, index) => database.query<{ n: number }>('SELECT $1::int AS n', [index])),
    );
    expect(rows.map(([row]) => row?.n)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it.each([
    ['a repeated key', '23505', `INSERT INTO notes VALUES (1, 'a'), (1, 'b')`, []],
    ['bad syntax', '42601', 'SELEKT', []],
    ['a bad value', '22P02', 'SELECT $1::integer', ['x']],
    ['a missing table', '42P01', 'SELECT * FROM nowhere', []],
  ])('gives %s a code of the store and keeps SQLSTATE %s', async (_name, sqlState, sql, values) => {
    const error = await database.query(sql, values).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(/^(postgres|embedded) failed$/),
    });
    expect(sqlStateOf(error)).toBe(sqlState);
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('names the constraint that was violated, inside a transaction too', async () => {
    const error = await database
      .transaction(async (transaction) => {
        await transaction.query(`INSERT INTO notes VALUES (1, 'a')`);
        await transaction.query(`INSERT INTO notes VALUES (1, 'b')`);
      })
      .catch((reason: unknown) => reason);
    expect(sqlStateOf(error)).toBe('23505');
    expect(error).toMatchObject({ cause: { constraint: 'notes_pkey' } });
  });

  it('calls every listener of a channel, with what was notified, until it stops', async () => {
    const heard = Promise.withResolvers<string>();
    const others: string[] = [];
    const stop = await database.listen('wires', heard.resolve);
    const stopOther = await database.listen('sports', (payload) => void others.push(payload));

    await database.query(`SELECT pg_notify('wires', 'خبر')`);
    expect(await heard.promise).toBe('خبر');
    await stop();
    await stopOther();
    expect(others).toEqual([]);
  });

  it('notifies when a transaction commits, not before', async () => {
    const heard = Promise.withResolvers<string>();
    const stop = await database.listen('wires', heard.resolve);
    await database
      .transaction(async (transaction) => {
        await transaction.query(`SELECT pg_notify('wires', 'never')`);
        throw new Error('undone');
      })
      .catch(() => undefined);
    await database.transaction((transaction) => transaction.query(`SELECT pg_notify('wires', 'kept')`));
    expect(await heard.promise).toBe('kept');
    await stop();
  });

  it('shows every statement to its observer, those of transactions too, and no BEGIN or COMMIT', async () => {
    await database.query('SELECT 1');
    await database.transaction(async (transaction) => {
      await transaction.query('SELECT 2');
      await transaction.query('SELECT $1::int', [3]);
    });
    expect(statements).toEqual(['SELECT 1', 'SELECT 2', 'SELECT $1::int']);
  });
});

describe.each(databaseKinds)('Database.close, %s', (kind) => {
  it('finishes what runs, refuses what comes after, and can be called twice', async () => {
    const database = await createTestDatabase(kind);
    const running = database.query('SELECT 1 AS one');
    const closing = database.close();
    await expect(database.query('SELECT 2')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await running).toEqual([{ one: 1 }]);
    await closing;
    await database.close();
  });
});
