import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPostgresTestUrl } from '../../support/test-database.ts';
import { fillArchive, fillEmbedded, type WrittenArchive } from '../rig/fill-archive.ts';
import { describeScale } from './describe-scale.ts';
import { measureScale } from './measure-scale.ts';
import { readIntoMemory } from './read-into-memory.ts';
import { scaleRows } from './scale-rows.ts';

describe('measureScale', () => {
  const archives: WrittenArchive[] = [];
  let drop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const given = await createPostgresTestUrl();
    drop = given.drop;
    archives.push(await fillEmbedded(90), await fillArchive(given.url, 900));
  });
  afterAll(async () => {
    for (const { database } of archives) await database?.close();
    await drop?.();
  });

  it('asks for every row of each archive, in a server or embedded, and says how it grows', async () => {
    const said: string[] = [];
    const memory = await measureScale({
      archives,
      rounds: 1,
      requestsPerRound: 3,
      onRow: (row, results) => said.push(describeScale(row, results)),
    });
    expect(said.map((text) => text.split('\n')[1])).toEqual(scaleRows.map(({ name }) => name));
    for (const text of said) expect(text).toMatch(/ 90 .* ms .*\n +900 .* ms .*\n {2}grows by \d/);
    expect([...memory.keys()]).toEqual([90, 900]);
  }, 60_000);
});

describe('readIntoMemory', () => {
  it('reads what a database takes', async ({ skip }) => {
    const { url, drop } = await createPostgresTestUrl();
    onTestFinished(drop);
    const { database, gigabytes } = await fillArchive(url, 30);
    try {
      const read = await readIntoMemory(database);
      if (read === null) skip('this PostgreSQL has no pg_prewarm');
      // All but catalogues, which are 8 MB of a small database.
      expect(gigabytes - (read ?? 0)).toBeLessThan(0.012);
    } finally {
      await database.close();
    }
  });
});

describe('describeScale', () => {
  const row = scaleRows[0];
  if (row === undefined) throw new TypeError('no row');
  const told = (articles: number, milliseconds: number) => ({
    articles,
    milliseconds: [[milliseconds]],
    statements: 2,
  });

  it('compares the largest archive with the smallest, in whatever order they come', () => {
    expect(describeScale(row, [told(1_000_000, 3), told(1_000, 2), told(100_000, 9)])).toContain(
      'grows by 1.50, at most 1.5 wanted: met',
    );
    expect(describeScale(row, [told(1_000, 2), told(1_000_000, 4)])).toContain(
      'grows by 2.00, at most 1.5 wanted: MISSED',
    );
  });

  it('says nothing of growth where there is one archive', () => {
    expect(describeScale(row, [told(1_000, 2)])).not.toContain('grows');
  });
});
