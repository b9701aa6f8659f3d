import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { createGate } from '../../support/gate.ts';
import { createDatabaseBefore, MIGRATIONS } from '../../support/test-database.ts';

const NOW = '2026-11-23T12:00:00Z';

describe('the migration to plain memberships, beside a process of the release before', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createDatabaseBefore('postgres', '0013-plain-memberships.sql');
    for (const id of ['art_en_taken', 'art_en_standing']) {
      await database.query(
        `INSERT INTO articles (id, edition, kind, source, source_id, slug, path, headline, section_ids, published_at, updated_at, content_digest)
         VALUES ($1, 'EN', 'NEWS', 'test', $1, $1, $1, $1, '{}', $2::timestamptz, $2::timestamptz, '')`,
        [id, NOW],
      );
      await database.query(
        `INSERT INTO memberships (target, article_id, kind, published_at, updated_at)
         VALUES ('edn_en', $1, 'NEWS', $2::timestamptz, $2::timestamptz)`,
        [id, NOW],
      );
    }
  });
  afterAll(() => database.close());

  it('waits for a takedown and for an import that have begun, and leaves no mark on what was taken down', async () => {
    const gate = createGate();
    const taking = database.transaction(async (transaction) => {
      await transaction.query(`UPDATE articles SET withdrawn_at = $1::timestamptz WHERE id = 'art_en_taken'`, [NOW]);
      await gate.pass();
      // As an import goes on, in that order.
      await transaction.query(`UPDATE memberships SET kind = 'VIDEO' WHERE article_id = 'art_en_standing'`);
    });
    await gate.reached;
    const migrating = migrate(database, MIGRATIONS);
    await expect
      .poll(
        () => database.query(`SELECT 1 AS one FROM pg_locks WHERE NOT granted AND relation = 'articles'::regclass`),
        { timeout: 20_000 },
      )
      .toHaveLength(1);
    gate.open();
    await Promise.all([taking, migrating]);
    expect(await database.query('SELECT article_id, kind, is_plain FROM memberships ORDER BY article_id')).toEqual([
      { article_id: 'art_en_standing', kind: 'VIDEO', is_plain: true },
      { article_id: 'art_en_taken', kind: 'NEWS', is_plain: false },
    ]);
  });
});
