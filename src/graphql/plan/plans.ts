import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { PARSED_LETTER_BYTES, type PreparedOperation } from '../documents.ts';
import type { CollectFields } from './collect-fields.ts';
import { findConditions, variantOf } from './conditions.ts';
import { createPlan } from './create-plan.ts';
import { createPassages, type Passages } from './passages.ts';
import type { Plan } from './plan.ts';

/** The plans of the operations that are asked for most. */
export interface Plans {
  /** What `use` gives of the plan of an operation, which may grow meanwhile. */
  during<Result>(prepared: PreparedOperation, use: (plan: Plan) => Promise<Result>): Promise<Result>;
  /** Plans that are kept, and the heap they take, their documents with them. */
  size(): { readonly plans: number; readonly bytes: number };
}

export interface PlansOptions {
  /** Of all kept plans together. */
  readonly limitBytes?: number;
  /** A plan that takes more is made anew for every request: it takes far longer to run than to make. */
  readonly planLimitBytes?: number;
  /** As of `createPlan`. */
  readonly collect?: CollectFields;
  /** Default: none written yet. */
  readonly passages?: Passages;
}

const MEGABYTE = 1024 * 1024;
/** Heap of a planned field with all that completes it: measured, 760 to 840, and a closure more for texts and numbers. */
const FIELD_BYTES = 950;

/** A plan holds its document, which others may have let go of. */
const bytesOf = ({ operation, size }: Plan): number =>
  1 + size() * FIELD_BYTES + (operation.loc?.source.body.length ?? 0) * PARSED_LETTER_BYTES;

/** What is known of an operation by its text alone. */
interface Known {
  readonly id: number;
  readonly conditions: readonly string[];
}

/** Plans of operations on `schema`: one for each choice of fields that variables make by `@skip` and `@include`. */
export const createPlans = (
  schema: GraphQLSchema,
  {
    limitBytes = 32 * MEGABYTE,
    planLimitBytes = 2 * MEGABYTE,
    passages = createPassages(),
    ...parts
  }: PlansOptions = {},
): Plans => {
  const plans = new LRUCache<string, Plan>({
    maxSize: limitBytes,
    maxEntrySize: planLimitBytes,
    sizeCalculation: bytesOf,
  });
  const operations = new WeakMap<OperationDefinitionNode, Known>();
  let ids = 0;

  const read = ({ operation, fragments }: PreparedOperation): Known => {
    let known = operations.get(operation);
    if (known === undefined) {
      known = { id: (ids += 1), conditions: findConditions(operation, fragments) };
      operations.set(operation, known);
    }
    return known;
  };

  const make = ({ operation, fragments, variables }: PreparedOperation, conditions: readonly string[]): Plan => {
    // Of the variables, those that choose fields: a plan must not hold what one reader sent.
    const choosing = Object.entries(variables).filter(([name]) => conditions.includes(name));
    return createPlan({ ...parts, passages, schema, operation, fragments, variables: Object.fromEntries(choosing) });
  };

  return {
    async during(prepared, use) {
      const { id, conditions } = read(prepared);
      const key = `${id} ${variantOf(conditions, prepared.variables)}`;
      const plan = plans.get(key) ?? make(prepared, conditions);
      const sizeBefore = plan.size();
      try {
        return await use(plan);
      } finally {
        if (plan.size() !== sizeBefore) plans.set(key, plan);
      }
    },
    size: () => ({ plans: plans.size, bytes: plans.calculatedSize }),
  };
};
