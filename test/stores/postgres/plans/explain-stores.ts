import type { Database } from '../../../../src/database/database.ts';
import { createPostgresStores } from '../../../../src/stores/postgres/postgres-stores.ts';
import type { Stores } from '../../../../src/stores/stores.ts';
import { explainStatement, PLAN_MODES } from './explain-statement.ts';
import type { PlanNode } from './plan-node.ts';

/** The plans of the statements that `read` sends, for each way to make one. It is answered with no rows. */
export const explainStores = async (
  database: Database,
  read: (stores: Stores) => Promise<unknown>,
): Promise<readonly PlanNode[]> => {
  const plans: PlanNode[] = [];
  await read(
    createPostgresStores({
      query: async (text, values = []) => {
        for (const mode of PLAN_MODES)
          plans.push(
            await database.transaction((transaction) => explainStatement(transaction, { text, values }, mode)),
          );
        return [];
      },
    }),
  );
  return plans;
};
