import { getArgumentValues, type FieldNode, type GraphQLResolveInfo } from 'graphql';
import type { Arguments, FieldPlace, PlannedField, PlannedSet, Run } from './plan.ts';
import { follow, locate, settle, tell } from './run.ts';
import type { Container, Slot } from './slot.ts';

/** An object that is being made: of what, into what, and where it stands itself. */
interface Filling {
  readonly source: unknown;
  readonly results: Container;
  readonly around: Slot | undefined;
}

/** Whether `value` has to be waited for. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function';

/** What a resolver is told of its place. */
export const createInfo = (
  { plan, variables }: Run,
  { definition, nodes, parentType }: FieldPlace,
  path: Slot,
): GraphQLResolveInfo => ({
  fieldName: definition.name,
  fieldNodes: nodes,
  returnType: definition.type,
  parentType,
  path,
  schema: plan.schema,
  fragments: plan.fragments,
  rootValue: undefined,
  operation: plan.operation,
  variableValues: variables,
});

const createSlot = ({ key, parentType, isNullable }: PlannedField, { results, around }: Filling): Slot => ({
  prev: around,
  key,
  typename: parentType.name,
  container: results,
  isNullable,
  isLost: false,
});

/** Read once in a run, however many objects have the field. */
const argumentsOf = (run: Run, field: PlannedField): Arguments => {
  if (field.fixedArguments !== undefined) return field.fixedArguments;
  let given = run.given.get(field);
  if (given === undefined) {
    given = Object.freeze(getArgumentValues(field.definition, field.nodes[0] as FieldNode, run.variables));
    run.given.set(field, given);
  }
  return given;
};

/** Nothing for a resolver that has no parameter for it. */
const infoOf = (run: Run, field: PlannedField, slot: Slot | undefined): GraphQLResolveInfo =>
  (field.takesInfo && slot !== undefined ? createInfo(run, field, slot) : undefined) as GraphQLResolveInfo;

const executeField = (run: Run, field: PlannedField, filling: Filling): void => {
  const { key, nodes, isNullable, resolve, complete } = field;
  const { source, results, around } = filling;
  // A leaf without a place of its own gets one when it is waited for.
  const slot = field.isLeaf && !field.takesInfo ? undefined : createSlot(field, filling);
  try {
    const value =
      resolve === undefined
        ? readProperty(source, field.definition.name)
        : resolve(source, argumentsOf(run, field), run.context, infoOf(run, field, slot));
    if (isPromise(value)) follow(run, { value, slot: slot ?? createSlot(field, filling), nodes }, complete);
    else results[key] = complete(run, value, slot);
  } catch (thrown) {
    const error = locate(thrown, nodes, { slot: around, key });
    if (!isNullable) throw error;
    tell(run, error, slot ?? around);
    if (slot !== undefined) slot.isLost = true;
    results[key] = null;
  }
};

/** What a field without a resolver is. Sources are data: a function on one is nobody's field. */
const readProperty = (source: unknown, name: string): unknown =>
  typeof source === 'object' && source !== null ? (source as Container)[name] : undefined;

/**
 * An object with the fields of `set`: its own part at once, what is still to come by itself.
 *
 * @throws {GraphQLError} when a field that may not be null failed: the object cannot be.
 */
export const executeSet = (
  run: Run,
  { fields, blank }: PlannedSet,
  { source, slot: around }: { readonly source: unknown; readonly slot: Slot | undefined },
): Container => {
  // All keys at once: what comes later stands in its place in the order of the document all the same.
  const filling: Filling = { source, results: { ...blank }, around };
  for (const field of fields) executeField(run, field, filling);
  return filling.results;
};

/** The same, each field begun when the one before it is done. */
export const executeSetInTurn = async (run: Run, { fields, blank }: PlannedSet): Promise<Container> => {
  const filling: Filling = { source: undefined, results: { ...blank }, around: undefined };
  for (const field of fields) {
    executeField(run, field, filling);
    await settle(run);
    if (run.isLost) break;
  }
  return filling.results;
};
