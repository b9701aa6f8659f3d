import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { trimDeltas } from '../../src/changes/trim-deltas.ts';
import type { Database } from '../../src/database/database.ts';
import { createTestDatabase, databaseKinds } from '../support/test-database.ts';

describe.each(databaseKinds)('trimDeltas, %s', (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase(kind);
  });
  beforeEach(async () => {
    await database.query('TRUNCATE deltas');
    await database.query('UPDATE deltas_head SET trimmed_to = NULL');
  });
  afterAll(() => database.close());

  type Line = readonly [sequence: number, daysAgo: number, kind: string, articleId: string];

  const record = async (...lines: readonly Line[]): Promise<void> => {
    for (const line of lines)
      await database.query(
        `INSERT INTO deltas (sequence, recorded_at, kind, article_id, edition, occurred_at)
         VALUES ($1, now() - make_interval(days => $2), $3, $4, 'EN', now())`,
        line,
      );
  };
  const left = async (): Promise<readonly number[]> =>
    (await database.query<{ sequence: string }>('SELECT sequence FROM deltas ORDER BY sequence')).map(({ sequence }) =>
      Number(sequence),
    );
  const trimmedTo = async (): Promise<string | null> =>
    (await database.query<{ trimmed_to: string | null }>('SELECT trimmed_to FROM deltas_head'))[0]?.trimmed_to ?? null;

  it('keeps every kill and the last change of each article for ever, and everything for thirty days', async () => {
    await record(
      [-1, 50, 'PUBLISH', 'a'],
      [2, 49, 'KILL', 'a'],
      [3, 48, 'PUBLISH', 'a'],
      [4, 47, 'UPDATE', 'b'],
      [5, 31, 'UPDATE', 'a'],
      [6, 29, 'UPDATE', 'c'],
      [7, 28, 'UPDATE', 'c'],
    );
    expect(await trimDeltas(database)).toBe(2);
    expect(await left()).toEqual([2, 4, 5, 6, 7]);
    expect(await trimmedTo()).toBe('5');
    expect(await trimDeltas(database)).toBe(0);
  });

  it('lets the last change go when it is the last no longer, in batches of any size', async () => {
    await record([1, 60, 'UPDATE', 'a'], [2, 59, 'UPDATE', 'b']);
    expect(await trimDeltas(database, { batchSize: 1 })).toBe(0);
    await record([3, 40, 'UPDATE', 'a'], [4, 1, 'UPDATE', 'b']);
    expect(await trimDeltas(database, { batchSize: 1 })).toBe(1);
    expect(await left()).toEqual([2, 3, 4]);
    await database.query(`UPDATE deltas SET recorded_at = now() - interval '31 days' WHERE sequence = 4`);
    expect(await trimDeltas(database, { batchSize: 1 })).toBe(1);
    expect(await left()).toEqual([3, 4]);
  });

  it('says nothing is missing while nothing is old', async () => {
    await record([1, 1, 'UPDATE', 'a']);
    expect(await trimDeltas(database)).toBe(0);
    expect(await trimmedTo()).toBeNull();
  });
});
