import { getArgumentValues, type FieldNode, type GraphQLResolveInfo } from 'graphql';
import type { Arguments, FieldPlace, PlannedField, PlannedSet, Run } from './plan.ts';
import { follow, locate, settle, tell } from './run.ts';
import type { Slot } from './slot.ts';
import { close, textOf, type Pieces, type Written } from './written.ts';

/** An object that is being written: of what, and where it stands itself. */
interface Filling {
  readonly source: unknown;
  readonly around: Slot | undefined;
  /** What was written last, and in front of it what was cut off where a value got a place of its own. */
  text: string;
  pieces: Pieces | undefined;
  /** Whether null stands in it for an error. */
  hasFailed: boolean;
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

/** A place of its own for the value of `field`, which is next. */
const takePlace = ({ key, parentType, isNullable }: PlannedField, filling: Filling): Slot => {
  const pieces = (filling.pieces ??= []);
  const index = pieces.push(filling.text, undefined) - 1;
  filling.text = '';
  return { prev: filling.around, key, typename: parentType.name, pieces, index, isNullable, isLost: false };
};

const put = (filling: Filling, slot: Slot | undefined, written: Written | undefined): void => {
  if (slot !== undefined) slot.pieces[slot.index] = written;
  else filling.text += textOf(written);
};

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
  const { key, nodes, isNullable, resolve, known, complete } = field;
  const { source, around } = filling;
  filling.text += field.head;
  // Only what is waited for, or has something below it that may be lost with it, needs a place.
  let slot = field.takesInfo ? takePlace(field, filling) : undefined;
  try {
    const value =
      resolve === undefined
        ? readProperty(source, field.definition.name)
        : resolve(source, argumentsOf(run, field), run.context, infoOf(run, field, slot));
    const text = known?.(run, value);
    if (text !== undefined) put(filling, slot, text);
    else if (isPromise(value)) follow(run, { value, slot: (slot ??= takePlace(field, filling)), nodes }, complete);
    else {
      if (!field.isLeaf) slot ??= takePlace(field, filling);
      put(filling, slot, complete(run, value, slot));
    }
  } catch (thrown) {
    const error = locate(thrown, nodes, { slot: around, key });
    if (!isNullable) throw error;
    tell(run, error, slot ?? around);
    if (slot !== undefined) slot.isLost = true;
    filling.hasFailed = true;
    put(filling, slot, null);
  }
};

/** What a field without a resolver is. Sources are data: a function on one is nobody's field. */
const readProperty = (source: unknown, name: string): unknown =>
  typeof source === 'object' && source !== null ? (source as Readonly<Record<string, unknown>>)[name] : undefined;

/** What was written of an object with `fields`. */
const finish = ({ text, pieces }: Filling, fields: readonly PlannedField[]): Written => {
  const end = fields.length === 0 ? '{}' : `${text}}`;
  if (pieces === undefined) return end;
  pieces.push(end);
  return close({ pieces, isList: false });
};

/**
 * An object with the fields of `set`: its own part at once, what is still to come by itself.
 *
 * @throws {GraphQLError} when a field that may not be null failed: the object cannot be.
 */
export const executeSet = (
  run: Run,
  { fields, passage }: PlannedSet,
  { source, slot: around }: { readonly source: unknown; readonly slot: Slot | undefined },
): Written => {
  const filling: Filling = { source, around, text: '', pieces: undefined, hasFailed: false };
  for (const field of fields) executeField(run, field, filling);
  const written = finish(filling, fields);
  if (passage !== undefined && typeof written === 'string' && !filling.hasFailed)
    passage.keep(source, run.context, written);
  return written;
};

/** The same, each field begun when the one before it is done. */
export const executeSetInTurn = async (run: Run, { fields }: PlannedSet): Promise<Written> => {
  const filling: Filling = { source: undefined, around: undefined, text: '', pieces: undefined, hasFailed: false };
  for (const field of fields) {
    executeField(run, field, filling);
    await settle(run);
    if (run.isLost) break;
  }
  return finish(filling, fields);
};
