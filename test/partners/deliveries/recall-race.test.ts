import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAppender } from '../../../src/changes/appender.ts';
import { idOf } from '../../../src/content/ids.ts';
import { manifestOf, type Manifest } from '../../../src/content/manifest.ts';
import type { Database } from '../../../src/database/database.ts';
import { createIntake } from '../../../src/ingest/intake.ts';
import { saveDeliveries } from '../../../src/partners/deliveries/save-deliveries.ts';
import { createGate, type Gate } from '../../support/gate.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { emptyTables } from '../../syndication/deltas/empty-tables.ts';

const id = idOf.article('EN', 'elsewhere', 'x');
const NOW = Date.UTC(2026, 10, 29, 12);

/** Of the function that looks for what was killed meanwhile: without it neither of the two sees the other. */
const WAIT = 'PERFORM FROM change_log_head FOR UPDATE;';

/** Two transactions that have both begun when either commits: the one that kills, and the one that writes down who has it. */
describe('what is given and killed at the same moment', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyTables(database);
    await database.query('TRUNCATE deliveries, manifests');
  });

  /** `database`, whose transactions stop before they commit. */
  const stoppedAt = (gate: Gate): Database => ({
    ...database,
    transaction: (work, options) =>
      database.transaction(async (transaction) => {
        const result = await work(transaction);
        await gate.pass();
        return result;
      }, options),
  });
  const kill = async (into: Database): Promise<void> => {
    const changes = await createIntake(database).mapReports([{ kind: 'KILL', articleId: id, edition: 'EN' }]);
    await createAppender({ database: into }).append('kill', changes, NOW);
  };
  const give = async (into: Database): Promise<void> => {
    const manifest = manifestOf([[id, 1, 2]]) as Manifest;
    const { digest } = manifest;
    const row = { partner_id: 'radio', via: 'query', digest, first_at: NOW, last_at: NOW, times: 1 } as const;
    await into.transaction((transaction) => saveDeliveries(transaction, { deliveries: [row], manifests: [manifest] }));
  };
  const untilSomebodyWaits = (): Promise<void> =>
    vi.waitFor(async () => {
      const waiting = await database.query(
        `SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()`,
      );
      expect(waiting).not.toEqual([]);
    }, 10_000);
  const toldOf = async (): Promise<number> => {
    const rows = await database.query(`SELECT FROM deltas WHERE article_id = $1 AND recalled ? 'radio'`, [id]);
    return rows.length;
  };
  /** `first` stops before it commits, `second` begins, and both end. How often the partner is told. */
  const meet = async (
    first: (into: Database) => Promise<void>,
    second: (into: Database) => Promise<void>,
  ): Promise<number> => {
    const gate = createGate();
    const begun = first(stoppedAt(gate));
    await gate.reached;
    const other = second(database);
    await Promise.race([other, untilSomebodyWaits()]);
    gate.open();
    await Promise.all([begun, other]);
    return await toldOf();
  };

  it('is told, whichever of the two is the first', async () => {
    expect(await meet(kill, give)).toBe(1);
    await emptyTables(database);
    await database.query('TRUNCATE deliveries, manifests');
    expect(await meet(give, kill)).toBe(1);
  });

  it('and would not be, if neither waited for the other', async () => {
    const [row] = await database.query<{ source: string }>(
      `SELECT pg_get_functiondef('recall_late'::regproc) AS source`,
    );
    const source = row?.source ?? '';
    expect(source).toContain(WAIT);
    await database.query(source.replace(WAIT, ''));
    expect(await meet(kill, give)).toBe(0);
    await database.query(source);
  });
});
