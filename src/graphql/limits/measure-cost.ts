import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  isListType,
  getNullableType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What `@cost` and `@listSize` say of one field. */
interface FieldRule {
  readonly weight: number;
  /** Of what the field returns, once per element. */
  readonly typeWeight: number;
  readonly assumedSize: number | undefined;
  readonly slicingArguments: readonly string[];
  /** Fields of the returned object that are as long as the slicing arguments say. */
  readonly sizedFields: readonly string[];
}

/** A page holds at most 100: asking for more is refused when it runs, by a clearer error than a cost. */
const SIZE_LIMIT = 101;

const directiveArguments = (
  schema: GraphQLSchema,
  name: string,
  node: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined,
) => {
  const directive = schema.getDirective(name);
  return directive && node ? getDirectiveValues(directive, node) : undefined;
};

/** The rule of every field of a schema, read from its directives once. */
const createRules = (schema: GraphQLSchema): ((field: GraphQLField<unknown, unknown>) => FieldRule) => {
  const rules = new WeakMap<GraphQLField<unknown, unknown>, FieldRule>();
  return (field) => {
    const known = rules.get(field);
    if (known !== undefined) return known;
    const type = getNamedType(field.type);
    const cost = directiveArguments(schema, 'cost', field.astNode);
    const typeCost = directiveArguments(schema, 'cost', type.astNode);
    const size = directiveArguments(schema, 'listSize', field.astNode);
    const rule: FieldRule = {
      weight: Number(cost?.['weight'] ?? 0),
      typeWeight: Number(typeCost?.['weight'] ?? (isCompositeType(type) ? 1 : 0)),
      assumedSize: size?.['assumedSize'] as number | undefined,
      slicingArguments: (size?.['slicingArguments'] as string[] | undefined) ?? [],
      sizedFields: (size?.['sizedFields'] as string[] | undefined) ?? [],
    };
    rules.set(field, rule);
    return rule;
  };
};

const lengthOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return Math.max(0, value);
  return Array.isArray(value) ? value.length : undefined;
};

/** The coerced arguments of `node`; none when one is missing, which the execution will say more clearly. */
const argumentsOf = (
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
};

interface Sized {
  readonly fields: readonly string[];
  readonly size: number | undefined;
}

/** Gives the cost of an operation with these coerced variables: IBM's GraphQL cost specification, static part. */
export const createCostMeasure = (schema: GraphQLSchema) => {
  const ruleOf = createRules(schema);

  return (
    operation: OperationDefinitionNode,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Readonly<Record<string, unknown>>,
  ): number => {
    const spreads = new Map<string, number>();
    const sizeOf = (field: GraphQLField<unknown, unknown>, node: FieldNode, rule: FieldRule): number | undefined => {
      if (rule.slicingArguments.length > 0) {
        const given = argumentsOf(field, node, variables);
        const sizes = rule.slicingArguments.map((name) => lengthOf(given[name])).filter((size) => size !== undefined);
        if (sizes.length > 0) return Math.min(SIZE_LIMIT, Math.max(...sizes));
      }
      return rule.assumedSize;
    };

    const costOfField = (parent: GraphQLCompositeType, node: FieldNode, inherited: number | undefined): number => {
      const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
      // Introspection is bounded by its depth: it reads nothing but the schema.
      if (field === undefined) return 0;
      const rule = ruleOf(field);
      const size = sizeOf(field, node, rule);
      const isList = isListType(getNullableType(field.type));
      const factor = isList ? (inherited ?? size ?? 1) : 1;
      const type = getNamedType(field.type);
      if (node.selectionSet === undefined || !isCompositeType(type)) return rule.weight + factor * rule.typeWeight;
      const sized = isList ? undefined : { fields: rule.sizedFields, size };
      return rule.weight + factor * (rule.typeWeight + costOfSet(type, node.selectionSet, sized));
    };

    const costOfSet = (type: GraphQLCompositeType, set: SelectionSetNode, sized?: Sized): number => {
      let cost = 0;
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const inherited = sized?.fields.includes(selection.name.value) ? sized.size : undefined;
          cost += costOfField(type, selection, inherited);
        } else {
          cost +=
            selection.kind === Kind.INLINE_FRAGMENT
              ? costOfFragment(type, selection, sized)
              : costOfSpread(type, selection.name.value, sized);
        }
      }
      return cost;
    };

    const costOfFragment = (
      type: GraphQLCompositeType,
      fragment: InlineFragmentNode | FragmentDefinitionNode,
      sized: Sized | undefined,
    ): number => {
      const name = fragment.typeCondition?.name.value;
      const narrowed = name === undefined ? type : schema.getType(name);
      return isCompositeType(narrowed) ? costOfSet(narrowed, fragment.selectionSet, sized) : 0;
    };

    // A fragment costs the same wherever it is spread: asked once, or a chain of doubled spreads would take for ever.
    const costOfSpread = (type: GraphQLCompositeType, name: string, sized: Sized | undefined): number => {
      const fragment = fragments.get(name);
      if (fragment === undefined) return 0;
      const key = JSON.stringify([name, sized]);
      const known = spreads.get(key);
      if (known !== undefined) return known;
      const cost = costOfFragment(type, fragment, sized);
      spreads.set(key, cost);
      return cost;
    };

    const root = schema.getRootType(operation.operation);
    return root ? Math.min(Number.MAX_SAFE_INTEGER, costOfSet(root, operation.selectionSet)) : 0;
  };
};
