import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { loadDeltas, type LogRange } from '../../../src/syndication/deltas/load-deltas.ts';
import { articleLine, sections } from '../../support/ingest-rig.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { createDeltasRig } from './deltas-rig.ts';

/** Enough that reading them all would show. */
const ROWS = 20_000;

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }];
}
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

describe('what a page of deltas costs', () => {
  let database: Database;
  let sent: string[] = [];
  beforeAll(async () => {
    database = await createTestDatabase('postgres', { observe: (statement) => sent.push(statement) });
    await database.query(
      `INSERT INTO deltas (sequence, kind, article_id, edition, version, occurred_at, after)
       SELECT n, 'UPDATE', 'art_' || n % 5000, CASE WHEN n % 1000 = 0 THEN 'AR' ELSE 'EN' END, 1, now(), '{}'
         FROM generate_series(1, ${ROWS}) n`,
    );
    // One in a hundred is told to some other partner by name.
    await database.query(`UPDATE deltas SET recalled = '{"wire": 1}' WHERE sequence % 100 = 0`);
    await database.query('VACUUM ANALYZE deltas');
  });
  afterAll(() => database.close());

  const range = { editions: ['AR', 'EN'] as const, after: 500, upTo: ROWS, limit: 101 };
  const named = { partnerId: 'radio', editions: range.editions };
  const explain = async (rest: Pick<LogRange, 'lastUpTo' | 'named'>): Promise<PlanNode> => {
    const calls: (readonly [string, readonly unknown[]])[] = [];
    const spy: Pick<Database, 'query'> = {
      query: (text, values = []) => {
        calls.push([text, values]);
        return database.query(text, values);
      },
    };
    await loadDeltas(spy, { ...range, ...rest });
    const [[text, values]] = calls as [readonly [string, readonly unknown[]]];
    const [row] = await database.query<Explained & Record<string, unknown>>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
      values,
    );
    return (row as unknown as Explained)['QUERY PLAN'][0].Plan;
  };

  it.each([
    ['all changes', {}, 400],
    ['only the last of each article', { lastUpTo: ROWS }, 60_000],
    ['those that a partner is told of by name as well', { named }, 500],
  ])('is a range of an index for each edition: %s', async (_, rest, limitBlocks) => {
    const plan = await explain(rest);
    const scans = nodesOf(plan).filter((node) => node['Relation Name'] === 'deltas');
    expect(scans.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    // Some 300 rows from the heap at most; one look for a later change each, where only the last are wanted.
    expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThan(limitBlocks);
  });

  it('finds the few of a desk that publishes little as fast', async () => {
    const { deltas } = await loadDeltas(database, { ...range, editions: ['AR'], limit: 5 });
    expect(deltas.map(({ sequence }) => sequence)).toEqual([1000, 2000, 3000, 4000, 5000]);
  });

  it('is two statements, however long it is', async () => {
    await database.query('TRUNCATE deltas');
    const rig = await createDeltasRig(database);
    await rig.run(sections);
    await rig.run(Array.from({ length: 60 }, (_, index) => articleLine(`${index}`)));
    await rig.step();
    // Once in the life of a process: what cursors are signed with.
    await rig.read();
    const counted: number[] = [];
    for (const first of [1, 50]) {
      sent = [];
      expect((await rig.read({ first })).changes).toHaveLength(first);
      counted.push(sent.length);
    }
    expect(counted).toEqual([2, 2]);
  });
});
