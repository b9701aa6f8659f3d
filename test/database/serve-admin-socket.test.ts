import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readFrames } from '../../src/database/admin-frames.ts';
import { createRemoteDatabase } from '../../src/database/create-remote-database.ts';
import type { Database } from '../../src/database/database.ts';
import { serveAdminSocket } from '../../src/database/serve-admin-socket.ts';
import { createGate } from '../support/gate.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase('embedded');
  await database.query('CREATE TABLE notes (id integer PRIMARY KEY, body text)');
});
afterAll(() => database.close());

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'masthead-admin-'));
  path = join(directory, 'admin.sock');
  await database.query('TRUNCATE notes');
});
afterEach(() => rm(directory, { recursive: true }));

const serve = async (transactionIdleMs?: number): Promise<() => Promise<void>> => {
  const stop = await serveAdminSocket({
    database,
    path,
    ...(transactionIdleMs === undefined ? {} : { transactionIdleMs }),
  });
  onTestFinished(() => stop());
  return stop;
};

const openRemote = async (): Promise<Database> => {
  const remote = await createRemoteDatabase({ path, statementTimeoutMs: 60_000 });
  onTestFinished(() => remote.close());
  return remote;
};

/** A peer that is not our command. */
const openSocket = async (): Promise<Socket> => {
  const socket = connect(path);
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
};

const frameOf = (message: unknown): Buffer => {
  const body = serialize(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
};

const repliesOf = async (socket: Socket): Promise<readonly unknown[]> => {
  const replies: unknown[] = [];
  for await (const reply of readFrames(socket)) replies.push(reply);
  return replies;
};

describe('serveAdminSocket', { timeout: 120_000 }, () => {
  it('rolls back the transaction of a command that vanishes', async () => {
    await serve();
    const socket = await openSocket();
    const replies = readFrames(socket);
    socket.write(frameOf({ kind: 'begin' }));
    socket.write(frameOf({ kind: 'query', text: `INSERT INTO notes VALUES (1, 'x')`, values: [] }));
    await replies.next();
    expect((await replies.next()).value).toEqual({ kind: 'rows', rows: [] });
    socket.destroy();
    expect(await database.query('SELECT * FROM notes')).toEqual([]);
  });

  it('rolls back a transaction that stays idle, tells why, and lets the others go on', async () => {
    await serve(2_000);
    const remote = await openRemote();
    const gate = createGate();
    const stuck = remote.transaction(async (transaction) => {
      await transaction.query(`INSERT INTO notes VALUES (1, 'x')`);
      await gate.pass();
      await transaction.query(`INSERT INTO notes VALUES (2, 'y')`);
    });
    await gate.reached;
    expect(await database.query('SELECT * FROM notes')).toEqual([]);
    gate.open();
    await expect(stuck).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    await expect(remote.query('SELECT 1')).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    expect(await database.query('SELECT * FROM notes')).toEqual([]);
  });

  it('does not count a long statement as idle', async () => {
    await serve(2_000);
    const remote = await openRemote();
    await remote.transaction(async (transaction) => {
      await transaction.query('SELECT pg_sleep(3)');
      await transaction.query(`INSERT INTO notes VALUES (1, 'kept')`);
    });
    expect(await database.query('SELECT body FROM notes')).toEqual([{ body: 'kept' }]);
  });

  it.each([
    ['bytes that are no frame', Buffer.from('GET / HTTP/1.1\r\nhost: here\r\n\r\n')],
    ['a frame over the limit', Buffer.from([0x04, 0x00, 0x00, 0x01])],
    ['a frame with garbage in it', Buffer.from([0, 0, 0, 3, 1, 2, 3])],
    ['a frame that is no request', frameOf({ kind: 'shutdown' })],
    ['values that are no text', frameOf({ kind: 'query', text: 'SELECT 1', values: [{ a: 1 }] })],
    ['a transaction inside a transaction', Buffer.concat([frameOf({ kind: 'begin' }), frameOf({ kind: 'begin' })])],
  ])('ends the connection on %s, and answers the next one', async (_name, bytes) => {
    await serve();
    const socket = await openSocket();
    socket.write(bytes);
    expect((await repliesOf(socket)).at(-1)).toMatchObject({ kind: 'farewell', failure: { code: 'STORE_FAILED' } });
    const remote = await openRemote();
    expect(await remote.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('reads frames however they are cut', async () => {
    await serve();
    const socket = await openSocket();
    socket.setNoDelay(true);
    const replies = readFrames(socket);
    for (const byte of frameOf({ kind: 'query', text: 'SELECT $1::int AS n', values: ['7'] }))
      socket.write(Buffer.from([byte]));
    expect((await replies.next()).value).toEqual({ kind: 'rows', rows: [{ n: 7 }] });
  });

  it('carries an answer of many megabytes', async () => {
    await serve();
    const remote = await openRemote();
    const [row] = await remote.query(`SELECT repeat('ع', 4000000) AS body`);
    expect(row?.['body']).toHaveLength(4_000_000);
  });

  it('refuses an answer that is over the limit, and goes on', async () => {
    await serve();
    const remote = await openRemote();
    await expect(remote.query(`SELECT repeat('x', 70000000) AS body`)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await remote.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('fails what a command still asks when the server ends, and what it asks later', async () => {
    const stop = await serve();
    const remote = await openRemote();
    const gate = createGate();
    const open = remote.transaction(async (transaction) => {
      await transaction.query(`INSERT INTO notes VALUES (1, 'x')`);
      await gate.pass();
      await transaction.query('SELECT 1');
    });
    await gate.reached;
    await stop();
    gate.open();
    await expect(open).rejects.toMatchObject({ code: 'STORE_FAILED', store: 'embedded' });
    await expect(remote.query('SELECT 1')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await database.query('SELECT * FROM notes')).toEqual([]);
  });

  it('listens for a command until that goes', async () => {
    await serve();
    const remote = await openRemote();
    const heard = Promise.withResolvers<string>();
    await remote.listen('wires', heard.resolve);
    await database.query(`SELECT pg_notify('wires', 'from the server')`);
    expect(await heard.promise).toBe('from the server');
  });
});
