import {
  Kind,
  visit,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { findVariables } from '../find-variables.ts';
import { createCostMeasure } from './measure-cost.ts';

type Variables = Readonly<Record<string, unknown>>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Costs of one operation that are kept: whoever makes up sizes must not fill the memory with them. */
const COSTS_LIMIT = 100;

/** The variables that stand in arguments of fields; those of directives alone decide about no size. */
const findGiven = (operation: OperationDefinitionNode, fragments: Fragments): readonly string[] => {
  const names = new Set<string>();
  const collect = ({ arguments: given = [] }: FieldNode): void => {
    for (const argument of given) for (const name of findVariables(argument)) names.add(name);
  };
  for (const definition of [operation, ...fragments.values()]) visit(definition, { [Kind.FIELD]: collect });
  return [...names];
};

/** All that a variable can say about a cost: how much, how long, whether null, whether there at all. */
const sayingOf = (variables: Variables, name: string): string => {
  if (!Object.hasOwn(variables, name)) return 'absent';
  const value = variables[name];
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === 'number' || value === null ? String(value) : 'given';
};

/** The same as `createCostMeasure`, measured once for all variables that say the same about sizes. */
export const createCostMemory = (schema: GraphQLSchema): ReturnType<typeof createCostMeasure> => {
  const measure = createCostMeasure(schema);
  const operations = new WeakMap<
    OperationDefinitionNode,
    { readonly given: readonly string[]; readonly costs: Map<string, number> }
  >();
  return (operation, fragments, variables) => {
    let known = operations.get(operation);
    if (known === undefined) {
      known = { given: findGiven(operation, fragments), costs: new Map() };
      operations.set(operation, known);
    }
    const { given, costs } = known;
    const saying = given.map((name) => sayingOf(variables, name)).join();
    let cost = costs.get(saying);
    if (cost === undefined) {
      if (costs.size >= COSTS_LIMIT) costs.clear();
      cost = measure(operation, fragments, variables);
      costs.set(saying, cost);
    }
    return cost;
  };
};
