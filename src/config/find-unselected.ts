import { Kind, type DocumentNode, type SelectionSetNode } from 'graphql';
import type { GraphqlDocument } from './graphql-documents.ts';

/** What is selected under one response key. Several of one key are one, as GraphQL merges them. */
interface Selected {
  /** Empty: a leaf, whatever it holds. */
  readonly inside: readonly SelectionSetNode[];
}

const fragmentOf = ({ definitions }: DocumentNode, name: string): SelectionSetNode | undefined =>
  definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION).find((one) => one.name.value === name)
    ?.selectionSet;

const select = (
  document: DocumentNode,
  sets: readonly SelectionSetNode[],
  key: string,
  seen: ReadonlySet<string> = new Set(),
): Selected | undefined => {
  const found: SelectionSetNode[] = [];
  let isFound = false;
  const take = (selected: Selected | undefined): void => {
    if (selected === undefined) return;
    isFound = true;
    found.push(...selected.inside);
  };
  for (const selection of sets.flatMap(({ selections }) => selections)) {
    if (selection.kind === Kind.FIELD) {
      if ((selection.alias ?? selection.name).value === key)
        take({ inside: selection.selectionSet === undefined ? [] : [selection.selectionSet] });
    } else if (selection.kind === Kind.INLINE_FRAGMENT) take(select(document, [selection.selectionSet], key, seen));
    else if (!seen.has(selection.name.value)) {
      const set = fragmentOf(document, selection.name.value);
      if (set !== undefined) take(select(document, [set], key, new Set([...seen, selection.name.value])));
    }
  }
  return isFound ? { inside: found } : undefined;
};

/** Why nothing, or nothing that is a value, stands at `path` of the answers to `document`; null: something does. */
export const findUnselected = (
  { document, operation }: GraphqlDocument,
  path: string,
  isLeaf: boolean,
): string | null => {
  let sets: readonly SelectionSetNode[] = [operation.selectionSet];
  const steps = path.split('.');
  for (const [index, step] of steps.entries()) {
    // What a scalar of theirs holds inside is not for the document to say.
    if (sets.length === 0) return null;
    const selected = select(document, sets, step);
    if (selected === undefined) return `its document does not select ${steps.slice(0, index + 1).join('.')}`;
    sets = selected.inside;
  }
  return isLeaf && sets.length > 0 ? `${path} has fields of its own: name one of them` : null;
};
