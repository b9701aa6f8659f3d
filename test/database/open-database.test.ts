import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createEmbeddedDatabase } from '../../src/database/create-embedded-database.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';
import { startProcess } from './processes/start-process.ts';

let parent: string;
let dataDirectory: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'masthead-data-'));
  dataDirectory = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

describe('openDatabase, embedded', { timeout: 300_000 }, () => {
  it('refuses a second server on the directory in one line, and leaves the first one alone', async () => {
    const first = await openDatabase({ dataDirectory, mode: 'serve' });
    onTestFinished(() => first.close());
    const second = startProcess('write-rows.ts', dataDirectory, 'serve', 'second');
    expect(await second.line()).toBe(
      `failed: The data directory ${dataDirectory} is in use by another Masthead process (pid ${process.pid})`,
    );
    expect(await first.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('loses no row when a server and two commands write 1,000 each at the same time', async () => {
    const server = startProcess('write-rows.ts', dataDirectory, 'serve', 'server', '1000');
    expect(await server.line()).toBe('open embedded');
    const commands = ['first', 'second'].map((label) =>
      startProcess('write-rows.ts', dataDirectory, 'command', label, '1000'),
    );
    for (const command of commands) expect(await command.line()).toBe('open remote');

    for (const each of [server, ...commands]) each.go();
    for (const each of [server, ...commands]) expect(await each.line()).toMatch(/^wrote \d+ ms$/);
    for (const each of [...commands, server]) expect(await each.finish()).toBe(0);

    const database = await openDatabase({ dataDirectory, mode: 'command' });
    expect(database.kind).toBe('embedded');
    expect(
      await database.query(`SELECT label, count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM lines
        GROUP BY label ORDER BY label`),
    ).toEqual(['first', 'second', 'server'].map((label) => ({ label, rows: 1000, ids: 1000 })));
    expect(await database.query('SELECT count(DISTINCT id)::int AS ids FROM lines')).toEqual([{ ids: 3000 }]);
    await database.close();
  });

  it('has every committed row, and none of an open transaction, after the server was killed', async () => {
    const server = startProcess('write-rows.ts', dataDirectory, 'serve', 'server', '100');
    await server.line();
    server.go();
    expect(await server.line()).toMatch(/^wrote/);
    const command = await openDatabase({ dataDirectory, mode: 'command' });
    const interrupted = command.transaction(async (transaction) => {
      await transaction.query(`INSERT INTO lines (label) VALUES ('uncommitted')`);
      await server.kill();
      await transaction.query('SELECT 1');
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await command.close();

    const database = await openDatabase({ dataDirectory, mode: 'serve' });
    expect(await database.query('SELECT label, count(*)::int AS rows FROM lines GROUP BY label')).toEqual([
      { label: 'server', rows: 100 },
    ]);
    await database.close();
  });

  it('begins again after its first start was interrupted', async () => {
    // As a kill leaves it between the first file and the last.
    await mkdir(join(dataDirectory, 'database', 'base'), { recursive: true });
    await writeFile(join(dataDirectory, 'database', 'PG_VERSION'), '18\n');
    await writeFile(join(dataDirectory, 'database.unfinished'), '');

    const database = await openDatabase({ dataDirectory, mode: 'serve' });
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('serves commands of its own user only, and leaves no socket behind', async () => {
    const database = await openDatabase({ dataDirectory, mode: 'serve' });
    expect((await stat(join(dataDirectory, 'admin.sock'))).mode & 0o777).toBe(0o600);
    expect((await stat(dataDirectory)).mode & 0o777).toBe(0o700);
    await database.close();
    expect(await readdir(dataDirectory)).toEqual(['database', 'lock']);
  });

  it('lets commands in however long the path of the directory is', async () => {
    dataDirectory = join(parent, 'a-very-long-name-for-a-folder'.repeat(6), 'data');
    const database = await openDatabase({ dataDirectory, mode: 'serve' });
    const command = await openDatabase({ dataDirectory, mode: 'command' });
    expect(command.kind).toBe('remote');
    expect(await command.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await command.close();
    await database.close();
  });

  it('gives up the directory when it holds no database that can be opened', async () => {
    const newer = await createEmbeddedDatabase({ directory: join(dataDirectory, 'database') });
    await newer.close();
    await rm(join(dataDirectory, 'database', 'global'), { recursive: true });
    await expect(openDatabase({ dataDirectory, mode: 'serve' })).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await readdir(dataDirectory)).not.toContain('pid');
  });
});

describe('openDatabase, by URL', () => {
  it('waits for a database that is away, says so once, and goes on when it comes', async () => {
    const { url, drop } = await createPostgresTestUrl();
    const port = await freePort();
    const waits: Error[] = [];
    const address = new URL(url);
    const real = { host: address.hostname, port: Number(address.port) };
    address.hostname = '127.0.0.1';
    address.port = String(port);
    let proxy: Server | undefined;
    const database = await openDatabase({
      url: address.href,
      dataDirectory,
      mode: 'serve',
      onWaiting: (error) => {
        waits.push(error);
        proxy = createServer((near) => near.pipe(connect(real)).pipe(near)).listen(port, '127.0.0.1');
      },
    });
    expect(waits).toMatchObject([{ code: 'STORE_FAILED' }]);
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
    proxy?.close();
    await drop();
  });

  it('gives up after its bound, in one line without the address', async () => {
    const url = 'postgresql://reader:letmein-4711@127.0.0.1:1/news';
    await expect(openDatabase({ url, dataDirectory, mode: 'serve', waitMs: 300 })).rejects.toMatchObject({
      code: 'STORE_TIMEOUT',
      message: 'The database did not answer within 0.3 s',
    });
  });

  it('does not wait for a server that refuses us', async () => {
    const { url, drop } = await createPostgresTestUrl();
    await drop();
    await expect(openDatabase({ url, dataDirectory, mode: 'serve' })).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: 'The database refuses us (SQLSTATE 3D000)',
    });
  });
});

const freePort = async (): Promise<number> =>
  await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
