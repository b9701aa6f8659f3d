import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import { writeArchive } from '../../support/archive/write-archive.ts';
import { createPostgresTestUrl } from '../../support/test-database.ts';
import { arePeersInstalled, ownContestants, peers, type Contestant } from './contestants.ts';
import { runContest, type ContestOptions } from './contest.ts';
import { describeRow, type Row } from './describe-row.ts';
import { operations } from './operations.ts';

const archive = { articles: 300, now: Date.parse('2026-11-23T12:00:00Z') };
const directory = mkdtempSync(join(tmpdir(), 'masthead-bench-'));
const answersFile = join(directory, 'answers.json');
const own = ownContestants(answersFile);

describe('runContest', () => {
  let database: Awaited<ReturnType<typeof createPostgresTestUrl>>;
  beforeAll(async () => {
    database = await createPostgresTestUrl();
    const filling = createPostgresDatabase({ url: database.url });
    await writeArchive(filling, archive);
    await filling.close();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(directory, { recursive: true });
  });

  const run = async (contestants: readonly Contestant[], change: Partial<ContestOptions> = {}): Promise<Row[]> => {
    const rows: Row[] = [];
    await runContest({
      contestants,
      operations,
      archive,
      databaseUrl: database.url,
      answersFile,
      // Every server is started, and every answer compared and kept; nobody is timed.
      rounds: 0,
      seconds: 1,
      warmUpRounds: 0,
      onRow: (row) => rows.push(row),
      ...change,
    });
    return rows;
  };

  it('finds that ours and those written by hand answer alike', async () => {
    const rows = await run(own);
    expect(rows.map(({ operation, mode }) => `${operation.name}, ${mode}`)).toEqual([
      'front page, cold',
      'front page, unseen',
      'front page, warm',
      'article page, cold',
      'article page, unseen',
      'article page, warm',
      'article page without its related list, cold',
      'article page without its related list, unseen',
      'article page without its related list, warm',
    ]);
  }, 120_000);

  it('finds that the other servers answer as ours does', async ({ skip }) => {
    skip(!arePeersInstalled(), 'the other servers are not installed: npm ci in test/bench/peers');
    const ours = own.filter(({ role }) => role === 'ours').slice(0, 1);
    const rows = await run([...ours, ...peers]);
    expect(rows.flatMap(({ results }) => results).length).toBeGreaterThan(2 * peers.length);
  }, 180_000);

  it('measures what a server takes, and says how it did beside another', async () => {
    const rows = await run(
      own.filter(({ name }) => name.startsWith('by hand')),
      { rounds: 1, operations: operations.slice(0, 1) },
    );
    const [row] = rows;
    if (row === undefined) throw new TypeError('no row');
    for (const { rounds } of row.results) {
      expect(rounds).toHaveLength(1);
      expect(rounds[0]).toMatchObject({ failures: 0 });
    }
    expect(describeRow(row)).toMatch(/by hand, names in memory +\d+ +- +1\.00/);
  }, 120_000);

  it('measures nothing when a server gives another answer', async () => {
    const file = join(directory, 'wrong.json');
    const body = Buffer.from('{"data":{"edition":{"id":"edn_en","articles":{"nodes":[]}}}}').toString('base64');
    writeFileSync(file, JSON.stringify([{ status: 200, headers: ['content-type', 'application/json'], body }]));
    const wrong: Contestant = { name: 'a liar', modes: ['cold'], args: ['test/bench/rig/replay-server.ts', file] };
    const honest = own.filter(({ role }) => role === 'floor');
    await expect(run([...honest, wrong])).rejects.toThrow(
      /front page: by hand, names in memory and a liar differ at answer\.0\.data\.edition\.articles\.nodes\.0: /,
    );
  }, 120_000);
});
