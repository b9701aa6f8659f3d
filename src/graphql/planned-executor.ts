import { GraphQLError, OperationTypeNode, type GraphQLSchema } from 'graphql';
import { ownBytes } from '../content/own-bytes.ts';
import type { Executor } from './executor.ts';
import { formatError } from './format-error.ts';
import { executeSet, executeSetInTurn } from './plan/execute-set.ts';
import type { Run } from './plan/plan.ts';
import { createPlans, type PlansOptions } from './plan/plans.ts';
import { createRun, settle, tell } from './plan/run.ts';
import { textOf, withoutNothing, type Written } from './plan/written.ts';

/** Parts that a version which must be caught has otherwise. */
export interface PlannedExecutorParts extends PlansOptions {
  /** Where a run keeps the arguments it has read. */
  readonly createGiven?: () => Run['given'];
}

/** The data of `run`, all of it, as JSON; null: an error went through everything. */
const writeData = async (run: Run): Promise<string> => {
  const { plan } = run;
  let data: Written = null;
  try {
    data =
      plan.operation.operation === OperationTypeNode.MUTATION
        ? await executeSetInTurn(run, plan.root())
        : executeSet(run, plan.root(), { source: undefined, slot: undefined });
  } catch (thrown) {
    if (!(thrown instanceof GraphQLError)) throw thrown;
    tell(run, thrown, undefined);
    run.isLost = true;
  }
  // Also for data that is lost: what was begun ends before the answer is told what was read for it.
  await settle(run);
  return withoutNothing(textOf(run.isLost ? null : data));
};

/** Runs operations by plans made once for each, and writes what comes of them in one go. */
export const createPlannedExecutor = (
  schema: GraphQLSchema,
  { createGiven = () => new Map(), ...options }: PlannedExecutorParts = {},
): Executor => {
  const guesser = Object.values(schema.getTypeMap()).find((type) => 'isTypeOf' in type && type.isTypeOf);
  if (guesser !== undefined) throw new TypeError(`${guesser.name} has isTypeOf: name types by resolveType`);
  const plans = createPlans(schema, options);
  return {
    execute: ({ prepared, mediaType, context, onError }) =>
      plans.during(prepared, async (plan) => {
        const run = createRun(plan, { context, variables: prepared.variables, given: createGiven() });
        const data = await writeData(run);
        run.errors.forEach(onError);
        const errors = run.errors.length === 0 ? '' : `"errors":${JSON.stringify(run.errors.map(formatError))},`;
        return {
          status: 200,
          contentType: `${mediaType}; charset=utf-8`,
          // Apollo ends a result with a line, and an answer that processes share is the same whoever made it.
          body: ownBytes(`{${errors}"data":${data}}\n`),
        };
      }),
    stop: async () => undefined,
  };
};
