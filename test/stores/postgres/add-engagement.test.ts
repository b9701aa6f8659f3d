import { describe, expect, it, onTestFinished } from 'vitest';
import { addEngagement } from '../../../src/stores/postgres/add-engagement.ts';
import { articleId } from '../../support/content-rows.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const HOUR = Date.parse('2026-11-23T12:00:00Z');

describe('addEngagement', () => {
  it('waits for others who add to the same articles in another order, and never both for each other', async () => {
    const database = await createTestDatabase('postgres');
    onTestFinished(database.close);
    const counted = Array.from(
      { length: 2_000 },
      (_, index) => ({ id: articleId(`n${index}`), edition: 'EN', hour: HOUR, views: 1, shares: 0 }) as const,
    );
    // Of several sizes: a database that groups by a table of hashes gives each another order.
    const pieces = [counted, counted.toReversed(), counted.slice(0, 300), counted.slice(0, 900).toReversed()];
    for (let round = 0; round < 3; round += 1) await Promise.all(pieces.map((piece) => addEngagement(database, piece)));
    const [sum] = await database.query('SELECT sum(views)::int AS views FROM engagement_totals');
    expect(sum).toEqual({ views: 3 * (2_000 + 2_000 + 300 + 900) });
  });

  it('adds once what is told again under the same name', async () => {
    const database = await createTestDatabase('postgres');
    onTestFinished(database.close);
    const counted = [{ id: articleId('a'), edition: 'EN', hour: HOUR, views: 2, shares: 1 }] as const;
    for (const once of ['one', 'one', 'two']) await addEngagement(database, counted, once);
    for (const table of ['engagement_totals', 'engagement_hours'])
      expect(await database.query(`SELECT views::int, shares::int FROM ${table}`)).toEqual([{ views: 4, shares: 2 }]);
  });
});
