import type { Queryable, Row } from '../../../../src/database/database.ts';
import { parameterText } from '../../../../src/database/parameter-text.ts';
import type { PlanNode } from './plan-node.ts';

/** A statement as it was sent. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How PostgreSQL plans what was prepared: for these values, or once for all. */
export const PLAN_MODES = ['force_custom_plan', 'force_generic_plan'] as const;

export type PlanMode = (typeof PLAN_MODES)[number];

interface ExplainRow extends Row {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }];
}

const literal = (value: unknown): string => {
  const text = parameterText(value);
  return text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`;
};

/** Runs a statement that reads, prepared and planned by `mode`, and gives the plan it ran by. In a transaction of its own. */
export const explainStatement = async (
  transaction: Queryable,
  { text, values }: Statement,
  mode: PlanMode,
): Promise<PlanNode> => {
  await transaction.query(`SET LOCAL plan_cache_mode = ${mode}`);
  await transaction.query(`PREPARE explained AS ${text}`);
  // An utility statement takes no parameters.
  const given = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
  const [row] = await transaction.query<ExplainRow>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE explained${given}`,
  );
  await transaction.query('DEALLOCATE explained');
  if (row === undefined) throw new Error('no plan');
  return row['QUERY PLAN'][0].Plan;
};
