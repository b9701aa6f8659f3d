import { Kind, visit, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** Fields whose article is looked up by its address. */
const BY_ADDRESS: ReadonlySet<string> = new Set(['article', 'articleByUrl']);
/** Fields that an article's text is read for. */
const OF_TEXT: ReadonlySet<string> = new Set(['body', 'bodyHtml', 'bodyText', 'excerpt']);

/**
 * Whether `operation` looks at the text of an article that it asks for by its address, so that both may be read at once. By the
 * names of fields alone, skipped or not: one too many costs a text that nobody looks at, one too few a second reading.
 */
export const isTextAsked = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): boolean => {
  // Each fragment is looked through once: a chain of doubled spreads would take for ever.
  const known = new Map<string, boolean>();
  const fragmentSelectsText = (name: string): boolean => {
    const found = known.get(name);
    if (found !== undefined) return found;
    // Until it is known; circles are refused, and end here.
    known.set(name, false);
    const isSelected = selectsText(fragments.get(name)?.selectionSet);
    known.set(name, isSelected);
    return isSelected;
  };
  const selectsText = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return OF_TEXT.has(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return selectsText(selection.selectionSet);
      return fragmentSelectsText(selection.name.value);
    }) ?? false;
  let isAsked = false;
  for (const definition of [operation, ...fragments.values()])
    visit(definition, {
      Field({ name, selectionSet }) {
        isAsked ||= BY_ADDRESS.has(name.value) && selectsText(selectionSet);
      },
    });
  return isAsked;
};
