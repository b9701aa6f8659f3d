import {
  getArgumentValues,
  getNullableType,
  isLeafType,
  isNonNullType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { findVariables } from '../find-variables.ts';
import { collectFields, type CollectFields, type Selecting } from './collect-fields.ts';
import { createCompleter } from './create-completer.ts';
import type { Passages } from './passages.ts';
import type { Arguments, Definition, FieldPlace, Plan, PlannedField, PlannedSet } from './plan.ts';

const NO_ARGUMENTS: Arguments = Object.freeze({});

const usesVariables = ({ arguments: given = [] }: FieldNode): boolean =>
  given.some((argument) => findVariables(argument).size > 0);

/** The arguments of a field when no variable decides about them. */
const fixArguments = ({ definition, nodes }: FieldPlace): Arguments | undefined => {
  const node = nodes[0] as FieldNode;
  if (definition.args.length === 0) return NO_ARGUMENTS;
  if (usesVariables(node)) return undefined;
  try {
    // Shared by every object and every request: nobody may write into them.
    return Object.freeze(getArgumentValues(definition, node));
  } catch {
    // The error belongs to the field, whenever that is reached.
    return undefined;
  }
};

const findDefinition = (schema: GraphQLSchema, type: GraphQLObjectType, name: string): Definition | undefined => {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
};

/** What is planned, and for whom. */
export interface Planning extends Selecting {
  readonly operation: OperationDefinitionNode;
  /** Default: the one that is right. */
  readonly collect?: CollectFields;
  /** Of all plans. */
  readonly passages: Passages;
}

/** Plans an operation as it is reached: what no answer has shown yet costs nothing. */
export const createPlan = ({ operation, collect = collectFields, passages, ...selecting }: Planning): Plan => {
  const { schema, fragments } = selecting;
  let size = 0;

  const planField = (place: FieldPlace, isFirst: boolean): PlannedField => {
    const { definition, nodes, parentType } = place;
    // The one field whose own resolver asks where it stands, and clients ask for it everywhere.
    const resolve = definition === TypeNameMetaFieldDef ? (_source: unknown) => parentType.name : definition.resolve;
    const below = nodes.map(({ selectionSet }) => selectionSet).filter((set) => set !== undefined);
    size += 1;
    return {
      ...place,
      head: `${isFirst ? '{' : ','}${JSON.stringify(place.key)}:`,
      resolve,
      // Most resolvers take source, arguments and context: making the fourth for nobody was a thirtieth of a front page.
      takesInfo: resolve !== undefined && (resolve.length > 3 || resolve.length === 0),
      fixedArguments: fixArguments(place),
      isNullable: !isNonNullType(definition.type),
      isLeaf: isLeafType(getNullableType(definition.type)),
      ...createCompleter(definition.type, { place, planSet: (type) => planSet(type, below) }),
    };
  };

  const planSet = (parentType: GraphQLObjectType, sets: readonly SelectionSetNode[]): PlannedSet => {
    const fields: PlannedField[] = [];
    for (const [key, nodes] of collect(sets, parentType, selecting)) {
      const definition = findDefinition(schema, parentType, nodes[0]?.name.value ?? '');
      if (definition !== undefined) fields.push(planField({ key, definition, parentType, nodes }, fields.length === 0));
    }
    return { fields, passage: passages.open(parentType, fields) };
  };

  let root: PlannedSet | undefined;
  return {
    schema,
    operation,
    fragments: Object.fromEntries(fragments),
    root() {
      const type = schema.getRootType(operation.operation);
      if (!type) throw new TypeError(`A schema without a root for a ${operation.operation} has no plan for it`);
      return (root ??= planSet(type, [operation.selectionSet]));
    },
    size: () => size,
  };
};
