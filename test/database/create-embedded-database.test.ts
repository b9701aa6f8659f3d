import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEmbeddedDatabase, type EmbeddedOptions } from '../../src/database/create-embedded-database.ts';
import type { Database } from '../../src/database/database.ts';
import { createGate } from '../support/gate.ts';

/** Slow by the clock, so that no machine is too fast for the limits it is to pass. */
const SLOW = 'SELECT pg_sleep(6)';

const open = async (options: EmbeddedOptions = {}): Promise<Database> => {
  const database = await createEmbeddedDatabase(options);
  onTestFinished(() => database.close());
  return database;
};

describe('createEmbeddedDatabase', { timeout: 300_000 }, () => {
  it('answers a caller in time although its statement goes on, and the next one after that', async () => {
    const database = await open({ statementTimeoutMs: 3_000 });
    await expect(database.query(SLOW)).rejects.toMatchObject({ code: 'STORE_TIMEOUT', store: 'embedded' });
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('undoes a transaction whose statement took too long', async () => {
    const database = await open({ statementTimeoutMs: 3_000 });
    await database.query('CREATE TABLE slow (id integer)');
    const slow = database.transaction(async (transaction) => {
      await transaction.query('INSERT INTO slow VALUES (1)');
      await transaction.query(SLOW);
    });
    await expect(slow).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    expect(await database.query('SELECT * FROM slow')).toEqual([]);
  });

  it('gives up on a turn that does not come, and refuses at once when too many wait', async () => {
    const database = await open({ acquireTimeoutMs: 50, maxWaiting: 1 });
    const gate = createGate();
    const held = database.transaction(async () => await gate.pass());
    await gate.reached;
    const waiting = database.query('SELECT 1');
    const refused = database.query('SELECT 2');

    await expect(refused).rejects.toMatchObject({ cause: { message: '1 callers wait already' } });
    await expect(waiting).rejects.toMatchObject({ code: 'STORE_TIMEOUT', cause: { message: 'no turn within 50 ms' } });
    gate.open();
    await held;
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('fails what waits and what comes after, with a code, when its thread ends', async () => {
    const started = Promise.withResolvers<Worker>();
    process.once('worker', started.resolve);
    const database = await open();
    const running = database.query(SLOW);
    const queued = database.query('SELECT 1');
    const worker = await started.promise;
    const failures = Promise.allSettled([running, queued]);
    await worker.terminate();

    const failed = { code: 'STORE_FAILED', message: 'embedded failed' };
    expect(await failures).toMatchObject([{ reason: failed }, { reason: failed }]);
    await expect(database.query('SELECT 1')).rejects.toMatchObject(failed);
    await expect(database.transaction(async () => 1)).rejects.toMatchObject(failed);
  });

  it('fails with a code when it cannot start', async () => {
    await expect(createEmbeddedDatabase({ snapshotFile: '/nowhere/snapshot.tar' })).rejects.toMatchObject({
      code: 'STORE_FAILED',
    });
  });

  it('keeps what was written in its directory', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'masthead-embedded-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const first = await createEmbeddedDatabase({ directory: join(directory, 'database') });
    await first.query(`CREATE TABLE kept AS SELECT 'words' AS body`);
    await first.close();
    const second = await open({ directory: join(directory, 'database') });
    expect(await second.query('SELECT body FROM kept')).toEqual([{ body: 'words' }]);
  });

  it('refuses a channel that is not a plain name', async () => {
    const database = await open();
    await expect(database.listen('wires; DROP TABLE x', () => undefined)).rejects.toBeInstanceOf(TypeError);
  });
});
