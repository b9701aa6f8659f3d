import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppender } from '../../src/changes/appender.ts';
import { createChangeLog } from '../../src/changes/change-log.ts';
import { idOf } from '../../src/content/ids.ts';
import type { Database, Queryable } from '../../src/database/database.ts';
import { createIntake } from '../../src/ingest/intake.ts';
import { createTestDatabase } from '../support/test-database.ts';

const NOW = Date.UTC(2026, 10, 29, 12);

describe('a request of many KILLs', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  afterAll(() => database.close());

  it('is recorded whole, in its order, a few in each statement: who was given each is looked up', async () => {
    const ids = Array.from({ length: 60 }, (_, place) => idOf.article('EN', 'cms', `${place}`));
    const reports = ids.map((articleId) => ({ kind: 'KILL', articleId, edition: 'EN' }) as const);
    const counts: number[] = [];
    const watched: Database = {
      ...database,
      transaction: (work, options) =>
        database.transaction((transaction) => {
          const query: Queryable['query'] = (sql, values) => {
            if (sql.includes('INSERT INTO change_log '))
              counts.push((JSON.parse(String(values?.[0])) as unknown[]).length);
            return transaction.query(sql, values);
          };
          return work({ query });
        }, options),
    };
    await createAppender({ database: watched }).append('many', await createIntake(database).mapReports(reports), NOW);
    expect(counts).toEqual([25, 25, 10]);
    const { changes } = await createChangeLog(database).after(0, 100);
    expect(changes.map(({ sequence, articleId }) => [sequence, articleId])).toEqual(
      ids.map((id, place) => [place + 1, id]),
    );
    expect(await database.query('SELECT FROM deltas')).toHaveLength(60);
  });
});
