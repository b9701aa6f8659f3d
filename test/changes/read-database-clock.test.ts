import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readDatabaseClock } from '../../src/changes/read-database-clock.ts';
import { createRemoteDatabase } from '../../src/database/create-remote-database.ts';
import type { Database, Queryable } from '../../src/database/database.ts';
import { serveAdminSocket } from '../../src/database/serve-admin-socket.ts';
import { StoreError } from '../../src/errors.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A database whose clock stands at `now`. */
const standingAt = (now: number): Queryable => ({
  query: async <R>() => [{ now: new Date(now) }] as unknown as readonly R[],
});

/** By how much it is earlier than the database was before it was read, or later than afterwards; 0: it is neither. */
const errorOf = async (database: Queryable): Promise<number> => {
  const ask = async (): Promise<number> => {
    const [row] = await database.query<{ readonly now: Date }>('SELECT clock_timestamp() AS now');
    return row?.now.getTime() ?? Number.NaN;
  };
  const before = await ask();
  const shown = (await readDatabaseClock(database)).now();
  return Math.max(before - shown, shown - (await ask()), 0);
};

describe('readDatabaseClock', () => {
  it.each([
    ['two days behind', -2],
    ['two days ahead', 2],
  ])("goes by a database that is %s of this machine's clock", async (_, days) => {
    const truth = Date.now() + days * DAY_MS;
    const clock = await readDatabaseClock(standingAt(truth));
    expect(clock.now()).toBeGreaterThanOrEqual(truth);
    expect(clock.now() - truth).toBeLessThan(60_000);
  });

  it.each(databaseKinds)('reads it: %s', async (kind) => {
    const database = await createTestDatabase(kind);
    onTestFinished(() => database.close());
    expect(await errorOf(database)).toBe(0);
  });

  it('reads that of a running server', async () => {
    const served = await createTestDatabase('embedded');
    const directory = await mkdtemp(join(tmpdir(), 'masthead-remote-'));
    const path = join(directory, 'admin.sock');
    const stop = await serveAdminSocket({ database: served, path });
    const remote: Database = await createRemoteDatabase({ path });
    onTestFinished(async () => {
      await remote.close();
      await stop();
      await served.close();
      await rm(directory, { recursive: true });
    });
    expect(await errorOf(remote)).toBe(0);
  });

  it("does not fall back on this machine's clock where the database does not say", async () => {
    const away: Queryable = {
      query: () => Promise.reject(new StoreError('postgres', 'STORE_FAILED')),
    };
    await expect(readDatabaseClock(away)).rejects.toThrow(StoreError);
  });
});
