import {
  DomHandler,
  isTag,
  isText,
  Text,
  type ChildNode,
  type Document,
  type Element,
  type ParentNode,
} from 'domhandler';
import { Parser } from 'htmlparser2';
import { LineError } from '../line-error.ts';
import { SILENT_TAGS } from './sanitise-html.ts';
import { replaceChildren } from './take-elements.ts';

/** Deeper bodies are refused: nobody writes them, and whoever walks them walks recursively. */
export const MAX_BODY_DEPTH = 200;

const SILENT = new Set(SILENT_TAGS);
const EMOJI_CLASS = /(?:^|\s)(?:emoji|wp-smiley)(?:\s|$)/;
// Frames keep their fallback as raw text, which is markup and not words.
const WITHOUT_CHILDREN = new Set(['iframe', 'embed']);

const STORY_FRAME_CLASS = /(?:^|\s)wp-embedded-content(?:\s|$)/;
const BUTTON_CLASS = /(?:^|\s)wp-block-file__button(?:\s|$)/;

const isTrackingPixel = ({ attribs }: Element): boolean => attribs['width'] === '1' && attribs['height'] === '1';

/** Says again what stands beside it: the frame after a quoted story, the button after a file. */
const isRepeating = ({ name, attribs }: Element): boolean => {
  const kind = attribs['class'] ?? '';
  return (name === 'iframe' && STORY_FRAME_CLASS.test(kind)) || (name === 'a' && BUTTON_CLASS.test(kind));
};

/** What `node` is kept as: itself, tidied, another node in its place, or null when readers are not to have it. */
const tidyNode = (node: ChildNode, isPreformatted: boolean): ChildNode | null => {
  if (isText(node)) {
    const text = node.data.normalize('NFC');
    node.data = isPreformatted ? text : text.replace(/[\t\n\f\r ]+/g, ' ');
    return node;
  }
  if (!isTag(node) || SILENT.has(node.name) || isRepeating(node)) return null;
  if (node.name === 'img' && isTrackingPixel(node)) return null;
  if (node.name === 'img' && EMOJI_CLASS.test(node.attribs['class'] ?? ''))
    return new Text((node.attribs['alt'] ?? '').normalize('NFC'));
  if (WITHOUT_CHILDREN.has(node.name)) node.children = [];
  // Fragment identifiers are given anew (`anchors.ts`): two blocks or two articles on a page may not share one.
  delete node.attribs['id'];
  for (const name of Object.keys(node.attribs)) node.attribs[name] = node.attribs[name]?.normalize('NFC') ?? '';
  return node;
};

/** The tree of `html`. Depth is watched while it grows: the parser, too, suffers from what nests without end. */
const parseWithinDepth = (html: string): Document => {
  const handler = new DomHandler();
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > MAX_BODY_DEPTH) throw new LineError(`html: elements nest deeper than ${MAX_BODY_DEPTH}`);
      handler.onopentag(name, attributes);
    },
    onclosetag() {
      depth -= 1;
      handler.onclosetag();
    },
    ontext: (text) => handler.ontext(text),
  });
  parser.end(html);
  return handler.root;
};

const tidyChildren = (parent: ParentNode, isPreformatted: boolean): void => {
  const kept = parent.children.map((child) => tidyNode(child, isPreformatted)).filter((child) => child !== null);
  replaceChildren(parent, kept);
  for (const child of kept.filter(isTag)) tidyChildren(child, isPreformatted || child.name === 'pre');
};

/**
 * The tree of `html`, ready to be cut into blocks: text NFC with its blanks collapsed, without comments, scripts and
 * tracking pixels, emoji pictures as the letters they stand for. Not sanitised: what leaves goes through `sanitiseHtml`.
 *
 * @throws {LineError} when it nests deeper than `MAX_BODY_DEPTH`.
 */
export const readDom = (html: string): readonly ChildNode[] => {
  const document = parseWithinDepth(html);
  tidyChildren(document, false);
  return document.children;
};
