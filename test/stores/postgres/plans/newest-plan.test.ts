import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf } from '../../../../src/content/ids.ts';
import type { Database, Queryable } from '../../../../src/database/database.ts';
import { createPostgresStores } from '../../../../src/stores/postgres/postgres-stores.ts';
import { visibleSql } from '../../../../src/stores/postgres/visible.ts';
import { writeArticles } from '../../../support/content-rows.ts';
import { createTestDatabase } from '../../../support/test-database.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const MINUTE = 60_000;
const LISTED = 55;

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
  // Long lists, few of them: of such an archive it seems cheaper to read all articles once than one for each entry.
  const articles = Array.from({ length: 1_500 }, (_, number) => ({
    key: `n${number}`,
    publishedAt: NOW - number * MINUTE,
    tags: [`tag-${number % 3}`],
    ...(number % 4 === 0 ? { withdrawnAt: NOW } : {}),
  }));
  await writeArticles(database, articles);
  await database.query('ANALYZE');
});
afterAll(() => database.close());

/** How the newest of a tag are read, whatever is asked for: `change` of the statement. */
const planOf = async (change: (statement: string) => string = (statement) => statement): Promise<string> => {
  let plan = '';
  const explaining: Queryable = {
    query: async (statement, values) => {
      await database.transaction(async (transaction) => {
        await transaction.query('SET LOCAL plan_cache_mode = force_generic_plan');
        const rows = await transaction.query(`EXPLAIN (COSTS OFF) ${change(statement)}`, values);
        plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
      });
      return [];
    },
  };
  const target = idOf.tag('EN', 'tag-1');
  await createPostgresStores(explaining).articles.newest?.([{ target, limit: LISTED }], NOW);
  return plan;
};

it('the newest of a long list are read out of one index, and single articles where they may be hidden', async () => {
  const plan = await planOf();
  expect(plan).toContain('Index Only Scan using memberships_by_published');
  expect(plan).not.toContain('Seq Scan');
});

it('all articles would be read if it were asked whether there is a visible one', async () => {
  const visible = visibleSql('a', 'r.now');
  const asked = `(SELECT ${visible} FROM articles a WHERE a.id = m.article_id)`;
  const exists = `EXISTS (SELECT FROM articles a WHERE a.id = m.article_id AND ${visible})`;
  expect(await planOf((statement) => statement.replace(asked, exists))).toContain('Seq Scan on articles');
});
