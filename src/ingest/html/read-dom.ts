import { Element, isTag, isText, Text, type ChildNode, type ParentNode } from 'domhandler';
import { removeElement, replaceElement } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { LineError } from '../line-error.ts';
import { SILENT_TAGS } from './sanitise-html.ts';

/** Deeper bodies are refused: nobody writes them, and whoever walks them walks recursively. */
export const MAX_BODY_DEPTH = 200;

const SILENT = new Set(SILENT_TAGS);
const EMOJI_CLASS = /(?:^|\s)(?:emoji|wp-smiley)(?:\s|$)/;
// Frames keep their fallback as raw text, which is markup and not words.
const WITHOUT_CHILDREN = new Set(['iframe', 'embed']);

const isTrackingPixel = ({ attribs }: Element): boolean => attribs['width'] === '1' && attribs['height'] === '1';

const tidyNode = (node: ChildNode, isPreformatted: boolean): void => {
  if (isText(node)) {
    const text = node.data.normalize('NFC');
    node.data = isPreformatted ? text : text.replace(/[\t\n\f\r ]+/g, ' ');
    return;
  }
  if (!isTag(node) || SILENT.has(node.name) || (node.name === 'img' && isTrackingPixel(node))) {
    removeElement(node);
    return;
  }
  if (node.name === 'img' && EMOJI_CLASS.test(node.attribs['class'] ?? ''))
    replaceElement(node, new Text(node.attribs['alt'] ?? ''));
  if (WITHOUT_CHILDREN.has(node.name)) node.children = [];
  // Fragment identifiers are given anew (`parse-heading.ts`): two blocks or two articles on a page may not share one.
  delete node.attribs['id'];
  for (const name of Object.keys(node.attribs)) node.attribs[name] = node.attribs[name]?.normalize('NFC') ?? '';
};

/**
 * The tree of `html`, ready to be cut into blocks: text NFC with its blanks collapsed, without comments, scripts and
 * tracking pixels, emoji pictures as the letters they stand for. Not sanitised: what leaves goes through `sanitiseHtml`.
 *
 * @throws {LineError} when it nests deeper than `MAX_BODY_DEPTH`.
 */
export const readDom = (html: string): readonly ChildNode[] => {
  const document = parseDocument(html);
  // A stack of our own: the depth is not known to be harmless yet.
  const open: { readonly parent: ParentNode; readonly depth: number; readonly isPreformatted: boolean }[] = [
    { parent: document, depth: 0, isPreformatted: false },
  ];
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    const { parent, depth, isPreformatted } = level;
    if (depth > MAX_BODY_DEPTH) throw new LineError(`html: elements nest deeper than ${MAX_BODY_DEPTH}`);
    // A copy: tidying takes children out.
    for (const child of Array.from(parent.children)) {
      tidyNode(child, isPreformatted);
      if (isTag(child) && child.parent === parent)
        open.push({ parent: child, depth: depth + 1, isPreformatted: isPreformatted || child.name === 'pre' });
    }
  }
  return document.children;
};
