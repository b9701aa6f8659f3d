import { isTag, type ChildNode, type Element, type ParentNode } from 'domhandler';

/**
 * Gives `parent` these children and no others. Taking them out one by one would cost a time that grows with the square
 * of their number.
 */
export const replaceChildren = (parent: ParentNode, children: ChildNode[]): void => {
  parent.children = children;
  children.forEach((child, index) => {
    child.parent = parent;
    child.prev = children[index - 1] ?? null;
    child.next = children[index + 1] ?? null;
  });
};

/** Takes the outermost elements that `matches` out from under `parent`, and gives them in the order they stood in. */
export const takeElements = (
  parent: ParentNode,
  matches: (element: Element) => boolean,
  taken: Element[] = [],
): readonly Element[] => {
  const kept: ChildNode[] = [];
  for (const child of parent.children) {
    if (isTag(child) && matches(child)) {
      taken.push(child);
      continue;
    }
    kept.push(child);
    if (isTag(child)) takeElements(child, matches, taken);
  }
  if (kept.length < parent.children.length) replaceChildren(parent, kept);
  return taken;
};
