import { blocksOf, nodesOf, type PlanNode } from './plan-node.ts';

/** Tables that grow over the years, if not all with every article: reading one whole is a defect however fast it is today. */
export const GROWING_TABLES: readonly string[] = ['articles', 'memberships', 'boundaries', 'addresses', 'tags'];

/** What a statement may cost, whatever the size of the archive. */
export interface PlanLimits {
  /** Rows that go into any one sort. */
  readonly sortedRows: number;
  /** Rows that one node reads and leaves out: an index leads to a range, not near one. */
  readonly filteredRows: number;
  readonly blocks: number;
}

/** What a plan does that a statement of ours must not: each in words, none when it is well. */
export const findPlanFaults = (root: PlanNode, limits: PlanLimits): readonly string[] => {
  const nodes = nodesOf(root);
  const whole = nodes
    .filter((node) => node['Node Type'] === 'Seq Scan' && GROWING_TABLES.includes(node['Relation Name'] ?? ''))
    .map((node) => `reads all of ${node['Relation Name']}`);
  const sorts = nodes
    .filter((node) => node['Node Type'] === 'Sort' || node['Node Type'] === 'Incremental Sort')
    .map((node) => node.Plans?.[0]?.['Actual Rows'] ?? 0)
    .filter((rows) => rows > limits.sortedRows)
    .map((rows) => `sorts ${rows} rows`);
  const filtered = nodes
    .map((node) => (node['Rows Removed by Filter'] ?? 0) * (node['Actual Loops'] ?? 1))
    .filter((rows) => rows > limits.filteredRows)
    .map((rows) => `leaves out ${rows} rows`);
  const blocks = blocksOf(root);
  return [...whole, ...sorts, ...filtered, ...(blocks > limits.blocks ? [`reads ${blocks} blocks`] : [])];
};
