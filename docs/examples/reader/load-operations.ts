import { readdirSync, readFileSync } from 'node:fs';
import { Kind, parse, print, visit, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';

const DIRECTORY = new URL('operations/', import.meta.url);

/** Every operation of `operations/` by name, each a whole document: the operation and the fragments it needs. */
export const loadOperations = (): ReadonlyMap<string, string> => {
  const operations: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const file of readdirSync(DIRECTORY)) {
    for (const definition of parse(readFileSync(new URL(file, DIRECTORY), 'utf8')).definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    }
  }

  const documentOf = (operation: OperationDefinitionNode): string => {
    const needed = new Set<FragmentDefinitionNode>();
    const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
      visit(node, {
        FragmentSpread: ({ name }) => {
          const fragment = fragments.get(name.value);
          if (fragment === undefined) throw new TypeError(`No fragment is called ${name.value}`);
          if (needed.has(fragment)) return;
          needed.add(fragment);
          collect(fragment);
        },
      });
    };
    collect(operation);
    return [operation, ...needed].map((definition) => print(definition)).join('\n\n');
  };
  return new Map(operations.map((operation) => [operation.name?.value ?? '', documentOf(operation)]));
};
