import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { createDatabaseBefore, databaseKinds, MIGRATIONS } from '../../support/test-database.ts';

const NOW = '2026-11-23T12:00:00Z';

describe.each(databaseKinds)('the migration to deltas, %s', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await createDatabaseBefore(kind, '0016-deltas.sql');
    for (const [id, withdrawn] of [
      ['art_en_old', null],
      ['art_en_told', null],
      ['art_en_gone', NOW],
    ])
      await database.query(
        `INSERT INTO articles (id, edition, kind, source, source_id, slug, path, headline, section_ids, published_at, updated_at,
                               content_digest, version, withdrawn_at)
         VALUES ($1, 'EN', 'NEWS', 'test', $1, $1, $1, $1, '{}', $2::timestamptz, $2::timestamptz, '', 3, $3::timestamptz)`,
        [id, NOW, withdrawn],
      );
    await log(4, 'UPDATE', 'art_en_told');
    await log(5, 'KILL', 'art_en_gone');
    await log(6, 'TAXONOMY', null);
    await log(7, 'KILL', 'art_en_unknown');
    await migrate(database, MIGRATIONS);
  }, 60_000);
  afterAll(() => database.close());

  /** As a relay of the release before does. */
  const log = (sequence: number, changeKind: string, id: string | null) =>
    database.query(
      `INSERT INTO change_log (sequence, kind, article_id, edition, tags, version, occurred_at)
       VALUES ($1, $2, $3, 'EN', '{}', 3, $4::timestamptz)`,
      [sequence, changeKind, id, NOW],
    );
  const told = async () =>
    (
      await database.query<{ text: string }>(
        `SELECT concat_ws(' ', sequence, kind, article_id, 'v' || version, before ->> 'isWithdrawn', '→', after ->> 'isWithdrawn') AS text
           FROM deltas ORDER BY sequence`,
      )
    ).map(({ text }) => text);

  it('has a row for every article, in the order in which they were last changed, and what was killed', async () => {
    expect(await told()).toEqual([
      '-1 PUBLISH art_en_old v3 → false',
      '4 UPDATE art_en_told v3 → false',
      '5 KILL art_en_gone v3 false → true',
      '7 KILL art_en_unknown v3 →',
    ]);
  });

  it('goes on beside a process of the release before, which knows nothing of it', async () => {
    await database.query(`UPDATE articles SET version = 4, withdrawn_at = $1::timestamptz WHERE id = 'art_en_old'`, [
      NOW,
    ]);
    await log(8, 'KILL', 'art_en_old');
    expect((await told()).at(-1)).toBe('8 KILL art_en_old v3 false → true');
  });
});
