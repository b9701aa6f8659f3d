import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Queryable } from '../../src/database/database.ts';
import { markMemberships } from '../../src/ingest/mark-memberships.ts';
import { marksSql } from '../../src/stores/postgres/article-marks.ts';
import { articleId } from '../support/content-rows.ts';
import { openStores, type StoresUnderTest } from '../support/stores-under-test.ts';
import { databaseKinds } from '../support/test-database.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const KEYS = ['a', 'b', 'c', 'd', 'e'];
/** Its edition, its section and its tag. */
const LISTS = 3;
const WAITING_SQL = `SELECT 1 AS one FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
const UNTRUE_SQL = `SELECT m.article_id FROM memberships m JOIN articles a ON a.id = m.article_id WHERE m.marks <> ${marksSql('a')}`;

describe.each(databaseKinds)('markMemberships, %s', (kind) => {
  let opened: StoresUnderTest;
  beforeAll(async () => {
    opened = await openStores(kind);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.clear();
    await opened.write(KEYS.map((key) => ({ key, publishedAt: NOW, tags: ['tag'] })));
    // As the release before wrote them.
    await opened.database.query('UPDATE memberships SET marks = NULL');
  });

  const unmarked = async () =>
    (
      await opened.database.query<{ readonly id: string }>(
        'SELECT DISTINCT article_id AS id FROM memberships WHERE marks IS NULL',
      )
    ).map(({ id }) => id);

  it('marks every entry, by what its article is weighed by', async () => {
    expect(await markMemberships(opened.database, { batchSize: 2 })).toBe(KEYS.length * LISTS);
    expect(await unmarked()).toEqual([]);
    expect(await opened.database.query(UNTRUE_SQL)).toEqual([]);
    expect(await markMemberships(opened.database)).toBe(0);
  });

  it('leaves what has more tags than an index holds, and ends', async () => {
    const tags = Array.from({ length: 101 }, (_, number) => `tag-${number}`);
    await opened.write([{ key: 'many', publishedAt: NOW, tags }]);
    expect(await markMemberships(opened.database, { batchSize: 1 })).toBe(KEYS.length * LISTS);
    expect(await unmarked()).toEqual([articleId('many')]);
  });

  it('goes on where it was stopped', async () => {
    let batches = 0;
    const stopping: Database = {
      ...opened.database,
      transaction: async (...asked) => {
        batches += 1;
        if (batches === 3) throw new Error('stopped');
        return await opened.database.transaction(...asked);
      },
    };
    await expect(markMemberships(stopping, { batchSize: 1 })).rejects.toThrow('stopped');
    expect(await markMemberships(opened.database)).toBe((KEYS.length - 2) * LISTS);
    const ending = AbortSignal.abort(new Error('closing'));
    await expect(markMemberships(opened.database, { signal: ending })).rejects.toThrow('closing');
  });
});

describe('markMemberships, beside others', () => {
  let opened: StoresUnderTest;
  beforeAll(async () => {
    opened = await openStores('postgres');
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.clear();
    await opened.write(KEYS.map((key) => ({ key, publishedAt: NOW, tags: ['tag'] })));
    await opened.database.query('UPDATE memberships SET marks = NULL');
  });
  const markAll = () => markMemberships(opened.database);

  it('waits for nobody who has an article or an entry', async () => {
    await opened.database.transaction(async (transaction) => {
      await transaction.query('SELECT FROM articles WHERE id = $1 FOR UPDATE', [articleId('a')]);
      await transaction.query(`DELETE FROM memberships WHERE article_id = $1 AND target LIKE 'tag%'`, [articleId('b')]);
      expect(await markAll()).toBe((KEYS.length - 1) * LISTS - 1);
    });
    expect(await markAll()).toBe(LISTS);
  });

  /** `change` comes between the two statements of a batch, by another connection. */
  const meanwhile = (change: () => Promise<unknown>): Database => ({
    ...opened.database,
    transaction: async (work, options) =>
      await opened.database.transaction(async (transaction) => {
        let asked = 0;
        const between: Queryable = {
          query: async (...statement) => {
            if ((asked += 1) === 1) await change();
            return await transaction.query(...statement);
          },
        };
        return await work(between);
      }, options),
  });

  it('tells nothing of what an article had before somebody changed it', async () => {
    const change = () => opened.database.query(`UPDATE articles SET tag_ids = '{}' WHERE id = $1`, [articleId('c')]);
    expect(await markMemberships(meanwhile(change))).toBe(KEYS.length * LISTS);
    expect(await opened.database.query(UNTRUE_SQL)).toEqual([]);
  });

  it('would tell it in one statement that reads articles without locking them', async () => {
    const all = `UPDATE memberships m SET marks = ${marksSql('a')} FROM articles a WHERE a.id = m.article_id`;
    const { marking } = await opened.database.transaction(async (holder) => {
      await holder.query('SELECT FROM memberships WHERE article_id = $1 FOR UPDATE', [articleId('e')]);
      const begun = opened.database.query(all);
      await expect.poll(() => opened.database.query(WAITING_SQL), { timeout: 20_000 }).toHaveLength(1);
      await opened.database.query(`UPDATE articles SET tag_ids = '{}' WHERE id = $1`, [articleId('e')]);
      return { marking: begun };
    });
    await marking;
    expect(await opened.database.query(UNTRUE_SQL)).not.toEqual([]);
  });
});
