import { Kind, visit, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';

/** The variables that decide, by `@skip` and `@include`, which fields of `operation` count; in a fixed order. */
export const findConditions = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly string[] => {
  const names = new Set<string>();
  // All fragments, reached or not: a name too many costs a plan that is made twice, nothing else.
  for (const definition of [operation, ...fragments.values()])
    visit(definition, {
      Directive({ arguments: given = [] }) {
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  return [...names];
};

/** What `conditions` say with these variables: the same text, the same fields. */
export const variantOf = (conditions: readonly string[], variables: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(conditions.map((name) => (Object.hasOwn(variables, name) ? [variables[name]] : [])));
