import { isTag, isText, type ChildNode } from 'domhandler';

/** Elements inside a line of words; every other one ends the word before it. */
export const INLINE_TAGS: ReadonlySet<string> = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small ' +
    'span strike strong sub sup time tt u var wbr'
  ).split(' '),
);

const wordsOf = (nodes: readonly ChildNode[]): string => {
  let words = '';
  for (const node of nodes) {
    if (isText(node)) words += node.data;
    else if (isTag(node)) {
      const inner = wordsOf(node.children);
      words += INLINE_TAGS.has(node.name) ? inner : ` ${inner} `;
    }
  }
  return words;
};

/** The words of `nodes` as one line: NFC, entities decoded, blanks (no-break ones too) collapsed and trimmed. */
export const textOf = (nodes: readonly ChildNode[]): string =>
  wordsOf(nodes).replace(/\s+/gu, ' ').trim().normalize('NFC');
