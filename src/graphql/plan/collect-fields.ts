import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What decides which fields of a document count. */
export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Which fields an object of one type shows, by response key and in the order of the result: all nodes that ask for each. */
export type CollectFields = (
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
  selecting: Selecting,
) => ReadonlyMap<string, readonly FieldNode[]>;

const isIncluded = (node: SelectionNode, variables: Selecting['variables']): boolean => {
  if (node.directives === undefined || node.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
};

const fitsType = (
  { typeCondition }: InlineFragmentNode | FragmentDefinitionNode,
  type: GraphQLObjectType,
  schema: GraphQLSchema,
): boolean => {
  if (typeCondition === undefined) return true;
  const wanted = schema.getType(typeCondition.name.value);
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
};

/**
 * CollectFields of the specification, for all selection sets of one merged field.
 *
 * @throws {GraphQLError} when `@skip` or `@include` is given null by a variable.
 */
export const collectFields: CollectFields = (selectionSets, type, { schema, fragments, variables }) => {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD && spread.has(selection.name.value)) continue;
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const nodes = fields.get(key);
        if (nodes === undefined) fields.set(key, [selection]);
        else nodes.push(selection);
        continue;
      }
      let fragment: InlineFragmentNode | FragmentDefinitionNode | undefined = undefined;
      if (selection.kind === Kind.INLINE_FRAGMENT) fragment = selection;
      else {
        spread.add(selection.name.value);
        fragment = fragments.get(selection.name.value);
      }
      if (fragment !== undefined && fitsType(fragment, type, schema)) collect(fragment.selectionSet);
    }
  };
  selectionSets.forEach(collect);
  return fields;
};
