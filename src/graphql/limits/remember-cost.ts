import {
  GraphQLInt,
  Kind,
  visit,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';
import { findVariables } from '../find-variables.ts';
import { createCostMeasure } from './measure-cost.ts';

type Variables = Readonly<Record<string, unknown>>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Costs of one operation that are kept: whoever makes up sizes must not fill the memory with them. */
const COSTS_LIMIT = 100;

/** A variable that a cost may depend on. */
interface Given {
  readonly name: string;
  /** Whether it may be a size. Numbers of other types, as instants are, are no size of anything and hardly come twice. */
  readonly isInt: boolean;
}

const isInt = (type: TypeNode): boolean =>
  type.kind === Kind.NAMED_TYPE ? type.name.value === GraphQLInt.name : isInt(type.type);

/** The variables that stand in arguments of fields; those of directives alone decide about no size. */
const findGiven = (operation: OperationDefinitionNode, fragments: Fragments): readonly Given[] => {
  const names = new Set<string>();
  const collect = ({ arguments: given = [] }: FieldNode): void => {
    for (const argument of given) for (const name of findVariables(argument)) names.add(name);
  };
  for (const definition of [operation, ...fragments.values()]) visit(definition, { [Kind.FIELD]: collect });
  const ints = new Set(
    operation.variableDefinitions?.filter(({ type }) => isInt(type)).map(({ variable }) => variable.name.value),
  );
  return [...names].map((name) => ({ name, isInt: ints.has(name) }));
};

/** All that a variable can say about a cost: how much, how long, whether null, whether there at all. */
const sayingOf = (variables: Variables, { name, isInt: isSize }: Given): string => {
  if (!Object.hasOwn(variables, name)) return 'absent';
  const value = variables[name];
  if (Array.isArray(value)) return `list of ${value.length}`;
  return (isSize && typeof value === 'number') || value === null ? String(value) : 'given';
};

/** The same as `createCostMeasure`, measured once for all variables that say the same about sizes. */
export const createCostMemory = (
  schema: GraphQLSchema,
  measure = createCostMeasure(schema),
): ReturnType<typeof createCostMeasure> => {
  const operations = new WeakMap<
    OperationDefinitionNode,
    { readonly given: readonly Given[]; readonly costs: Map<string, number> }
  >();
  return (operation, fragments, variables) => {
    let known = operations.get(operation);
    if (known === undefined) {
      known = { given: findGiven(operation, fragments), costs: new Map() };
      operations.set(operation, known);
    }
    const { given, costs } = known;
    const saying = given.map((one) => sayingOf(variables, one)).join();
    let cost = costs.get(saying);
    if (cost === undefined) {
      if (costs.size >= COSTS_LIMIT) costs.clear();
      cost = measure(operation, fragments, variables);
      costs.set(saying, cost);
    }
    return cost;
  };
};
