import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import type { Database } from '../../src/database/database.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { lockEditions } from '../../src/ingest/write/lock-editions.ts';
import { createGate } from '../support/gate.ts';
import { createTestConfig } from '../support/test-app.ts';
import { createPostgresTestUrl } from '../support/test-database.ts';

const { editions } = createTestConfig();

const tally = async (database: Database) => {
  const [row] = await database.query(
    `SELECT (SELECT count(*) FROM sections) AS sections, (SELECT count(*) FROM articles) AS articles,
            (SELECT max(version) FROM articles) AS version, (SELECT sum(views) FROM engagement_totals) AS views,
            (SELECT sum(views) FROM engagement_hours) AS hourly`,
  );
  return row;
};

describe('loadDemo', () => {
  let first: Database;
  let second: Database;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    const created = await createPostgresTestUrl();
    drop = created.drop;
    first = createPostgresDatabase({ url: created.url });
    second = createPostgresDatabase({ url: created.url, maxConnections: 1 });
  });
  afterEach(async () => {
    await Promise.all([first.close(), second.close()]);
    await drop();
  });

  const waitersForLock = async (): Promise<number> => {
    const rows = await first.query(
      `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows.length;
  };

  it('leaves a database with anything in it alone', async () => {
    expect(await loadDemo(first, editions, systemClock)).toBe(true);
    const loaded = await tally(first);
    expect(loaded).toMatchObject({ version: 1 });
    expect(await loadDemo(second, editions, systemClock)).toBe(false);
    expect(await tally(first)).toEqual(loaded);
  });

  it('is done once by two processes that found the database empty together', async () => {
    const gate = createGate();
    const holding = first.transaction(async (transaction) => {
      await lockEditions(transaction, ['EN', 'AR', 'ES']);
      await gate.pass();
    });
    await gate.reached;
    const loads = [loadDemo(first, editions, systemClock), loadDemo(second, editions, systemClock)];
    await expect.poll(waitersForLock, { timeout: 15_000 }).toBe(2);
    gate.open();
    await holding;

    expect((await Promise.all(loads)).filter(Boolean)).toHaveLength(1);
    const loaded = await tally(first);
    expect(loaded).toMatchObject({ version: 1 });
    expect(loaded?.['hourly']).toBe(loaded?.['views']);
  });

  it('leaves nothing behind when it fails on the way', async () => {
    await first.query('ALTER TABLE engagement_hours RENAME TO engagement_hours_away');
    await expect(loadDemo(first, editions, systemClock)).rejects.toThrow('postgres failed');
    expect(await first.query('SELECT 1 FROM sections UNION ALL SELECT 1 FROM articles')).toEqual([]);
  });
});
