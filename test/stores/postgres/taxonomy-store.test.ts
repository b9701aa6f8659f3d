import { describe } from 'vitest';
import { taxonomyStoreContract } from '../../contracts/taxonomy-store.ts';
import { writeNamed, writeSection } from '../../support/content-rows.ts';
import { openStores } from '../../support/stores-under-test.ts';
import { databaseKinds } from '../../support/test-database.ts';

describe.each(databaseKinds)('createTaxonomyStore over %s', (kind) => {
  taxonomyStoreContract(async () => {
    const opened = await openStores(kind);
    const { database } = opened;
    return {
      ...opened,
      store: opened.stores.taxonomy,
      writeSection: (section) => writeSection(database, section),
      writeNamed: (of, rows) => writeNamed(database, of, rows),
      rename: async (of, id, name) => {
        await database.query(`UPDATE ${of} SET name = $2 WHERE id = $1`, [id, name]);
      },
      writeLiveStream: async ({ edition, startedAt, endedAt }) => {
        await database.query(
          'INSERT INTO live_streams (edition, title, url, started_at, ended_at) VALUES ($1, $2, $3, $4, $5)',
          [
            edition,
            `Live ${edition}`,
            `https://live.example/${edition.toLowerCase()}`,
            startedAt === null ? null : new Date(startedAt),
            endedAt === null ? null : new Date(endedAt),
          ],
        );
      },
    };
  });
});
