import { Kind, visit, type ASTNode } from 'graphql';

/** The names of the variables that stand anywhere in `node`, each once, as they are met. */
export const findVariables = (node: ASTNode): ReadonlySet<string> => {
  const names = new Set<string>();
  visit(node, {
    [Kind.VARIABLE]({ name }) {
      names.add(name.value);
    },
  });
  return names;
};
