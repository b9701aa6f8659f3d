import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChangeLog } from '../../src/changes/change-log.ts';
import type { PostgresStore } from '../../src/config/stores.ts';
import { createSecret } from '../../src/config/secret.ts';
import type { Database } from '../../src/database/database.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { followStoreDatabase, type StoreDatabaseKeeping } from '../../src/wiring/follow-store-database.ts';
import { DEFAULT_GUARD } from '../../src/stores/guarded/guard-settings.ts';
import { putIntoOutbox } from '../changes/outbox.ts';
import { writeArticles } from '../support/content-rows.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { createWoundClock } from '../support/wound-clock.ts';

const NOW = Date.UTC(2026, 10, 23, 12);

const STORE: PostgresStore = {
  kind: 'postgres',
  name: 'desk',
  editions: ['EN'],
  url: createSecret('postgres://desk.example/desk'),
  poolSize: 1,
  retries: 0,
  breaker: DEFAULT_GUARD.breaker,
};

describe('followStoreDatabase', () => {
  let from: Database;
  let to: Database;
  let keeping: StoreDatabaseKeeping | undefined;
  beforeEach(async () => {
    [from, to] = await Promise.all([createTestDatabase('postgres'), createTestDatabase('postgres')]);
  });
  afterEach(async () => {
    await keeping?.close();
    keeping = undefined;
    await from.close();
    await to.close();
  });

  const follow = (database: Database): StoreDatabaseKeeping =>
    (keeping = followStoreDatabase({
      store: STORE,
      from: database,
      to,
      clock: createWoundClock(NOW),
      environment: { DEGRADED_SECONDS: 0 },
      logger: createLogger('silent', 'test'),
    }));
  /** `from`, which stops at `gate` before it reads what is to be analysed anew. */
  const analysingAt = (gate: Gate): Database => ({
    ...from,
    transaction: (work, options) =>
      from.transaction(
        (transaction) =>
          work({
            query: async (text, values) => {
              if (text.includes('search_version')) await gate.pass();
              return await transaction.query(text, values);
            },
          }),
        options,
      ),
  });
  const ageArchive = async (length = 3): Promise<void> => {
    const keys = Array.from({ length }, (_, index) => `n${index}`);
    await writeArticles(
      from,
      keys.map((key) => ({ key, edition: 'EN' as const, publishedAt: NOW - 1000 })),
    );
    await from.query('UPDATE articles SET search_version = 0');
    await from.query('UPDATE memberships SET marks = NULL');
  };
  const waiting = () => from.query('SELECT id FROM articles WHERE search_version = 0');
  const unmarked = () => from.query('SELECT article_id FROM memberships WHERE marks IS NULL');

  it('copies what is taken back while the archive is analysed anew, which it then is', async () => {
    await ageArchive();
    const gate = createGate();
    const { start, isWell } = follow(analysingAt(gate));
    await start();
    await gate.reached;
    expect(isWell()).toBe(true);
    await putIntoOutbox(from, ['article:a'], 'KILL');
    await expect
      .poll(async () => (await createChangeLog(to).after(0, 10)).changes.map(({ kind }) => kind), { timeout: 15_000 })
      .toContain('KILL');
    expect(await waiting()).toHaveLength(3);
    gate.open();
    await expect.poll(waiting, { timeout: 15_000 }).toEqual([]);
    await expect.poll(unmarked, { timeout: 15_000 }).toEqual([]);
  });

  it('keeps house and the schedule beside it too', async () => {
    await ageArchive();
    await from.query(`UPDATE housekeeping SET done_at = now() - interval '2 hours'`);
    const gate = createGate();
    await follow(analysingAt(gate)).start();
    await gate.reached;
    await expect
      .poll(() => from.query(`SELECT 1 FROM housekeeping WHERE done_at > now() - interval '1 hour'`), {
        timeout: 15_000,
      })
      .toHaveLength(1);
    await from.query(`INSERT INTO schedule (at, article_id) VALUES (to_timestamp($1), 'art_en_gone')`, [
      NOW / 1000 - 1,
    ]);
    await expect.poll(() => from.query('SELECT at FROM schedule'), { timeout: 15_000 }).toEqual([]);
    expect(await waiting()).toHaveLength(3);
    gate.open();
  });

  it('stops in the middle of an archive when it is closed', async () => {
    await ageArchive(250);
    const gate = createGate();
    const { start, close } = follow(analysingAt(gate));
    await start();
    await gate.reached;
    const closed = close();
    gate.open();
    await closed;
    // The batch that ran was finished.
    expect(await waiting()).toHaveLength(50);
  }, 30_000);

  it('is not well before its first step has ended, and closes while that hangs', async () => {
    const gate = createGate();
    const { start, isWell, close } = follow({
      ...from,
      transaction: async (work, options) => {
        await gate.pass();
        return await from.transaction(work, options);
      },
    });
    expect(isWell()).toBe(false);
    await start();
    expect(isWell()).toBe(false);
    await close();
    gate.open();
  }, 30_000);

  it('tries again what has failed of the archive', async () => {
    await ageArchive();
    let failures = 0;
    await follow({
      ...from,
      transaction: (work, options) =>
        from.transaction(
          (transaction) =>
            work({
              query: async (text, values) => {
                if (text.includes('search_version') && ++failures <= 2) throw new Error('away');
                return await transaction.query(text, values);
              },
            }),
          options,
        ),
    }).start();
    await expect.poll(waiting, { timeout: 10_000 }).toEqual([]);
    expect(failures).toBeGreaterThan(2);
  }, 30_000);
});
